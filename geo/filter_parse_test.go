package geo_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func civilDay(t testing.TB, s string) geo.Day {
	t.Helper()
	d, err := geo.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func parseQuery(t testing.TB, query string) (geo.Filter, error) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return geo.ParseFilter(values)
}

// paramErrors takes the joined error of ParseFilter apart.
func paramErrors(t testing.TB, err error) []*geo.ParamError {
	t.Helper()
	if err == nil {
		return nil
	}
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		t.Fatalf("%T is not a joined error", err)
	}
	var out []*geo.ParamError
	for _, e := range joined.Unwrap() {
		pe, ok := errors.AsType[*geo.ParamError](e)
		if !ok {
			t.Fatalf("%T is not a *geo.ParamError", e)
		}
		out = append(out, pe)
	}
	return out
}

func TestParseFilter(t *testing.T) {
	d27, d28 := civilDay(t, "2020-09-27"), civilDay(t, "2020-09-28")
	for _, tt := range []struct {
		query string
		want  geo.Filter
	}{
		{"", geo.Filter{}},
		{"bbox=44,38.5,48,41", geo.Filter{BBox: &geo.BBox{West: 44, South: 38.5, East: 48, North: 41}}},
		{"bbox=44,38,-100,48,41,9000", geo.Filter{BBox: &geo.BBox{West: 44, South: 38, East: 48, North: 41}}},
		{"bbox=-0,+1,1e1,2.", geo.Filter{BBox: &geo.BBox{West: 0, South: 1, East: 10, North: 2}}},
		{"bbox=170,-20,-170,-10", geo.Filter{BBox: &geo.BBox{West: 170, South: -20, East: -170, North: -10}}},
		{"bbox=44,%2038,%2044,%2038", geo.Filter{BBox: &geo.BBox{West: 44, South: 38, East: 44, North: 38}}},
		{"datetime=2020-09-27", geo.Filter{Datetime: geo.Interval{From: d27, To: d27}}},
		{"datetime=2020-09-27/2020-09-28", geo.Filter{Datetime: geo.Interval{From: d27, To: d28}}},
		{"datetime=../2020-09-28", geo.Filter{Datetime: geo.Interval{To: d28}}},
		{"datetime=2020-09-27/..", geo.Filter{Datetime: geo.Interval{From: d27}}},
		{"datetime=/2020-09-28", geo.Filter{Datetime: geo.Interval{To: d28}}},
		{"datetime=2020-09-27/", geo.Filter{Datetime: geo.Interval{From: d27}}},
		{"datetime=../..", geo.Filter{}},
		{"datetime=2020-09-27T", geo.Filter{Datetime: geo.Interval{From: d27, To: d27}}},
		{"datetime=2020-09-27T/..", geo.Filter{Datetime: geo.Interval{From: d27}}},
		{"datetime=2020-09-27T01:00:00", geo.Filter{Datetime: geo.Interval{From: d27, To: d27}}},
		{"datetime=2020-09-27T23:30/2020-09-28T00:00:00.125", geo.Filter{Datetime: geo.Interval{From: d27, To: d28}}},
		{"datetime=0000-01-01T00:00:00Z/2020-09-28T00:00:00Z", geo.Filter{Datetime: geo.Interval{To: d28}}},
		{"datetime=2020-09-27T00:00:00/9999-12-31T00:00:00Z", geo.Filter{Datetime: geo.Interval{From: d27}}},
		{"datetime=0000-01-01/9999-12-31", geo.Filter{}},
		{"datetime=9999-12-31", geo.Filter{Datetime: geo.Interval{From: geo.MaxDay, To: geo.MaxDay}}},
		{"datetime=2020-09-27T23:59:59-04:00", geo.Filter{Datetime: geo.Interval{From: d27, To: d27}}},
		{"datetime=2020-09-27T00:00:00Z/2020-09-28t12:00:00.5z", geo.Filter{Datetime: geo.Interval{From: d27, To: d28}}},
		{"published=2020-09-27&asof=2020-09-28", geo.Filter{Published: geo.Interval{From: d27, To: d27}, AsOf: d28}},
		{"datetime=2020-02-29", geo.Filter{Datetime: geo.Interval{From: civilDay(t, "2020-02-29"), To: civilDay(t, "2020-02-29")}}},
		{"event=explosion,battle&event=battle", geo.Filter{Events: []geo.EventType{geo.Battle, geo.Explosion}}},
		{"role=site&claim=denied,claimed", geo.Filter{Roles: []geo.Role{geo.Site}, Claims: []geo.Claim{geo.Claimed, geo.Denied}}},
		{"country=am,AZ,az", geo.Filter{Countries: []string{"AM", "AZ"}}},
		{"place=gn:616752,cm:lachin-corridor", geo.Filter{Places: []string{"cm:lachin-corridor", "gn:616752"}}},
		{"source=BBC, TASS", geo.Filter{Sources: []string{"BBC", "TASS"}}},
		{"source=Times, The&source=BBC", geo.Filter{Sources: []string{"BBC", "Times, The"}}},
		{"source=Times, The&source=Times, The", geo.Filter{Sources: []string{"Times, The"}}},
		{"min_confidence=0.5&q=%20heavy%20%20shelling", geo.Filter{MinConfidence: 0.5, Query: "heavy shelling"}},
		{"min_confidence=1", geo.Filter{MinConfidence: 1}},
		{"q=Степанакерт", geo.Filter{Query: "Степанакерт"}},
	} {
		got, err := parseQuery(t, strings.ReplaceAll(strings.ReplaceAll(tt.query, "+", "%2B"), " ", "%20"))
		if err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("ParseFilter(%s) = %+v, %v, want %+v", tt.query, got, err, tt.want)
		}
	}
}

func TestParseFilterRefuses(t *testing.T) {
	long := strings.Repeat("x", 201)
	for _, tt := range []struct {
		query string
		want  map[string]string // parameter → part of the reason
	}{
		{"bbox=44,38,48", map[string]string{"bbox": "not 3"}},
		{"bbox=44,38,48,41,1", map[string]string{"bbox": "not 5"}},
		{"bbox=44,41,48,38", map[string]string{"bbox": "reversed"}},
		{"bbox=38,144,41,148", map[string]string{"bbox": "latitude 144"}},
		{"bbox=181,0,182,1", map[string]string{"bbox": "longitude 181"}},
		{"bbox=NaN,38,48,41", map[string]string{"bbox": `"NaN" is not a decimal number`}},
		{"bbox=44,38,Inf,41", map[string]string{"bbox": `"Inf"`}},
		{"bbox=44,38,infinity,41", map[string]string{"bbox": `"infinity"`}},
		{"bbox=44,38,1e999,41", map[string]string{"bbox": `"1e999"`}},
		{"bbox=0x1p4,38,48,41", map[string]string{"bbox": `"0x1p4"`}},
		{"bbox=4_4,38,48,41", map[string]string{"bbox": `"4_4"`}},
		{"bbox=44,,48,41", map[string]string{"bbox": "missing"}},
		{"bbox=44,38,x,48,41,y", map[string]string{"bbox": `"x"`}},
		{"bbox=", map[string]string{"bbox": "empty"}},
		{"bbox=1,2,3,4&bbox=1,2,3,4", map[string]string{"bbox": "given 2 times"}},
		{"datetime=2020-02-30", map[string]string{"datetime": "no day 2020-02-30"}},
		{"datetime=2021-02-29/..", map[string]string{"datetime": "no day 2021-02-29"}},
		{"datetime=0000-01-01", map[string]string{"datetime": "no day 0000-01-01"}},
		{"datetime=2020-13-01", map[string]string{"datetime": "no day"}},
		{"datetime=2020-9-27", map[string]string{"datetime": "YYYY-MM-DD"}},
		{"datetime=2020-09", map[string]string{"datetime": "YYYY-MM-DD"}},
		{"datetime=..", map[string]string{"datetime": "not a date"}},
		{"datetime=2020-09-27/2020-09-28/2020-09-29", map[string]string{"datetime": "not a date"}},
		{"datetime=2020-09-28/2020-09-27", map[string]string{"datetime": "reversed"}},
		{"datetime=2020-09-27T25:00:00Z", map[string]string{"datetime": "time of day"}},
		{"datetime=2020-09-27T01", map[string]string{"datetime": "not a date"}},
		{"datetime=2020-09-27T01:00.5Z", map[string]string{"datetime": "not a date"}},
		{"datetime=2020-09-27T01:00:00.Z", map[string]string{"datetime": "not a date"}},
		{"datetime=2020-09-27T01:00:00%2B2:00", map[string]string{"datetime": "not a date"}},
		{"datetime=2020-09-27T01:00:00%2B24:00", map[string]string{"datetime": "time of day"}},
		{"datetime=2020-09-27T01:60", map[string]string{"datetime": "time of day"}},
		{"datetime=2020-09-27T23:59:60Z", map[string]string{"datetime": "time of day"}},
		{"datetime=0000-01-01T25:00:00Z/..", map[string]string{"datetime": "time of day"}},
		{"datetime=0000-01-01x/..", map[string]string{"datetime": "not a date"}},
		{"datetime=0000-02-01/..", map[string]string{"datetime": "no day"}},
		{"datetime=../0000-01-01", map[string]string{"datetime": "no day"}},
		{"datetime=9999-12-31/2020-01-01", map[string]string{"datetime": "reversed"}},
		{"datetime=2020-09-27T00:00:00+02:00", map[string]string{"datetime": "%2B"}},
		{"published=yesterday", map[string]string{"published": "YYYY-MM-DD"}},
		{"asof=2020-09-27/2020-09-28", map[string]string{"asof": "not a date"}},
		{"event=explosion,war", map[string]string{"event": "one of explosion, battle, civilians, protest, riot, strategic, casualties"}},
		{"event=battle,", map[string]string{"event": "one of"}},
		{"role=Site", map[string]string{"role": "one of site, setting, actor, affiliation"}},
		{"claim=true", map[string]string{"claim": "one of reported, claimed, denied"}},
		{"country=AZE", map[string]string{"country": "two letters"}},
		{"country=%C3%84", map[string]string{"country": "two letters"}},
		{"place=gn:1,,gn:2", map[string]string{"place": "empty value"}},
		{"source=" + long, map[string]string{"source": "201 characters"}},
		{"q=" + long, map[string]string{"q": "201 characters"}},
		{"q=a%00b", map[string]string{"q": "control character"}},
		{"q=%ff", map[string]string{"q": "UTF-8"}},
		{"min_confidence=1.01", map[string]string{"min_confidence": "between 0 and 1"}},
		{"min_confidence=-1", map[string]string{"min_confidence": "between 0 and 1"}},
		{"min_confidence=nan", map[string]string{"min_confidence": "decimal number"}},
		{"place=a" + strings.Repeat(",a", 100), map[string]string{"place": "101 values"}},
		{"colour=red", map[string]string{"colour": "known: bbox, datetime, published, asof"}},
		{"datetme=2020-09-27", map[string]string{"datetme": "did you mean datetime?"}},
		{"BBOX=1,2,3,4", map[string]string{"BBOX": "did you mean bbox?"}},
		{"=x", map[string]string{"": "unknown parameter"}},
		{"bbox=1,2,3&datetime=2020-02-30&x=1", map[string]string{"bbox": "not 3", "datetime": "no day", "x": "unknown"}},
		{"q=" + strings.Repeat("y", 9000), map[string]string{"q": "at most 8192"}},
	} {
		f, err := parseQuery(t, tt.query)
		got := paramErrors(t, err)
		if len(got) != len(tt.want) || !reflect.DeepEqual(f, geo.Filter{}) {
			t.Errorf("ParseFilter(%.60s) = %+v, %v, want %d errors", tt.query, f, err, len(tt.want))
			continue
		}
		for _, e := range got {
			part, ok := tt.want[e.Param]
			if !ok || !strings.Contains(e.Reason, part) {
				t.Errorf("ParseFilter(%.60s): %v, want a reason with %q", tt.query, e, part)
			}
			if len(e.Value) > 130 {
				t.Errorf("ParseFilter(%.60s): the error repeats %d bytes", tt.query, len(e.Value))
			}
		}
	}
}

func TestParseFilterBoundsItsErrors(t *testing.T) {
	values := map[string][]string{}
	for i := range 1000 {
		values[fmt.Sprint("p", i)] = []string{"1"}
	}
	_, err := geo.ParseFilter(values)
	if n := len(paramErrors(t, err)); n == 0 || n > 20 {
		t.Errorf("1000 unknown parameters give %d errors", n)
	}
}

func TestEveryFilterParamIsRead(t *testing.T) {
	samples := map[string]string{
		"bbox": "1,2,3,4", "datetime": "2020-09-27", "published": "2020-09-27", "asof": "2020-09-27",
		"event": "battle", "role": "site", "country": "AM", "place": "gn:1", "source": "BBC", "claim": "denied",
		"min_confidence": "0.5", "q": "shelling",
	}
	for _, name := range geo.FilterParams() {
		f, err := geo.ParseFilter(map[string][]string{name: {samples[name]}})
		if err != nil || reflect.DeepEqual(f, geo.Filter{}) {
			t.Errorf("%s=%s selects nothing: %+v, %v", name, samples[name], f, err)
		}
		if got := f.Values(); len(got) != 1 || got[name] == nil {
			t.Errorf("%s comes back as %v", name, got)
		}
	}
}

func randomFilter(r *rand.Rand) geo.Filter {
	var f geo.Filter
	pick := func() bool { return r.IntN(2) == 0 }
	someDay := func() geo.Day { return 1 + geo.Day(r.IntN(int(geo.MaxDay))) }
	interval := func() geo.Interval {
		i := geo.Interval{From: someDay(), To: someDay()}
		if i.From > i.To {
			i.From, i.To = i.To, i.From
		}
		if pick() {
			i.From = 0
		}
		if pick() {
			i.To = 0
		}
		return i
	}
	if pick() {
		f.BBox = &geo.BBox{
			West: r.Float64()*360 - 180, South: r.Float64()*90 - 90,
			East: r.Float64()*360 - 180, North: r.Float64() * 90,
		}
	}
	if pick() {
		f.Datetime = interval()
	}
	if pick() {
		f.Published = interval()
	}
	if pick() {
		f.AsOf = someDay()
	}
	if pick() {
		f.Events = slices.Sorted(slices.Values(geo.EventTypes()[:1+r.IntN(6)]))
	}
	if pick() {
		f.Roles = slices.Sorted(slices.Values(geo.Roles()[:1+r.IntN(3)]))
	}
	if pick() {
		f.Claims = slices.Sorted(slices.Values(geo.Claims()[:1+r.IntN(2)]))
	}
	if pick() {
		f.Countries = []string{"AM", "AZ", "GE"}[:1+r.IntN(3)]
	}
	if pick() {
		f.Places = []string{"cm:a&b", "gn:1", "gn:2%"}[:1+r.IntN(3)]
	}
	if pick() {
		f.Sources = []string{"A+B=C", "Times, The", "Ереван/Баку"}[r.IntN(3):]
	}
	if pick() {
		f.MinConfidence = r.Float64()
	}
	if pick() {
		f.Query = "100% «огонь» & fire"
	}
	return f
}

func TestFilterRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		f := randomFilter(r)
		got, err := geo.ParseFilter(f.Values())
		if err != nil || !reflect.DeepEqual(got, f) {
			t.Fatalf("%v comes back as %+v, %v, want %+v", f.Values(), got, err, f)
		}
		got, err = parseQuery(t, f.Encode())
		if err != nil || !reflect.DeepEqual(got, f) {
			t.Fatalf("%s comes back as %+v, %v, want %+v", f.Encode(), got, err, f)
		}
	}
}

func TestValuesAreCanonical(t *testing.T) {
	a := geo.Filter{Events: []geo.EventType{geo.Explosion, geo.Battle, geo.Battle}, Sources: []string{"b", "a"}}
	b := geo.Filter{Events: []geo.EventType{geo.Battle, geo.Explosion}, Sources: []string{"a", "b", "b"}}
	if a.Encode() != b.Encode() || a.Encode() != "event=battle,explosion&source=a,b" {
		t.Errorf("%s and %s should be the same", a.Encode(), b.Encode())
	}
	if a.Events[0] != geo.Explosion {
		t.Error("Values sorted the caller's list")
	}
	f, err := parseQuery(t, "bbox=-0,-0,1.50,2e0")
	if err != nil || f.Encode() != "bbox=0,0,1.5,2" {
		t.Errorf("a bbox comes back as %q, %v", f.Encode(), err)
	}
}

func TestBBoxCrossesAntimeridian(t *testing.T) {
	for s, want := range map[string]bool{"170,-20,-170,-10": true, "-170,-20,170,-10": false, "5,5,5,5": false} {
		b, err := geo.ParseBBox(s)
		if err != nil || b.CrossesAntimeridian() != want {
			t.Errorf("ParseBBox(%s).CrossesAntimeridian() = %v, %v", s, b.CrossesAntimeridian(), err)
		}
	}
}

func FuzzParseFilter(f *testing.F) {
	for _, seed := range []string{
		"bbox=44,38,48,41", "bbox=NaN,1,2,3", "datetime=2020-09-27/..", "datetime=2020-02-30", "published=/2020-09-27",
		"event=battle,explosion", "source=a,b&source=c", "source=%2C", "min_confidence=1e-300", "q=%00", "q=%ff", "place=a%2Cb",
		"datetime=2020-09-27T23:59:60Z", "datetime=0000-01-01/9999-12-31", "datetime=2020-09-27T/2020-09-28T01:00", "bbox=-0,-0,0,0", "source=a&source=a,", "x=1", "country=i%CC%87",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		filter, err := geo.ParseFilter(values)
		if err != nil {
			size := 0
			for _, e := range paramErrors(t, err) {
				size += len(e.Error())
			}
			if size > 64<<10 {
				t.Fatalf("%d bytes of errors for %d bytes of query", size, len(query))
			}
			return
		}
		again, err := parseQuery(t, filter.Encode())
		if err != nil || !reflect.DeepEqual(again, filter) {
			t.Fatalf("%q gives %+v, encoded as %q, which gives %+v, %v", query, filter, filter.Encode(), again, err)
		}
	})
}

func FuzzParseFilterBBox(f *testing.F) {
	f.Add("44,38,48,41")
	f.Add("170,-20,0,-170,-10,9")
	f.Add("0x1p4,nan,inf,1e400")
	f.Fuzz(func(t *testing.T, s string) {
		filter, err := geo.ParseFilter(map[string][]string{"bbox": {s}})
		if err != nil {
			return
		}
		b := *filter.BBox
		if !(b.West >= -180 && b.West <= 180 && b.East >= -180 && b.East <= 180 && b.South >= -90 && b.South <= b.North && b.North <= 90) {
			t.Fatalf("%q is read as %v", s, b)
		}
		if again, err := geo.ParseBBox(b.String()); err != nil || again != b {
			t.Fatalf("%v is written as %s and read as %v, %v", b, b, again, err)
		}
	})
}

func FuzzParseFilterDatetime(f *testing.F) {
	f.Add("2020-09-27/..")
	f.Add("../2020-02-30")
	f.Add("2020-09-27T23:59:59.999+14:00")
	f.Fuzz(func(t *testing.T, s string) {
		filter, err := geo.ParseFilter(map[string][]string{"datetime": {s}})
		if err != nil {
			return
		}
		i := filter.Datetime
		if i.From < 0 || i.To < 0 || i.From > geo.MaxDay || i.To > geo.MaxDay || i.To != 0 && i.From > i.To {
			t.Fatalf("%q is read as %v", s, i)
		}
	})
}

func ExampleParseFilter() {
	values, _ := url.ParseQuery("datetime=2020-09-27/2020-09-28&event=explosion,battle&bbox=44,38,48,41")
	f, err := geo.ParseFilter(values)
	fmt.Println(f.Encode(), err)

	_, err = geo.ParseFilter(url.Values{"bbox": {"44,38,48"}, "datetime": {"2020-02-30"}})
	fmt.Println(err)
	// Output:
	// bbox=44,38,48,41&datetime=2020-09-27/2020-09-28&event=battle,explosion <nil>
	// bbox "44,38,48": needs four numbers west,south,east,north (or six with heights), not 3
	// datetime "2020-02-30": the calendar has no day 2020-02-30
}
