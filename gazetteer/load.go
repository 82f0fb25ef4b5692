package gazetteer

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
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

// Load compiles the tables and shapes at the root of fsys, in memory: every
// *.tsv file (countries and capitals first, then the others by file name, then
// demonyms) and shapes/*.geojson. A place that a later table files again has its
// facts from there and its names from both. The error joins all that is
// malformed, with file, line and the offending value.
func Load(fsys fs.FS) (*Gazetteer, error) {
	b, err := NewBuilder(BuilderOptions{})
	if err != nil {
		return nil, err
	}
	if err := LoadInto(b, fsys); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	var compiled bytes.Buffer
	if _, err := b.compile(&compiled); err != nil {
		return nil, fmt.Errorf("load gazetteer: %w", err)
	}
	return open(compiled.Bytes(), ownMemory)
}

// LoadInto adds to b what Load reads, a layer for each table, named after its
// file. Comments at the head of a table that begin with "Licence:" or
// "Contains data" are the layer's licence and attribution.
func LoadInto(b *Builder, fsys fs.FS) error {
	l := loader{fsys: fsys, byID: make(map[string]located)}
	if err := l.load(); err != nil {
		return fmt.Errorf("load gazetteer: %w", err)
	}
	byTable := make(map[string][]*Place)
	for _, p := range l.places {
		file := l.byID[p.ID].file // whose facts hold
		byTable[file] = append(byTable[file], p.Place)
	}
	for _, t := range l.tables {
		b.NextLayer(strings.TrimSuffix(t.name, ".tsv"), t.licence, t.attribution)
		for _, p := range byTable[t.name] {
			if err := b.AddPlace(p); err != nil {
				return fmt.Errorf("load gazetteer: %s: %w", t.name, err)
			}
		}
	}
	return nil
}

// load reads all tables and shapes.
func (l *loader) load() error {
	names, err := fs.Glob(l.fsys, "*.tsv")
	if err != nil {
		return fmt.Errorf("list tables: %w", err)
	}
	shapes, err := fs.Glob(l.fsys, shapesDir+"/*.geojson")
	if err != nil {
		return fmt.Errorf("list shapes: %w", err)
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(fileOrder(a), fileOrder(b)), strings.Compare(a, b))
	})
	for _, name := range names {
		l.table(name)
	}
	for _, name := range shapes {
		l.shape(name)
	}
	l.countries()
	if len(l.places) == 0 {
		l.errs = append(l.errs, errors.New("no places"))
	}
	return errors.Join(l.errs...)
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
	tables []table // without their rows
	places []located
	byID   map[string]located
	errs   []error
}

// open calls read with the file's content.
func (l *loader) open(name string, read func(io.Reader) error) {
	f, err := l.fsys.Open(name)
	if err != nil {
		l.errs = append(l.errs, fmt.Errorf("open %s: %w", name, err))
		return
	}
	defer f.Close() // read-only: nothing to lose
	if err := read(f); err != nil {
		l.errs = append(l.errs, err)
	}
}

func (l *loader) table(name string) {
	l.open(name, func(r io.Reader) error {
		if name == demonymsFile {
			t, err := readDemonyms(r, name, l.byID)
			l.tables = append(l.tables, t)
			return err
		}
		t, places, err := readPlaces(r, name)
		l.tables = append(l.tables, t)
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
	if p.Population == 0 {
		p.Population = old.Population
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

// countries checks that each country code is that of one country, and each
// place's country one of them. Tables without any country are taken at their word.
func (l *loader) countries() {
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
}
