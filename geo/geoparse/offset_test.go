package geoparse_test

import (
	"math"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

func TestOffset(t *testing.T) {
	const (
		fuzuli, barda, goris, kapan = "Fuzuli", "Barda", "Goris", "Kapan"
		line                        = -1 // where a line is wanted
		none                        = 0
	)
	p := newParser(t)
	for _, tt := range []struct {
		text, name, words string
		km                float64 // how far the point lies from the place
		degrees           float64 // and in which direction
		prec              geo.WherePrecision
	}{
		{"Shells fell 15 km south of Fuzuli.", fuzuli, "15 km south of", 15, 180, geo.WhereNear},
		{"Shells fell 15km to the south-east of Fuzuli.", fuzuli, "15km to the south-east of", 15, 135, geo.WhereNear},
		{"Shells fell about 10 miles northwest of the town of Fuzuli.", fuzuli, "10 miles northwest of the town of", 16.09, 315, geo.WhereNear},
		{"Shells fell twenty-five kilometres north of Fuzuli.", fuzuli, "twenty-five kilometres north of", 25, 0, geo.WhereNear},
		{"Shells fell 20 kilometers (12 miles) north-north-east of Fuzuli.", fuzuli, "20 kilometers (12 miles) north-north-east of", 20, 22.5, geo.WhereNear},
		{"Shells fell half a kilometre west of Fuzuli.", fuzuli, "half a kilometre west of", 0.5, 270, geo.WhereNear},
		{"Shells fell 800 metres due east of Fuzuli.", fuzuli, "800 metres due east of", 0.8, 90, geo.WhereNear},
		{"Shells fell 5 km SW of Fuzuli.", fuzuli, "5 km SW of", 5, 225, geo.WhereNear},
		{"Shells fell 120 km north of Fuzuli.", fuzuli, "120 km north of", 120, 0, geo.WhereDistrict},
		{"Shells fell a few miles north of Fuzuli.", fuzuli, "north of", none, 0, geo.WhereNear},
		{"Shells fell just north of Fuzuli.", fuzuli, "just north of", none, 0, geo.WhereNear},
		{"Shells fell 15 km from Fuzuli.", fuzuli, "15 km from", none, 0, geo.WhereNear},
		{"Shells fell 15 km away from Fuzuli.", fuzuli, "15 km away from", none, 0, geo.WhereNear},
		{"Shells fell near Barda.", barda, "near", none, 0, geo.WhereNear},
		{"Shells fell close to Barda.", barda, "close to", none, 0, geo.WhereNear},
		{"Shells fell on the outskirts of Barda.", barda, "outskirts of", none, 0, geo.WhereNear},
		{"Shells fell in Barda.", barda, "", none, 0, geo.WhereExact},
		{"Shells fell on a field between Goris and Kapan.", goris, "between Goris and Kapan", line, 0, geo.WhereArea},
		{"Shells fell on a field between Goris and Kapan.", kapan, "between Goris and Kapan", line, 0, geo.WhereArea},
		{"A convoy was shelled on the road from Goris to Kapan.", kapan, "road from Goris to Kapan", line, 0, geo.WhereArea},
		{"A convoy was shelled on the road between Goris and Kapan.", kapan, "road between Goris and Kapan", line, 0, geo.WhereArea},
		{"A convoy was shelled on the Goris–Kapan road.", goris, "Goris–Kapan road", line, 0, geo.WhereArea},
		{"A ship was hit by a missile off the coast of Yemen.", "Yemen", "off the coast of", none, 0, geo.WhereSeaOrAir},
		{"Shells fell 15 km south of Armenia.", "Armenia", "", none, 0, geo.WhereCountry},
		{"Barda, 15 km south of Fuzuli, was shelled.", fuzuli, "", none, 0, geo.WhereNear},
	} {
		found := false
		for _, m := range parse(t, p, tt.text) {
			if m.Name != tt.name {
				continue
			}
			found = true
			if m.Offset != tt.words || m.WherePrec != tt.prec {
				t.Errorf("%q: %s (%s) has offset %q and precision %d, want %q and %d", tt.text, m.Name, m.Role, m.Offset, m.WherePrec, tt.words, tt.prec)
			}
			checkGeometry(t, tt.text, m, tt.km, tt.degrees)
		}
		if !found {
			t.Errorf("%q: %s not found", tt.text, tt.name)
		}
	}
}

// checkGeometry wants a point km kilometres from the place, a line where km is
// negative, and nothing where it is 0.
func checkGeometry(t *testing.T, text string, m geo.Mention, km, degrees float64) {
	t.Helper()
	switch g := m.Geometry.(type) {
	case nil:
		if km != 0 {
			t.Errorf("%q: no geometry", text)
		}
	case orb.LineString:
		if km >= 0 || len(g) != 2 || g[0] != m.Place.Point && g[1] != m.Place.Point {
			t.Errorf("%q: line %v", text, g)
		}
	case orb.Point:
		far := orbgeo.Distance(m.Place.Point, g) / 1000
		turn := math.Mod(orbgeo.Bearing(m.Place.Point, g)-degrees+540, 360) - 180
		if math.Abs(far-km) > 0.1 || math.Abs(turn) > 1 {
			t.Errorf("%q: %.1f km away, %.1f degrees off", text, far, turn)
		}
	}
}
