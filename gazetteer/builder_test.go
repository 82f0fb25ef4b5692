package gazetteer_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
)

func newBuilder(t testing.TB, o gazetteer.BuilderOptions) *gazetteer.Builder {
	t.Helper()
	if o.TempDir == "" {
		o.TempDir = t.TempDir()
	}
	b, err := gazetteer.NewBuilder(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(o.TempDir); err != nil || len(left) > 0 {
			t.Errorf("left in the folder for temporary files: %v, %v", left, err)
		}
	})
	return b
}

// village is a place with nothing but what it must have.
func village(id, name string) *gazetteer.Place {
	return &gazetteer.Place{ID: id, Name: name, Kind: gazetteer.Settlement, Country: "AZ", Point: orb.Point{46, 39}, Source: "test"}
}

func add(t testing.TB, b *gazetteer.Builder, places ...*gazetteer.Place) {
	t.Helper()
	for _, p := range places {
		if err := b.AddPlace(p); err != nil {
			t.Fatal(err)
		}
	}
}

func compile(t testing.TB, b *gazetteer.Builder) *gazetteer.Gazetteer {
	t.Helper()
	data, err := gazetteer.Compile(b)
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.OpenBytes(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Verify(); err != nil {
		t.Error(err)
	}
	t.Cleanup(func() {
		if err := g.Err(); err != nil {
			t.Errorf("damage in a new file: %v", err)
		}
	})
	return g
}

// Whatever a place has comes back as it was.
func TestPlaceComesBack(t *testing.T) {
	full := &gazetteer.Place{
		ID: "cm:lake", Name: "Lake", Kind: gazetteer.Lake, Country: "AM", Disputed: true, Capital: true,
		Point:      orb.Point{-179.1234567, -89.7654321},
		Shape:      orb.MultiPolygon{{{{45, 40}, {46, 40}, {46, 41}, {45, 40}}, {{45.1, 40.01}, {45.2, 40.02}, {45.1, 40.03}, {45.1, 40.01}}}},
		Population: 9_999_999_999, Uncertainty: 1234.5,
		Names: []gazetteer.Name{
			{Text: "Lake", Lang: "en", Script: "Latn", Preferred: true},
			{Text: "Լիճ", Lang: "hy", Script: "Armn", Historical: true, Colloquial: true},
			{Text: "Lakers", Lang: "en", Script: "Latn", Demonym: true},
			{Text: "LK", Script: "Latn", Short: true},
		},
		External: map[string]string{"geonames": "17", "wikidata": "Q1"},
		Source:   "drawn",
	}
	line := village("gn:2", "Aras")
	line.Shape = orb.LineString{{45, 40}, {46, 41}}
	line.External = map[string]string{"geonames": "2"}
	line.Names = []gazetteer.Name{{Text: "Aras", Script: "Latn", Preferred: true}}
	bare := village("gn:1", "Վանք")
	bare.Names = []gazetteer.Name{{Text: "Վանք", Script: "Armn", Preferred: true}}
	bare.External = map[string]string{}
	bare.Country = ""
	bare.Point = orb.Point{180, 90}
	b := newBuilder(t, gazetteer.BuilderOptions{})
	b.NextLayer("one", "", "")
	add(t, b, line, full, bare)
	g := compile(t, b)
	for _, want := range []*gazetteer.Place{full, line, bare} {
		got, ok := g.Place(want.ID)
		if !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	var order []string
	for p := range g.Places() {
		order = append(order, p.ID)
	}
	if !slices.Equal(order, []string{"cm:lake", "gn:1", "gn:2"}) || g.Len() != 3 {
		t.Errorf("places %v, %d", order, g.Len())
	}
	for _, id := range []string{"", "a", "gn:", "gn:10", "gn:3", "zz"} {
		if p, ok := g.Place(id); ok {
			t.Errorf("Place(%q) = %v", id, p)
		}
	}
}

func TestLayers(t *testing.T) {
	b := newBuilder(t, gazetteer.BuilderOptions{Built: time.Unix(1e9, 0).UTC(), World: true})
	b.NextLayer("dump", "CC BY 4.0", "GeoNames")
	first := village("gn:1", "Shushi")
	first.Population, first.Capital, first.Uncertainty = 4000, true, 10
	first.Shape = orb.LineString{{45, 40}, {46, 41}}
	first.External = map[string]string{"geonames": "1", "wikidata": "Q1"}
	first.Names = []gazetteer.Name{
		{Text: "Shushi", Preferred: true}, {Text: "Şuşa", Lang: "az"}, {Text: "Susa", Lang: "az", Historical: true}, {Text: "Chouchi"},
	}
	add(t, b, village("gn:1", "Never"), first, village("gn:2", "Kept"))
	named := func(id, text string) {
		t.Helper()
		if err := b.AddName(id, gazetteer.Name{Text: text, Lang: "ru"}); err != nil {
			t.Fatal(err)
		}
	}
	named("gn:3", "Раньше")
	named("gn:1", "Шуша")
	named("gn:9", "Nobody's")
	named("gn:9", "Nobody's either")
	named("gn:1", strings.Repeat("x", 201))
	named("gn:1", "\xff\xfe")
	named("gn:1", "...")
	b.NextLayer("authored", "MIT", "us")
	second := village("gn:1", "Shusha")
	second.Kind, second.Country, second.Disputed = gazetteer.Region, "AM", true
	second.Names = []gazetteer.Name{{Text: "Shusha", Lang: "en", Preferred: true}, {Text: "SUSA", Lang: "az", Short: true}}
	add(t, b, second, village("gn:3", "Later"))
	named("gn:1", "Шушa")
	g := compile(t, b)

	p, _ := g.Place("gn:1")
	if p.Kind != gazetteer.Region || p.Country != "AM" || !p.Disputed || p.Capital || p.Uncertainty != 0 || p.Name != "Shusha" {
		t.Errorf("the later layer's facts do not hold: %+v", p)
	}
	if p.Population != 4000 || p.Shape == nil || p.External["wikidata"] != "Q1" {
		t.Errorf("what the later layer lacks is lost: %+v", p)
	}
	want := []gazetteer.Name{
		{Text: "Shusha", Lang: "en", Script: "Latn", Preferred: true}, {Text: "SUSA", Lang: "az", Script: "Latn", Short: true},
		{Text: "Шушa", Lang: "ru", Script: "Cyrl"}, {Text: "Шуша", Lang: "ru", Script: "Cyrl"},
		{Text: "Shushi", Script: "Latn", Preferred: true}, {Text: "Chouchi", Script: "Latn"},
	}
	if !slices.Equal(p.Names, want) {
		t.Errorf("names\n%+v, want\n%+v", p.Names, want)
	}
	if hits := g.Lookup("раньше"); len(hits) != 1 || hits[0].Place.ID != "gn:3" {
		t.Errorf("a name that came before its place is not found: %v", hits)
	}
	if hits := g.Lookup("Never"); hits != nil {
		t.Errorf("a place that its layer replaced is found: %v", ids(hits))
	}
	info := g.Info()
	wantInfo := gazetteer.Info{
		Format: 1, Version: g.Version(), Built: time.Unix(1e9, 0).UTC(), World: true, Places: 3, Names: 9, Dropped: 5, Bytes: info.Bytes,
		Kinds: map[gazetteer.Kind]int{gazetteer.Region: 1, gazetteer.Settlement: 2},
		Sources: []gazetteer.Source{
			{Name: "dump", Licence: "CC BY 4.0", Attribution: "GeoNames", Places: 1, Names: 5, Kinds: map[gazetteer.Kind]int{gazetteer.Settlement: 1}},
			{Name: "authored", Licence: "MIT", Attribution: "us", Places: 2, Names: 4, Kinds: map[gazetteer.Kind]int{gazetteer.Settlement: 1, gazetteer.Region: 1}},
		},
	}
	if !reflect.DeepEqual(info, wantInfo) {
		t.Errorf("info\n%+v, want\n%+v", info, wantInfo)
	}
}

func TestRefused(t *testing.T) {
	change := func(f func(p *gazetteer.Place)) *gazetteer.Place {
		p := village("gn:1", "Vank")
		f(p)
		return p
	}
	tests := map[string]*gazetteer.Place{
		"empty id":     change(func(p *gazetteer.Place) { p.ID = "" }),
		"id with NUL":  change(func(p *gazetteer.Place) { p.ID = "gn:\x001" }),
		"spaced id":    change(func(p *gazetteer.Place) { p.ID = "gn: 1" }),
		"long id":      change(func(p *gazetteer.Place) { p.ID = strings.Repeat("x", 81) }),
		"no name":      change(func(p *gazetteer.Place) { p.Name = "" }),
		"no letter":    change(func(p *gazetteer.Place) { p.Name = "--" }),
		"long name":    change(func(p *gazetteer.Place) { p.Name = strings.Repeat("x", 201) }),
		"kind":         change(func(p *gazetteer.Place) { p.Kind = "volcano" }),
		"country":      change(func(p *gazetteer.Place) { p.Country = "Aze" }),
		"lon":          change(func(p *gazetteer.Place) { p.Point[0] = 180.1 }),
		"lat":          change(func(p *gazetteer.Place) { p.Point[1] = math.NaN() }),
		"uncertainty":  change(func(p *gazetteer.Place) { p.Uncertainty = math.NaN() }),
		"population":   change(func(p *gazetteer.Place) { p.Population = -1 }),
		"source":       change(func(p *gazetteer.Place) { p.Source = strings.Repeat("x", 1001) }),
		"long wikidat": change(func(p *gazetteer.Place) { p.External = map[string]string{"wikidata": strings.Repeat("x", 81)} }),
	}
	b := newBuilder(t, gazetteer.BuilderOptions{})
	if err := b.AddPlace(village("gn:1", "Vank")); err == nil {
		t.Error("a place without a layer is taken")
	}
	b.NextLayer("one", "", "")
	for name, p := range tests {
		if err := b.AddPlace(p); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := gazetteer.Compile(b); err == nil || !strings.Contains(err.Error(), "no places") {
		t.Errorf("compiled nothing: %v", err)
	}
	if err := b.AddPlace(village("gn:1", "Vank")); err == nil {
		t.Error("a spent builder takes a place")
	}
	if _, err := gazetteer.NewBuilder(gazetteer.BuilderOptions{Memory: 1}); err == nil {
		t.Error("a builder without memory")
	}
}

// No place keeps more names than the bound, and its own is always one.
func TestManyNames(t *testing.T) {
	p := village("gn:1", "Vank")
	for i := range 1000 {
		p.Names = append(p.Names, gazetteer.Name{Text: fmt.Sprintf("Name %c%c", 'a'+i/26%26, 'a'+i%26), Lang: "en"})
	}
	p.Names = append(p.Names, gazetteer.Name{Text: "Vank", Lang: "hy"})
	b := newBuilder(t, gazetteer.BuilderOptions{})
	b.NextLayer("one", "", "")
	add(t, b, p)
	got, _ := compile(t, b).Place("gn:1")
	if len(got.Names) != 400 || got.Names[0].Text != "Vank" || got.Names[0].Lang != "hy" {
		t.Errorf("%d names, the first %+v", len(got.Names), got.Names[0])
	}
}

// synthetic adds n made-up places with names that clash.
func synthetic(t testing.TB, b *gazetteer.Builder, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		syllables := []string{"ka", "ra", "bagh", "şu", "şa", "gor", "is", "mar", "tu", "ni", "vank", "khan", "ken", "di", "lak", "хан", "кен", "ди"}
		var s strings.Builder
		for range 1 + r.IntN(4) {
			s.WriteString(syllables[r.IntN(len(syllables))])
		}
		return s.String()
	}
	b.NextLayer("synthetic", "", "")
	for i := range n {
		p := village(fmt.Sprintf("gn:%d", i+1), word()+" "+word())
		p.Point = orb.Point{math.Round(r.Float64()*3600000-1800000) / 1e4, math.Round(r.Float64()*1800000-900000) / 1e4}
		p.Population = int64(math.Exp(r.Float64()*16) - 1)
		p.Capital = r.IntN(1000) == 0
		p.Names = []gazetteer.Name{{Text: p.Name, Preferred: true}, {Text: word(), Historical: r.IntN(10) == 0}}
		add(t, b, p)
		if err := b.AddName(p.ID, gazetteer.Name{Text: word(), Lang: "az"}); err != nil {
			t.Fatal(err)
		}
	}
}

// What is sorted on disk compiles to the same bytes as what fits into memory.
func TestSpilling(t *testing.T) {
	var files [2][]byte
	for i, memory := range []int64{1 << 30, 1 << 20} {
		b := newBuilder(t, gazetteer.BuilderOptions{Memory: memory})
		synthetic(t, b, 30_000)
		var err error
		if files[i], err = gazetteer.Compile(b); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the files differ")
	}
}

func TestSort(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	pairs := make([][2]string, 20_000)
	for i := range pairs {
		key := make([]byte, r.IntN(12))
		for k := range key {
			key[k] = "\x00a\xff"[r.IntN(3)]
		}
		pairs[i] = [2]string{string(key), fmt.Sprint(i)}
	}
	want := slices.Clone(pairs)
	slices.SortStableFunc(want, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	for _, limit := range []int{1 << 30, 64 << 10, 2 << 10} { // the last makes more files than are merged at once
		dir := t.TempDir()
		got, spilled, err := gazetteer.Sort(slices.Clone(pairs), limit, dir)
		if err != nil || !slices.Equal(got, want) || spilled != (limit < 1<<30) {
			t.Errorf("%d bytes: sorted wrongly, or %v; spilled %v", limit, err, spilled)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%d bytes: %d files left", limit, len(left))
		}
	}
	_, _, err := gazetteer.Sort(pairs, 2<<10, filepath.Join(t.TempDir(), "gone"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("sorted in no folder: %v", err)
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "x.cmg")
	b := newBuilder(t, gazetteer.BuilderOptions{})
	synthetic(t, b, 100)
	written, err := b.WriteFile(path)
	if err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	stat, err := os.Stat(path)
	if err != nil || stat.Size() != written.Bytes || !reflect.DeepEqual(g.Info(), written) || g.Len() != 100 {
		t.Errorf("%v of %+v, written %+v, %v", stat, g.Info(), written, err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newBuilder(t, gazetteer.BuilderOptions{}).WriteFile(path); err == nil {
		t.Error("wrote an empty gazetteer")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the old file changed: %v", err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("left behind: %v, %v", files, err)
	}
	if _, err := newBuilder(t, gazetteer.BuilderOptions{}).WriteFile(filepath.Join(dir, "no", "x.cmg")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("wrote into no folder: %v", err)
	}
	p, _ := g.Place("gn:1")
	if err := errors.Join(g.Close(), g.Close()); err != nil {
		t.Error(err)
	}
	if p.Name == "" || !strings.HasPrefix(p.Names[0].Text, p.Name) {
		t.Errorf("a place did not survive Close: %+v", p)
	}
	_, found := g.Place("gn:1")
	if found || g.Len() != 0 || g.Lookup(p.Name) != nil || g.Prefix("k", 1) != nil || g.Nearest(p.Point, 1, 0) != nil || g.Err() != nil {
		t.Error("a closed gazetteer finds something")
	}
	if g.Verify() == nil {
		t.Error("a closed gazetteer is verified")
	}
}
