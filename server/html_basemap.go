package server

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/paulmach/orb"
)

// basemap holds the outlines of the countries, which the map page has as a file.
// Without that file small maps have no ground.
type basemap struct {
	once      sync.Once
	countries []country
}

type country struct {
	bound orb.Bound
	shape orb.Polygon
}

// topology is the part of TopoJSON that the map page's build writes.
type topology struct {
	Objects struct {
		Countries struct{ Geometries []topoGeometry }
	}
	Arcs      [][][2]float64
	Transform struct{ Scale, Translate [2]float64 }
}

type topoGeometry struct {
	Type string
	Arcs json.RawMessage
}

func (s *Server) basemap() *basemap {
	s.land.once.Do(func() {
		for name, f := range s.page {
			if strings.HasPrefix(name, "/assets/countries") && strings.HasSuffix(name, ".json") {
				countries, err := readCountries(f.codings[identity].body)
				if err != nil {
					s.log.Warn("small maps have no outlines of countries", "error", err)
				}
				s.land.countries = countries
			}
		}
	})
	return &s.land
}

func readCountries(body []byte) ([]country, error) {
	var t topology
	if err := json.Unmarshal(body, &t); err != nil {
		return nil, fmt.Errorf("read outlines of countries: %w", err)
	}
	arcs := make([]orb.LineString, len(t.Arcs))
	for i, steps := range t.Arcs {
		var x, y float64
		for _, step := range steps {
			x, y = x+step[0], y+step[1]
			arcs[i] = append(arcs[i], orb.Point{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]})
		}
	}
	var countries []country
	for _, g := range t.Objects.Countries.Geometries {
		polygons, err := g.polygons()
		if err != nil {
			return nil, err
		}
		for _, rings := range polygons {
			shape, err := join(arcs, rings)
			if err != nil {
				return nil, err
			}
			countries = append(countries, country{shape.Bound(), shape})
		}
	}
	return countries, nil
}

// polygons lists the arcs of each ring of each polygon.
func (g *topoGeometry) polygons() (polygons [][][]int, err error) {
	switch g.Type {
	case "Polygon":
		polygons = make([][][]int, 1)
		err = json.Unmarshal(g.Arcs, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(g.Arcs, &polygons)
	}
	if err != nil {
		return nil, fmt.Errorf("read the arcs of a country: %w", err)
	}
	return polygons, nil
}

// join makes rings of arcs; a negative number is an arc backwards.
func join(arcs []orb.LineString, rings [][]int) (orb.Polygon, error) {
	var polygon orb.Polygon
	for _, numbers := range rings {
		var ring orb.Ring
		for _, n := range numbers {
			i, backwards := n, n < 0
			if backwards {
				i = ^n
			}
			if i >= len(arcs) {
				return nil, fmt.Errorf("read outlines of countries: there is no arc %d", i)
			}
			for k := range arcs[i] {
				if backwards {
					k = len(arcs[i]) - 1 - k
				}
				ring = append(ring, arcs[i][k])
			}
		}
		polygon = append(polygon, ring)
	}
	return polygon, nil
}

// path draws the countries that the frame shows.
func (m *basemap) path(frame *mapFrame) string {
	var b []byte
	east := frame.west + mapWidth/frame.scale
	north, south := latitude(frame.top), latitude(frame.top-mapHeight/frame.scale)
	for _, c := range m.countries {
		west := c.bound.Min.Lon()
		width := c.bound.Max.Lon() - west
		if frame.shift {
			west = shiftLon(west)
		}
		if west > east || west+width < frame.west || c.bound.Min.Lat() > north || c.bound.Max.Lat() < south {
			continue
		}
		b = frame.polygon(b, c.shape)
	}
	return string(b)
}

// latitude undoes mercator.
func latitude(y float64) float64 { return 360/math.Pi*math.Atan(math.Exp(y*math.Pi/180)) - 90 }
