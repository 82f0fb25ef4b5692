// Package geonames makes a gazetteer of GeoNames' dumps.
//
// Import reads any number of the tables that https://download.geonames.org/export/dump/
// offers, in any order, plain, zipped or gzipped, and compiles them into one
// file that gazetteer.Open opens. It tells tables by their content, not by
// their names. Fetch downloads them. A table is read as a stream, line by line,
// and a line that is malformed is reported and left out.
//
// What becomes of GeoNames' data:
//
//   - Feature codes go to kinds of places; those that no news names are left
//     out (the table features says which).
//   - Names of places that are no more, and names that are marked historic or
//     have an end, are historical. Links, postcodes, codes and phonetics, which
//     GeoNames files among the names, are left out.
//   - A seat of government (PPLC) is a capital, but for those of dependent
//     territories.
//   - GeoNames says nothing about who claims a place: none is disputed until
//     the authored tables, which are laid over the dump, say so. Places are
//     joined by their GeoNames id, and the authored facts win.
//   - Parents serve to find the country of a place whose row names none; the
//     gazetteer doesn't keep them.
//
// GeoNames' data are under CC BY 4.0.
package geonames

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// How places and layers name their source.
const (
	sourceName  = "GeoNames"
	licence     = "CC BY 4.0"
	attribution = "GeoNames, https://www.geonames.org"
)

// Options say how Import works.
type Options struct {
	// Output is the file to write; it appears when it is complete.
	Output string
	// TempDir holds temporary files of about the size of the unpacked dumps,
	// the system's where empty.
	TempDir string
	// Authored are the tables laid over the dumps, nil for none.
	Authored fs.FS
	// Built is noted in the file.
	Built time.Time
	// Progress, if set, is called every some thousand rows and when a step begins.
	Progress func(Progress)
	// Problem, if set, is called with the first MaxProblems malformed lines.
	Problem func(error)
}

// MaxProblems is how many malformed lines are told one by one.
const MaxProblems = 20

// Progress is how far an import is.
type Progress struct {
	// Step is what is being done: a table's name, or "compile".
	Step string
	// Rows counts those read of all tables.
	Rows int64
}

// Table counts what was in one table.
type Table struct {
	Name   string `json:"name"`
	Format Format `json:"format"`
	Rows   int64  `json:"rows"`
	// Places and Names count what was taken over.
	Places int64 `json:"places"`
	Names  int64 `json:"names"`
	// Malformed counts lines that could not be read, Skipped the rows of features
	// that the gazetteer leaves out, Left the names that are none.
	Malformed int64 `json:"malformed"`
	Skipped   int64 `json:"skipped"`
	Left      int64 `json:"left"`
}

// Report is what an import did.
type Report struct {
	Tables []Table        `json:"tables"`
	Info   gazetteer.Info `json:"info"`
}

// Malformed counts the lines that could not be read.
func (r *Report) Malformed() (n int64) {
	for i := range r.Tables {
		n += r.Tables[i].Malformed
	}
	return n
}

// Import compiles the tables in the files into o.Output. A malformed line is
// reported and counted; a table without a single good line, a file that is no
// GeoNames table, a damaged archive or the end of the context fail the
// import, and what was at o.Output before stays.
func Import(ctx context.Context, files []string, o Options) (Report, error) {
	tables, err := tablesOf(ctx, files)
	if err != nil {
		return Report{}, err
	}
	if err := checkOutput(o.Output, files); err != nil {
		return Report{}, err
	}
	b, err := gazetteer.NewBuilder(gazetteer.BuilderOptions{
		TempDir: o.TempDir, Built: o.Built, World: true, Check: ctx.Err,
	})
	if err != nil {
		return Report{}, fmt.Errorf("import: %w", err)
	}
	report, err := compile(ctx, b, tables, o)
	return report, errors.Join(err, b.Close())
}

func compile(ctx context.Context, b *gazetteer.Builder, tables []known, o Options) (Report, error) {
	b.NextLayer(sourceName, licence, attribution)
	im := importer{ctx: ctx, builder: b, options: o, countries: make(map[uint32]string)}
	for _, t := range tables {
		if err := im.table(t); err != nil {
			return im.report, err
		}
	}
	if im.places == 0 {
		return im.report, errors.New("none of the tables has a place that a gazetteer keeps")
	}
	if o.Authored != nil {
		if err := gazetteer.LoadInto(b, o.Authored); err != nil {
			return im.report, fmt.Errorf("lay the authored tables over the dumps: %w", err)
		}
	}
	im.progress("compile")
	info, err := b.WriteFile(o.Output)
	if err != nil {
		return im.report, fmt.Errorf("import: %w", err)
	}
	im.report.Info = info
	return im.report, nil
}

// known is a source whose format is known.
type known struct {
	source
	format Format
}

// tablesOf finds the tables in the files and puts those first that others
// need. The error joins all that can't be read.
func tablesOf(ctx context.Context, files []string) ([]known, error) {
	if len(files) == 0 {
		return nil, errors.New("no files to import")
	}
	var (
		tables []known
		errs   []error
		seen   = make(map[source]bool)
	)
	for _, file := range files {
		found, err := sources(file)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		for _, s := range found {
			if seen[s] {
				continue
			}
			seen[s] = true
			t, err := s.detect(ctx)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", s.name(), err))
				continue
			}
			tables = append(tables, known{s, t.format})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(tables, func(t known) bool { return t.format == Places }) {
		return nil, errors.New("none of the files is a table of places such as allCountries, cities500 or that of a country")
	}
	slices.SortStableFunc(tables, func(a, b known) int { return a.format.order() - b.format.order() })
	return tables, nil
}

// checkOutput finds out before the work whether its result can be written.
func checkOutput(output string, files []string) error {
	if output == "" {
		return errors.New("no output file")
	}
	dir := filepath.Dir(output)
	switch info, err := os.Stat(dir); {
	case err != nil:
		return fmt.Errorf("output: %w", err)
	case !info.IsDir():
		return fmt.Errorf("output: %s is not a folder", dir)
	}
	out, err := os.Stat(output)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("output: %w", err)
	}
	if out.IsDir() {
		return fmt.Errorf("output: %s is a folder", output)
	}
	for _, file := range files {
		if in, err := os.Stat(file); err == nil && os.SameFile(in, out) {
			return fmt.Errorf("output: %s is among the files to import", output)
		}
	}
	return nil
}
