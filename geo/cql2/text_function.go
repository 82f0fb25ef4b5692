package cql2

import (
	"errors"
	"fmt"
	"strings"

	"github.com/paulmach/orb"
)

// function reads a name and its arguments.
func (p *textParser) function() (*node, error) {
	t := p.advance()
	switch name := strings.ToUpper(t.text); name {
	case "DATE", "TIMESTAMP":
		return p.literalInstant(t, name == "TIMESTAMP")
	case "BBOX", "ENVELOPE":
		var numbers []float64
		err := p.within(func() error {
			return p.list(func() error {
				n, err := p.number()
				numbers = append(numbers, n)
				return err
			})
		})
		if err != nil {
			return nil, err
		}
		n, err := p.bbox(numbers, p.pos(t))
		if err != nil {
			return nil, p.fail(t, err)
		}
		return n, nil
	}
	if name := geometryNamed(t.text); name != "" {
		return p.literalGeometry(t, name)
	}
	o, ok := opNamed(t.text, opCaseI, opTStarts)
	if !ok {
		return nil, p.fail(t, unknownFunction(t.text))
	}
	if err := p.enter(); err != nil {
		return nil, p.fail(t, err)
	}
	defer p.leave()
	var args []*node
	err := p.within(func() error {
		return p.list(func() error {
			n, err := p.sum()
			args = append(args, n)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return p.make(o, p.pos(t), args...)
}

// unknownFunction says which functions have a name near that.
func unknownFunction(name string) error {
	names := []string{"DATE", "TIMESTAMP", "BBOX"}
	for o := opCaseI; o <= opTStarts; o++ {
		names = append(names, o.String())
	}
	if n := near(strings.ToUpper(clip(name)), names); n != "" {
		return fmt.Errorf("there is no function %s; there is %s", clip(name), n)
	}
	return fmt.Errorf("there is no function %s; functions are %s and geometries", clip(name), strings.Join(names, ", "))
}

func (p *textParser) literalInstant(t token, stamp bool) (*node, error) {
	var text token
	err := p.within(func() error {
		if text = p.tok; text.kind != stringToken {
			return p.unexpected("a date in quotes")
		}
		p.advance()
		return nil
	})
	if err != nil {
		return nil, err
	}
	i, err := parseInstant(text.text)
	if err != nil {
		return nil, p.fail(text, err)
	}
	return p.leaf(node{op: opInstant, pos: p.pos(t), instant: i.as(stamp)})
}

// geometryNamed is the name in capitals where WKT has such a geometry.
func geometryNamed(name string) string {
	for _, g := range [...]string{"POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"} {
		if strings.EqualFold(g, name) {
			return g
		}
	}
	return ""
}

func (p *textParser) literalGeometry(t token, name string) (*node, error) {
	g, err := p.geometry(name)
	if err != nil {
		return nil, err
	}
	return p.leaf(node{op: opGeometry, pos: p.pos(t), geometry: g})
}

// geometry reads what follows the name of a WKT geometry. Heights are left out.
func (p *textParser) geometry(name string) (orb.Geometry, error) {
	if p.tok.word("Z") {
		p.advance()
	}
	switch name {
	case "POINT":
		var at orb.Point
		err := p.within(func() (err error) {
			at, err = p.coordinate()
			return err
		})
		return at, err
	case "LINESTRING":
		line, err := p.line()
		return line, err
	case "POLYGON":
		polygon, err := p.polygon()
		return polygon, err
	case "MULTIPOINT":
		points, err := several(p, p.multiPoint)
		return orb.MultiPoint(points), err
	case "MULTILINESTRING":
		lines, err := several(p, p.line)
		return orb.MultiLineString(lines), err
	case "MULTIPOLYGON":
		polygons, err := several(p, p.polygon)
		return orb.MultiPolygon(polygons), err
	}
	parts, err := several(p, p.part)
	return orb.Collection(parts), err
}

// several reads a list in parentheses.
func several[T any](p *textParser, read func() (T, error)) ([]T, error) {
	var out []T
	err := p.within(func() error {
		return p.list(func() error {
			v, err := read()
			out = append(out, v)
			return err
		})
	})
	return out, err
}

// part reads a geometry of a collection; collections don't nest.
func (p *textParser) part() (orb.Geometry, error) {
	name := ""
	if p.tok.kind == nameToken {
		name = geometryNamed(p.tok.text)
	}
	if name == "" || name == "GEOMETRYCOLLECTION" {
		return nil, p.unexpected("a simple or multiple geometry")
	}
	p.advance()
	return p.geometry(name)
}

// multiPoint reads a point of several, with its parentheses or without.
func (p *textParser) multiPoint() (at orb.Point, err error) {
	if !p.tok.is("(") {
		return p.coordinate()
	}
	err = p.within(func() error {
		at, err = p.coordinate()
		return err
	})
	return at, err
}

func (p *textParser) line() (orb.LineString, error) {
	start := p.tok
	line, err := several(p, p.coordinate)
	if err != nil {
		return nil, err
	}
	if err := checkLine(line); err != nil {
		return nil, p.fail(start, err)
	}
	return line, nil
}

func (p *textParser) polygon() (orb.Polygon, error) {
	return several(p, func() (orb.Ring, error) {
		start := p.tok
		ring, err := several(p, p.coordinate)
		if err != nil {
			return nil, err
		}
		if err := checkRing(ring); err != nil {
			return nil, p.fail(start, err)
		}
		return ring, nil
	})
}

// coordinate reads longitude, latitude and perhaps a height.
func (p *textParser) coordinate() (orb.Point, error) {
	start := p.tok
	lon, err := p.number()
	if err != nil {
		return orb.Point{}, err
	}
	lat, err := p.number()
	if err != nil {
		return orb.Point{}, err
	}
	if !p.tok.is(",") && !p.tok.is(")") {
		if _, err := p.number(); err != nil {
			return orb.Point{}, err
		}
	}
	at, err := p.position(lon, lat)
	if err != nil {
		return orb.Point{}, p.fail(start, err)
	}
	return at, nil
}

// number reads a number with its sign.
func (p *textParser) number() (float64, error) {
	sign := 1.0
	if p.tok.is("-") || p.tok.is("+") {
		if p.advance().is("-") {
			sign = -1
		}
	}
	if p.tok.kind != numberToken {
		return 0, p.unexpected("a number")
	}
	n, ok := finite(sign * p.advance().number)
	if !ok {
		return 0, errors.New("the number is not finite")
	}
	return n, nil
}
