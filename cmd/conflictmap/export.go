package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/cql2"
	"github.com/conflictmap/conflictmap/geo/gpkg"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/geo/sqlite"
)

type exportCommand struct {
	DB     string `help:"Database file (default: ${db})." default:"${db}" placeholder:"FILE"`
	Format string `help:"geojson, csv or gpkg (GeoPackage)." enum:"geojson,csv,gpkg" default:"geojson"`
	gazetteerFlag
	labelsFlag
	Where      *string `name:"filter" help:"Condition on the features' properties in CQL2 text, as in \"event = 'battle' AND deaths_low > 10\"." placeholder:"CQL2"`
	Output     string  `short:"o" help:"File to write; standard output if not given. It appears when it is complete." placeholder:"FILE"`
	Collection string  `arg:"" enum:"events,mentions,places" help:"events, mentions or places."`

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
	q, err := c.query()
	if err != nil {
		return err
	}
	places, err := c.info()
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.DB); err != nil {
		return fmt.Errorf("database: %w (`conflictmap ingest` makes one)", err)
	}
	db, err := openStore(env, c.DB, env.warn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	snapshot, err := db.Snapshot(env.ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()

	features, version, err := c.features(env, db, snapshot, q)
	if err != nil {
		return fmt.Errorf("export %s: %w", c.Collection, err)
	}
	meta := layer.Meta{Collection: c.Collection, Filter: strings.TrimPrefix(q.Key(), "&"), Version: version, Gazetteer: places.Version, Attribution: places.Attribution()}
	write := func(w io.Writer) error { return c.write(env, w, meta, features) }
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

// query is what the flags select.
func (c *exportCommand) query() (q index.Query, err error) {
	if q.Filter, err = c.Filter.filter(); err != nil || c.Where == nil {
		return q, err
	}
	expr, err := cql2.ParseText(*c.Where)
	if err == nil {
		q.Where, err = cql2.Compile(expr, index.Properties(c.Collection))
	}
	if err != nil {
		return q, usageError{fmt.Errorf("filter %q: %w", *c.Where, err)}
	}
	return q, nil
}

func (c *exportCommand) write(env *environment, w io.Writer, m layer.Meta, features iter.Seq2[layer.Feature, error]) error {
	switch c.Format {
	case "csv":
		return layer.WriteCSV(w, m, features)
	case "gpkg":
		return gpkg.Write(env.ctx, w, m, env.now(), features)
	default:
		return layer.WriteGeoJSON(w, m, features)
	}
}

// features are read from the store row by row. A condition is for the index,
// which has to be loaded first. They are those of the data's version returned.
func (c *exportCommand) features(env *environment, db *sqlite.DB, s *sqlite.Snapshot, q index.Query) (iter.Seq2[layer.Feature, error], string, error) {
	shown := layer.Options{Labels: c.Labels}
	if q.Where == nil {
		return shown.Of(c.Collection, s.Events(env.ctx, q.Filter), s.Mentions(env.ctx, q.Filter), s.Places(env.ctx, q.Filter)), s.Version(), nil
	}
	v, err := index.Load(env.ctx, db)
	if err != nil {
		return nil, "", err
	}
	return shown.Of(c.Collection, v.Events(env.ctx, q), v.Mentions(env.ctx, q), v.Places(env.ctx, q)), v.Version(), nil
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
