package cql2

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"
)

// geometry reads a GeoJSON geometry. Heights are left out, collections don't nest.
func (p *jsonParser) geometry(o map[string]any, collections bool) (orb.Geometry, error) {
	kind, _ := o["type"].(string)
	v := o["coordinates"]
	switch kind {
	case "Point":
		at, err := p.coordinate(v)
		return at, err
	case "LineString":
		line, err := p.line(v)
		return line, err
	case "Polygon":
		polygon, err := p.polygon(v)
		return polygon, err
	case "MultiPoint":
		points, err := each(v, p.coordinate)
		return orb.MultiPoint(points), err
	case "MultiLineString":
		lines, err := each(v, p.line)
		return orb.MultiLineString(lines), err
	case "MultiPolygon":
		polygons, err := each(v, p.polygon)
		return orb.MultiPolygon(polygons), err
	case "GeometryCollection":
		if !collections {
			return nil, fmt.Errorf("a GeometryCollection can't hold another")
		}
		parts, err := each(o["geometries"], func(v any) (orb.Geometry, error) {
			part, _ := v.(map[string]any)
			return p.geometry(part, false)
		})
		return orb.Collection(parts), err
	}
	return nil, fmt.Errorf("%q is no type of geometry", clip(strings.ToValidUTF8(kind, "")))
}

// each reads a list that isn't empty.
func each[T any](v any, read func(any) (T, error)) ([]T, error) {
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil, fmt.Errorf("a geometry lacks its list of coordinates or parts")
	}
	var out []T
	for _, v := range list {
		item, err := read(v)
		if err != nil {
			return nil, err
		}
		out = append(out, item)
	}
	return out, nil
}

func (p *jsonParser) coordinate(v any) (orb.Point, error) {
	numbers, err := numbersOf(v)
	if err != nil {
		return orb.Point{}, err
	}
	if len(numbers) != 2 && len(numbers) != 3 {
		return orb.Point{}, fmt.Errorf("a position has two numbers or three, not %d", len(numbers))
	}
	return p.position(numbers[0], numbers[1])
}

func (p *jsonParser) line(v any) (orb.LineString, error) {
	line, err := each(v, p.coordinate)
	if err != nil {
		return nil, err
	}
	return line, checkLine(line)
}

func (p *jsonParser) polygon(v any) (orb.Polygon, error) {
	return each(v, func(v any) (orb.Ring, error) {
		ring, err := each(v, p.coordinate)
		if err != nil {
			return nil, err
		}
		return ring, checkRing(ring)
	})
}
