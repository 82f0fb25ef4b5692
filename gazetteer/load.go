package gazetteer

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// Files with a part of their own; every other table holds a theatre's places.
const (
	countriesFile = "countries.tsv"
	capitalsFile  = "capitals.tsv"
	demonymsFile  = "demonyms.tsv"
	shapesDir     = "shapes"
)

// Load reads a gazetteer from the root of fsys: every *.tsv file (countries
// and capitals first, then the theatres by file name, then demonyms) and
// shapes/*.geojson. A place that a later table files again has its facts from
// there and its names from both. The error joins all that is malformed, with
// file, line and the offending value.
func Load(fsys fs.FS) (*Gazetteer, error) {
	tables, err := fs.Glob(fsys, "*.tsv")
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	shapes, err := fs.Glob(fsys, shapesDir+"/*.geojson")
	if err != nil {
		return nil, fmt.Errorf("list shapes: %w", err)
	}
	slices.SortStableFunc(tables, func(a, b string) int {
		return cmp.Or(cmp.Compare(fileOrder(a), fileOrder(b)), strings.Compare(a, b))
	})
	l := loader{fsys: fsys, sum: sha256.New(), byID: make(map[string]located)}
	for _, name := range tables {
		l.table(name)
	}
	for _, name := range shapes {
		l.shape(name)
	}
	byCountry := l.countries()
	if len(l.places) == 0 {
		l.errs = append(l.errs, errors.New("no places"))
	}
	if err := errors.Join(l.errs...); err != nil {
		return nil, fmt.Errorf("load gazetteer: %w", err)
	}
	return l.gazetteer(byCountry), nil
}

// LoadInto adds to b what Load reads, a layer for each table.
func LoadInto(b *Builder, fsys fs.FS) error {
	g, err := Load(fsys)
	if err != nil {
		return err
	}
	b.NextLayer("authored", "", "")
	for p := range g.Places() {
		if err := b.AddPlace(p); err != nil {
			return err
		}
	}
	return nil
}

func fileOrder(name string) int {
	switch name {
	case countriesFile:
		return 0
	case capitalsFile:
		return 1
	case demonymsFile:
		return 3
	}
	return 2
}

type loader struct {
	fsys   fs.FS
	sum    hash.Hash
	places []located
	byID   map[string]located
	errs   []error
}

// open calls read with the file's content, which counts towards the version.
func (l *loader) open(name string, read func(io.Reader) error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		l.errs = append(l.errs, fmt.Errorf("open %s: %w", name, err))
		return
	}
	defer f.Close()                    // read-only: nothing to lose
	l.sum.Write([]byte(name + "\x00")) // never fails
	if err := read(io.TeeReader(f, l.sum)); err != nil {
		l.errs = append(l.errs, err)
	}
}

func (l *loader) table(name string) {
	l.open(name, func(r io.Reader) error {
		if name == demonymsFile {
			return readDemonyms(r, name, l.byID)
		}
		places, err := readPlaces(r, name)
		var problems problems
		for _, p := range places {
			if err := l.add(p); err != nil {
				problems.add(p.file, p.line, "%w", err)
			}
		}
		return errors.Join(err, problems.err())
	})
}

// add files the place, or lets it replace what an earlier table says of it.
func (l *loader) add(p located) error {
	old, ok := l.byID[p.ID]
	if !ok {
		l.places = append(l.places, p)
		l.byID[p.ID] = p
		return nil
	}
	if old.Kind != p.Kind {
		return fmt.Errorf("id %q is a %s here and a %s at %s:%d", p.ID, p.Kind, old.Kind, old.file, old.line)
	}
	p.Names = mergeNames(p.Names, old.Names)
	for authority, id := range old.External {
		if _, ok := p.External[authority]; !ok {
			p.External[authority] = id
		}
	}
	*old.Place = *p.Place
	l.byID[p.ID] = located{old.Place, p.file, p.line}
	return nil
}

// mergeNames appends the names of more that names lacks.
func mergeNames(names, more []Name) []Name {
	known := make(map[string]bool, len(names))
	for _, n := range names {
		known[n.Text] = true
	}
	for _, n := range more {
		if !known[n.Text] {
			names = append(names, n)
		}
	}
	return names
}

func (l *loader) shape(name string) {
	l.open(name, func(r io.Reader) error {
		s, err := readShape(r)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		p, ok := l.byID[s.id]
		switch {
		case !ok:
			return fmt.Errorf("%s: id %q is no place in the tables", name, clip(s.id))
		case p.Shape != nil:
			return fmt.Errorf("%s: %q has a shape already", name, s.id)
		case !contains(s.geometry, p.Point):
			return fmt.Errorf("%s: the label point %v of %q at %s:%d lies outside", name, p.Point, s.id, p.file, p.line)
		}
		p.Shape = s.geometry
		return nil
	})
}

// countries files the countries by code and checks that each place's country
// is one of them. Tables without any country are taken at their word.
func (l *loader) countries() map[string]*Place {
	var problems problems
	byCode := make(map[string]*Place)
	for _, loc := range l.places {
		p := l.byID[loc.ID]
		if p.Kind != Country || p.Country == "" {
			continue
		}
		if first, ok := byCode[p.Country]; ok {
			problems.add(p.file, p.line, "country code %q is that of %q already", p.Country, first.Name)
			continue
		}
		byCode[p.Country] = p.Place
	}
	for _, loc := range l.places {
		p := l.byID[loc.ID]
		if _, ok := byCode[p.Country]; !ok && p.Country != "" && len(byCode) > 0 {
			problems.add(p.file, p.line, "unknown country code %q", p.Country)
		}
	}
	if err := problems.err(); err != nil {
		l.errs = append(l.errs, err)
	}
	return byCode
}

func (l *loader) gazetteer(byCountry map[string]*Place) *Gazetteer {
	g := &Gazetteer{
		places:    make([]*Place, 0, len(l.places)),
		byID:      make(map[string]*Place, len(l.places)),
		byCountry: byCountry,
		version:   hex.EncodeToString(l.sum.Sum(nil))[:12],
	}
	for _, p := range l.places {
		g.places = append(g.places, p.Place)
		g.byID[p.ID] = p.Place
	}
	g.names = newIndex(g.places)
	return g
}
