package gazetteer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Bounds on a shape file.
const (
	maxShapeFile = 1 << 20 // bytes
	maxVertices  = 10_000
)

// shape is the geometry of the place with the id.
type shape struct {
	id       string
	geometry orb.Geometry
}

// readShape reads a GeoJSON file that holds one Feature whose id is a place's
// and whose geometry is a line or an area.
func readShape(r io.Reader) (shape, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxShapeFile+1))
	if err != nil {
		return shape{}, fmt.Errorf("read: %w", err)
	}
	if len(data) > maxShapeFile {
		return shape{}, fmt.Errorf("larger than %d bytes", maxShapeFile)
	}
	var f struct {
		Type     string `json:"type"`
		ID       string `json:"id"`
		Geometry struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return shape{}, fmt.Errorf("parse JSON: %w", err)
	}
	if f.Type != "Feature" {
		return shape{}, fmt.Errorf("type %q, want a Feature", clip(f.Type))
	}
	g, err := decodeGeometry(f.Geometry.Type, f.Geometry.Coordinates)
	if err != nil {
		return shape{}, err
	}
	return shape{f.ID, g}, nil
}

func decodeGeometry(kind string, coordinates json.RawMessage) (orb.Geometry, error) {
	d := decoder{left: maxVertices}
	var g orb.Geometry
	switch kind {
	case "LineString":
		g = decode(&d, coordinates, d.line)
	case "MultiLineString":
		g = orb.MultiLineString(decode(&d, coordinates, each(d.line)))
	case "Polygon":
		g = decode(&d, coordinates, d.polygon)
	case "MultiPolygon":
		g = orb.MultiPolygon(decode(&d, coordinates, each(d.polygon)))
	default:
		return nil, fmt.Errorf("geometry type %q is neither line nor area", clip(kind))
	}
	return g, errors.Join(d.errs...)
}

// decoder turns positions into orb values and notes what is wrong with them.
type decoder struct {
	left int // vertices that may still come
	errs []error
}

func decode[In, Out any](d *decoder, raw json.RawMessage, build func(In) Out) Out {
	var in In
	if err := json.Unmarshal(raw, &in); err != nil {
		d.fail("coordinates: %w", err)
	}
	return build(in)
}

func each[In, Out any](build func(In) Out) func([]In) []Out {
	return func(in []In) []Out {
		out := make([]Out, 0, len(in))
		for _, x := range in {
			out = append(out, build(x))
		}
		return out
	}
}

func (d *decoder) fail(format string, args ...any) {
	if len(d.errs) < maxProblems {
		d.errs = append(d.errs, fmt.Errorf(format, args...))
	}
}

func (d *decoder) line(positions [][]float64) orb.LineString {
	if len(positions) < 2 {
		d.fail("line of %d positions, want 2 or more", len(positions))
	}
	if d.left -= len(positions); d.left < 0 {
		d.fail("more than %d positions", maxVertices)
		return nil
	}
	line := make(orb.LineString, 0, len(positions))
	for _, p := range positions {
		if len(p) != 2 || math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			d.fail("position %v is not longitude and latitude in degrees", p)
			continue
		}
		line = append(line, orb.Point{p[0], p[1]})
	}
	return line
}

// polygon checks what RFC 7946 asks of rings: closed, the outer one
// anticlockwise, holes clockwise.
func (d *decoder) polygon(rings [][][]float64) orb.Polygon {
	if len(rings) == 0 {
		d.fail("polygon without a ring")
	}
	var polygon orb.Polygon
	for i, positions := range rings {
		ring := orb.Ring(d.line(positions))
		want := orb.CCW
		if i > 0 {
			want = orb.CW
		}
		switch {
		case len(ring) < 4 || !ring.Closed():
			d.fail("ring %d of %d positions is not closed", i+1, len(ring))
		case ring.Orientation() != want:
			d.fail("ring %d winds the wrong way (RFC 7946, section 3.1.6)", i+1)
		}
		polygon = append(polygon, ring)
	}
	return polygon
}

// contains reports whether an area holds the point; lines are taken to.
func contains(g orb.Geometry, p orb.Point) bool {
	switch g := g.(type) {
	case orb.Polygon:
		return planar.PolygonContains(g, p)
	case orb.MultiPolygon:
		return planar.MultiPolygonContains(g, p)
	}
	return true
}
