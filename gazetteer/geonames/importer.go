package geonames

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// builder is what an import asks of a compiler of gazetteers.
type builder interface {
	AddPlace(p *gazetteer.Place) error
	AddName(placeID string, n gazetteer.Name) error
}

// importer carries tables into a Builder.
type importer struct {
	ctx     context.Context
	builder builder
	options Options
	report  Report
	rows    int64
	places  int64
	told    int // problems

	wikidata  pairs // place, number after the Q
	parents   pairs // child, parent
	countries map[uint32]string
}

// progressRows is how often progress is told.
const progressRows = 1 << 14

func (im *importer) progress(step string) {
	if im.options.Progress != nil {
		im.options.Progress(Progress{Step: step, Rows: im.rows})
	}
}

// table reads one table to its end.
func (im *importer) table(t known) error {
	counts := Table{Name: t.name(), Format: t.format}
	im.progress(counts.Name)
	err := t.open(im.ctx, func(r io.Reader) error {
		in, err := detect(r)
		if err != nil {
			return err
		}
		if in.format != t.format {
			return fmt.Errorf("changed while it was read: now %s", in.format)
		}
		return im.read(in, &counts)
	})
	im.report.Tables = append(im.report.Tables, counts)
	switch {
	case im.ctx.Err() != nil:
		return fmt.Errorf("import: %w", im.ctx.Err())
	case err != nil:
		return fmt.Errorf("%s: %w", counts.Name, err)
	case counts.Malformed == counts.Rows:
		return fmt.Errorf("%s: all of its %d lines are malformed", counts.Name, counts.Rows)
	}
	return nil
}

// malformed is an error of one line, as opposed to those that end an import.
type malformed struct{ error }

func (im *importer) read(in *table, counts *Table) error {
	take := im.taker(in.format)
	var fields [][]byte
	for {
		l, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		counts.Rows++
		if im.rows++; im.rows%progressRows == 0 {
			im.progress(counts.Name)
		}
		err = l.err
		if err == nil {
			fields = split(l.text, fields)
			err = take(fields, counts)
			if err != nil && !errors.As(err, new(malformed)) {
				return err
			}
		}
		if err != nil {
			counts.Malformed++
			im.tell(fmt.Errorf("%s:%d: %w", counts.Name, l.number, err))
		}
	}
}

func (im *importer) tell(problem error) {
	if im.told == MaxProblems {
		return
	}
	im.told++
	if im.options.Problem != nil {
		im.options.Problem(problem)
	}
}

// taker returns what takes a row of a table. Its errors are malformed, or else
// end the import.
func (im *importer) taker(f Format) func([][]byte, *Table) error {
	switch f {
	case Places:
		return im.takePlace
	case AlternateNames:
		return im.takeAlternate
	case CountryInfo:
		return im.takeCountry
	case Hierarchy:
		return im.takeHierarchy
	default:
		return im.takeAdmin
	}
}

func (im *importer) takePlace(fields [][]byte, counts *Table) error {
	r, err := parsePlace(fields)
	if err != nil {
		return malformed{err}
	}
	if !r.known {
		counts.Skipped++
		return nil
	}
	p, left := r.place()
	counts.Left += int64(left)
	if len(p.Names) == 0 {
		// A number is no name that a text could be searched for.
		counts.Skipped++
		return nil
	}
	if id, err := parseID(r.id); err == nil {
		im.complete(p, id)
	}
	if err := im.builder.AddPlace(p); err != nil {
		return err
	}
	im.places++
	counts.Places++
	counts.Names += int64(len(p.Names))
	return nil
}

// complete adds what other tables know of a place.
func (im *importer) complete(p *gazetteer.Place, id uint32) {
	if q := im.wikidata.of(id); len(q) > 0 {
		p.External["wikidata"] = fmt.Sprintf("Q%d", uint32(q[0]))
	}
	if p.Country == "" && len(im.countries) > 0 {
		p.Country = countryOf(id, &im.parents, im.countries)
	}
}

func (im *importer) takeAlternate(fields [][]byte, counts *Table) error {
	a, err := parseAlternate(fields)
	switch {
	case err != nil:
		return malformed{err}
	case !a.use:
		counts.Left++
		return nil
	case a.wikidata == nil:
		counts.Names++
		return im.builder.AddName("gn:"+string(a.placeID), a.name)
	}
	id, errID := parseID(a.placeID)
	q, errQ := parseID(a.wikidata)
	if errID != nil || errQ != nil {
		return malformed{errors.Join(errID, errQ)}
	}
	return im.wikidata.add(id, q)
}

func (im *importer) takeAdmin(fields [][]byte, counts *Table) error {
	id, text, err := parseAdmin(fields)
	if err != nil {
		return malformed{err}
	}
	return im.addName(id, text, "", counts)
}

func (im *importer) takeCountry(fields [][]byte, counts *Table) error {
	c, err := parseCountryInfo(fields)
	if err != nil {
		return malformed{err}
	}
	id, err := parseID(c.id)
	if err != nil {
		return malformed{err}
	}
	im.countries[id] = string(c.code)
	return im.addName(c.id, c.name, "en", counts)
}

func (im *importer) addName(id, text []byte, lang string, counts *Table) error {
	n, ok := newName(text, lang)
	if !ok {
		counts.Left++
		return nil
	}
	counts.Names++
	return im.builder.AddName("gn:"+string(id), n)
}

func (im *importer) takeHierarchy(fields [][]byte, _ *Table) error {
	parent, child, err := parseHierarchy(fields)
	if err != nil {
		return malformed{err}
	}
	return im.parents.add(child, parent)
}
