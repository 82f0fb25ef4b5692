// Package gpkg writes a layer as a GeoPackage (OGC 12-128r17, version 1.3): one
// SQLite file that QGIS, GDAL and other GIS programs open as it is.
//
// A GIS layer has one kind of geometry, a collection of ours has several. So its
// features go into up to four tables with the same columns: `events` holds the
// points, `events_lines` and `events_areas` what their names say, and
// `events_without_position` those that have no position. All but the first are
// left out where they would be empty. Each table with geometries has a spatial
// index and, in `layer_styles`, a default style for QGIS with the colours of the
// map page, which also sets the temporal controller. Days are of the type DATE,
// lists are JSON text, codes have their enumeration in the schema extension. The
// provenance stands in gpkg_metadata and in the description of each table.
//
// Writing streams: features are stored as they come, and memory stays bounded by
// SQLite's page cache. The same arguments give the same bytes.
//
// Limits: a snapshot to read and to work on; nothing here reads or changes a
// GeoPackage. Shapes across the antimeridian stay as they are.
package gpkg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// ContentType is the media type of a GeoPackage.
const ContentType = "application/geopackage+sqlite3"

// Create writes a new file with the features of the collection m.Collection,
// whose properties must follow its schema. changed is when the data was last
// changed; it is written in UTC with milliseconds. A file that exists is an
// error; after an error there is none. ctx ends the work between two features.
func Create(ctx context.Context, path string, m layer.Meta, changed time.Time, fs iter.Seq2[layer.Feature, error]) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("write %s as GeoPackage: %w", m.Collection, err)
	}
	err = f.Close() // empty, it is SQLite's to fill
	if err == nil {
		err = fill(ctx, path, m, changed, fs)
	}
	if err != nil {
		return fmt.Errorf("write %s as GeoPackage: %w", m.Collection, errors.Join(err, os.Remove(path)))
	}
	return nil
}

func fill(ctx context.Context, path string, m layer.Meta, changed time.Time, fs iter.Seq2[layer.Feature, error]) (err error) {
	columns, ok := layer.Schema(m.Collection)
	if !ok {
		return fmt.Errorf("there is no collection %q", m.Collection)
	}
	db, err := open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	w := &writer{db: db, meta: m, columns: columns, changed: changed.UTC().Format("2006-01-02T15:04:05.000Z")}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := w.begin(); err != nil {
		return err
	}
	for f, err := range fs {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if err := w.add(&f); err != nil {
			return fmt.Errorf("write feature %q: %w", f.ID, err)
		}
	}
	return w.finish()
}

// File is a GeoPackage in a temporary file, open for reading. Close removes it.
type File struct {
	*os.File
	dir string
}

// Temporary is Create into a temporary file.
func Temporary(ctx context.Context, m layer.Meta, changed time.Time, fs iter.Seq2[layer.Feature, error]) (*File, error) {
	dir, err := os.MkdirTemp("", "conflictmap-gpkg-")
	if err != nil {
		return nil, fmt.Errorf("write %s as GeoPackage: %w", m.Collection, err)
	}
	done := false
	defer func() { // also where the features panic
		if !done {
			_ = os.RemoveAll(dir) // it is the temporary folder's then
		}
	}()
	path := filepath.Join(dir, m.Collection+".gpkg")
	if err := Create(ctx, path, m, changed, fs); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("write %s as GeoPackage: %w", m.Collection, err)
	}
	done = true
	return &File{File: f, dir: dir}, nil
}

// Close closes and removes the file.
func (f *File) Close() error { return errors.Join(f.File.Close(), os.RemoveAll(f.dir)) }

// Write is Create to w: the file is made whole in a temporary one first, so that
// an error of the features leaves w untouched.
func Write(ctx context.Context, w io.Writer, m layer.Meta, changed time.Time, fs iter.Seq2[layer.Feature, error]) (err error) {
	f, err := Temporary(ctx, m, changed, fs)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := io.Copy(w, f); err != nil {
		return fmt.Errorf("write %s as GeoPackage: %w", m.Collection, err)
	}
	return nil
}
