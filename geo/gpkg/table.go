package gpkg

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// The columns of a table before those of the collection.
const (
	keyColumn      = "fid"
	geometryColumn = "geom"
)

// writer fills a new GeoPackage.
type writer struct {
	db      conn
	meta    layer.Meta
	columns []layer.Column
	changed string // ISO 8601
	tables  [families]*table
	shape   []byte // the buffer for geometries
}

// table is one with features, of one family.
type table struct {
	family family
	name   string
	rows   int64
	bound  orb.Bound // of all rows, if there are any
	insert *stmt
	index  *stmt // fills the spatial index; nil where there are no geometries
}

// begin makes the tables that are there in any case.
func (w *writer) begin() error {
	if err := w.db.exec(prologue); err != nil {
		return err
	}
	_, err := w.table(points)
	return err
}

// table returns the table of the family, made at its first feature.
func (w *writer) table(f family) (*table, error) {
	if t := w.tables[f]; t != nil {
		return t, nil
	}
	t := &table{family: f, name: w.meta.Collection + f.suffix()}
	defined, names, marks := []string{keyColumn + " INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"}, []string{keyColumn}, []string{"?"}
	add := func(name, sqlType string) {
		defined, names, marks = append(defined, quoted(name)+" "+sqlType), append(names, quoted(name)), append(marks, "?")
	}
	if f != nowhere {
		add(geometryColumn, f.typeName())
	}
	for _, c := range w.columns {
		sqlType, err := sqlType(c.Type)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		add(c.Name, sqlType)
	}
	ddl := "CREATE TABLE " + quoted(t.name) + " (" + strings.Join(defined, ", ") + ");"
	if f != nowhere {
		ddl += "\nCREATE VIRTUAL TABLE " + quoted(t.indexName()) + " USING rtree(id, minx, maxx, miny, maxy);"
	}
	if err := w.db.exec(ddl); err != nil {
		return nil, err
	}
	w.tables[f] = t
	var err error
	if t.insert, err = w.db.prepare("INSERT INTO " + quoted(t.name) + " (" + strings.Join(names, ", ") + ") VALUES (" + strings.Join(marks, ", ") + ")"); err != nil {
		return nil, err
	}
	if f != nowhere {
		t.index, err = w.db.prepare("INSERT INTO " + quoted(t.indexName()) + " VALUES (?, ?, ?, ?, ?)")
	}
	return t, err
}

func (t *table) indexName() string { return "rtree_" + t.name + "_" + geometryColumn }

// quoted is a name in SQL. Names come from the schema alone.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func sqlType(t layer.Type) (string, error) {
	switch t {
	case layer.String, layer.Strings:
		return "TEXT", nil
	case layer.Integer:
		return "INTEGER", nil
	case layer.Number:
		return "REAL", nil
	case layer.Boolean:
		return "BOOLEAN", nil
	case layer.Date:
		return "DATE", nil
	}
	return "", fmt.Errorf("type %q is not supported", t)
}

// add stores a feature.
func (w *writer) add(f *layer.Feature) error {
	if len(f.Properties) != len(w.columns) {
		return fmt.Errorf("has %d properties, not %d", len(f.Properties), len(w.columns))
	}
	kind, err := familyOf(f.Geometry)
	if err != nil {
		return err
	}
	t, err := w.table(kind)
	if err != nil {
		return err
	}
	t.rows++
	values := t.insert.values
	values[0].Value = t.rows
	values = values[1:]
	if kind != nowhere {
		var bound orb.Bound
		if w.shape, bound, err = appendGeometry(w.shape[:0], f.Geometry); err != nil {
			return err
		}
		values[0].Value = w.shape
		values = values[1:]
		if err := t.locate(bound); err != nil {
			return fmt.Errorf("spatial index: %w", err)
		}
	}
	for i, p := range f.Properties {
		if p.Name != w.columns[i].Name {
			return fmt.Errorf("has the property %s in place of %s", p.Name, w.columns[i].Name)
		}
		if values[i].Value, err = bindable(p.Value); err != nil {
			return fmt.Errorf("property %s: %w", p.Name, err)
		}
	}
	return t.insert.run()
}

// locate files the bounds of the newest row in the spatial index, which rounds
// them outwards.
func (t *table) locate(b orb.Bound) error {
	if t.rows == 1 {
		t.bound = b
	}
	t.bound = t.bound.Union(b)
	v := t.index.values
	v[0].Value, v[1].Value, v[2].Value, v[3].Value, v[4].Value = t.rows, b.Min[0], b.Max[0], b.Min[1], b.Max[1]
	return t.index.run()
}

var errNoNumber = errors.New("is not a finite number")

// bindable is a property's value as the driver takes it.
func bindable(value any) (any, error) {
	switch v := value.(type) {
	case nil, bool, int64:
		return v, nil
	case int:
		return int64(v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errNoNumber
		}
		return v, nil
	case string:
		return clean(v), nil
	case []string:
		return list(v)
	case geo.Day:
		if v.IsZero() {
			return nil, nil
		}
		return v.String(), nil
	}
	return nil, fmt.Errorf("values of type %T are not supported", value)
}

// clean replaces what ends a text early or breaks it in programs that read it.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
}

// list is a JSON array.
func list(values []string) (string, error) {
	if len(values) == 0 {
		return "[]", nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // people read it in attribute tables
	if err := e.Encode(values); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// close frees the statements; the connection can't close before.
func (w *writer) close() error {
	var errs []error
	for _, t := range w.tables {
		if t == nil {
			continue
		}
		for _, s := range []*stmt{t.insert, t.index} {
			if s != nil {
				errs = append(errs, s.Close())
			}
		}
	}
	return errors.Join(errs...)
}
