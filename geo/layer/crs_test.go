package layer_test

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// The example of IOGP Publication 373-7-2 for method 1024.
func TestWebMercatorOfTheGuidanceNote(t *testing.T) {
	at := orb.Point{-(100 + 20./60), 24 + 22./60 + 54.433/3600}
	want := orb.Point{-11169055.58, 2800000.00}
	got := layer.EPSG3857.Forward(at)
	if math.Abs(got[0]-want[0]) > 0.01 || math.Abs(got[1]-want[1]) > 0.01 {
		t.Errorf("%v is at %v, want %v", at, got, want)
	}
}

func TestCRS(t *testing.T) {
	for _, c := range layer.CRSs() {
		if parsed, err := layer.ParseCRS(c.URI()); err != nil || parsed != c {
			t.Errorf("%s is read as %v, %v", c.URI(), parsed, err)
		}
		for _, p := range []orb.Point{{0, 0}, {46.7515, 39.8152}, {-180, -85}, {180, 85}, {12.5, -33.3}} {
			back := c.Inverse(c.Forward(p))
			if math.Abs(back[0]-p[0]) > 1e-9 || math.Abs(back[1]-p[1]) > 1e-9 {
				t.Errorf("%v in %s comes back as %v", p, c.URI(), back)
			}
		}
	}
	if _, err := layer.ParseCRS("http://www.opengis.net/def/crs/EPSG/0/0"); err == nil {
		t.Error("an unknown reference system is accepted")
	}
	if got := layer.EPSG3857.Forward(orb.Point{0, 90}); got != layer.EPSG3857.Forward(orb.Point{0, 85.06}) || math.Abs(got[1]-20048966.10) > 0.01 {
		t.Errorf("the pole is at %v", got)
	}
}

// The metres are those of PROJ (gdaltransform).
func TestEncoderInCRS(t *testing.T) {
	e := layer.NewEncoder(layer.Options{})
	for crs, want := range map[layer.CRS][2]string{
		layer.CRS84:    {`[46.7515,39.8152]`, `[[46.2,40.3],[47,40.1]]`},
		layer.EPSG4326: {`[39.8152,46.7515]`, `[[40.3,46.2],[40.1,47]]`},
		layer.EPSG3857: {`[5204353.18,4839123.93]`, `[[5142960.47,4909633.71],[5232016.07,4880484.67]]`},
	} {
		for range 2 {
			in := e.In(crs)
			v := events()[0]
			got, err := in.AppendEvent(nil, &v)
			if err != nil || !strings.Contains(string(got), `"coordinates":`+want[0]) {
				t.Errorf("%s: %s, %v", crs.URI(), got, err)
			}
			moved := geo.Record{Mention: geo.Mention{Place: town, Geometry: orb.LineString{{46.2, 40.3}, {47, 40.1}}}}
			if got, err = in.AppendMention(nil, &moved); err != nil || !strings.Contains(string(got), `"coordinates":`+want[1]) {
				t.Errorf("%s: %s, %v", crs.URI(), got, err)
			}
			if got, err = in.AppendPlace(nil, &geo.PlaceSummary{Place: town}); err != nil || !strings.Contains(string(got), `"coordinates":`+want[0]) {
				t.Errorf("%s: %s, %v", crs.URI(), got, err)
			}
		}
	}
}
