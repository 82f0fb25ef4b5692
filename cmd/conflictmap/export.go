package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/geo/sqlite"
)

type exportCommand struct {
	DB     string `help:"Database file (default: ${db})." default:"${db}" placeholder:"FILE"`
	Format string `help:"geojson or csv." enum:"geojson,csv" default:"geojson"`
	labelsFlag
	Output     string `short:"o" help:"File to write; standard output if not given. It appears when it is complete." placeholder:"FILE"`
	Collection string `arg:"" enum:"events,mentions,places" help:"events, mentions or places."`

	Filter filterFlags `embed:"" group:"Filters (lists are separated by commas):"`
}

// filterFlags are the filters by the names that they have everywhere. Every
// flag is a list, so that geo.ParseFilter sees which ones are given, and how
// often.
type filterFlags struct {
	BBox          []string `name:"bbox" sep:"none" placeholder:"W,S,E,N" help:"Degrees of a box that the place's geometry meets."`
	Datetime      []string `sep:"none" placeholder:"DAYS" help:"Days of the event: a day, A/B, ../B or A/.. (both ends included)."`
	Published     []string `sep:"none" placeholder:"DAYS" help:"Days of publication, likewise."`
	AsOf          []string `name:"asof" sep:"none" placeholder:"DAY" help:"Only what had been published by that day."`
	Event         []string `sep:"none" placeholder:"LIST" help:"explosion, battle, civilians, protest, riot, strategic, casualties."`
	Role          []string `sep:"none" placeholder:"LIST" help:"site, setting, actor, affiliation."`
	Country       []string `sep:"none" placeholder:"LIST" help:"ISO 3166-1 alpha-2 codes."`
	Place         []string `sep:"none" placeholder:"LIST" help:"Gazetteer ids, as lookup shows them."`
	Source        []string `sep:"none" placeholder:"LIST" help:"Who published the article."`
	Claim         []string `sep:"none" placeholder:"LIST" help:"reported, claimed, denied."`
	MinConfidence []string `name:"min_confidence" aliases:"min-confidence" sep:"none" placeholder:"N" help:"0 to 1."`
	Query         []string `name:"q" sep:"none" placeholder:"WORDS" help:"Words that the sentence holds, all of them."`
}

func (f *filterFlags) filter() (geo.Filter, error) {
	filter, err := geo.ParseFilter(map[string][]string{
		"bbox": f.BBox, "datetime": f.Datetime, "published": f.Published, "asof": f.AsOf,
		"event": f.Event, "role": f.Role, "country": f.Country, "place": f.Place, "source": f.Source,
		"claim": f.Claim, "min_confidence": f.MinConfidence, "q": f.Query,
	})
	if err != nil {
		return geo.Filter{}, usageError{err}
	}
	return filter, nil
}

// Run writes the layer.
func (c *exportCommand) Run(env *environment) (err error) {
	filter, err := c.Filter.filter()
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.DB); err != nil {
		return fmt.Errorf("database: %w (`conflictmap ingest` makes one)", err)
	}
	db, err := sqlite.Open(env.ctx, c.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	snapshot, err := db.Snapshot(env.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()

	write := func(w io.Writer) error { return c.write(env, w, snapshot, filter) }
	if c.Output == "" {
		err = buffered(env.stdout, write)
	} else {
		err = replaceFile(c.Output, write)
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", c.Collection, err)
	}
	return nil
}

func (c *exportCommand) write(env *environment, w io.Writer, s *sqlite.Snapshot, f geo.Filter) error {
	features := c.features(env, s, f)
	meta := layer.Meta{Collection: c.Collection, Filter: f.Encode(), Version: s.Version(), Attribution: attribution}
	if c.Format == "csv" {
		return layer.WriteCSV(w, meta, features)
	}
	return layer.WriteGeoJSON(w, meta, features)
}

func (c *exportCommand) features(env *environment, s *sqlite.Snapshot, f geo.Filter) iter.Seq2[layer.Feature, error] {
	shown := layer.Options{Labels: c.Labels}
	switch c.Collection {
	case layer.MentionCollection:
		return shown.Mentions(s.Mentions(env.ctx, f))
	case layer.PlaceCollection:
		return shown.Places(s.Places(env.ctx, f))
	default:
		return shown.Events(s.Events(env.ctx, f))
	}
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	out := bufio.NewWriterSize(w, 64<<10)
	if err := write(out); err != nil {
		return err
	}
	return out.Flush()
}

// replaceFile writes a file under another name and then puts it in the place
// of path, so that nobody ever sees half of it. A device or a pipe is written
// to as it is.
func replaceFile(path string, write func(io.Writer) error) (err error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(buffered(f, write), f.Close())
	}
	half := fmt.Sprintf("%s.%d.part", path, os.Getpid())
	f, err := os.OpenFile(half, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(half))
		}
	}()
	if err := errors.Join(buffered(f, write), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(half, path)
}
