package gpkg

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// prologue makes an empty GeoPackage and leaves a transaction open. The tables
// are those of OGC 12-128r17 (clauses 1.1, 2.1 and 2.3 and the extensions
// Metadata and Schema), layer_styles is where QGIS keeps styles in a GeoPackage.
// The pragmas say "GPKG" and version 1.3.1.
const prologue = `
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10301;
BEGIN;
CREATE TABLE gpkg_spatial_ref_sys (
	srs_name TEXT NOT NULL,
	srs_id INTEGER PRIMARY KEY NOT NULL,
	organization TEXT NOT NULL,
	organization_coordsys_id INTEGER NOT NULL,
	definition TEXT NOT NULL,
	description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
	('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL),
	('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),
	('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'stored as longitude, latitude in degrees');
CREATE TABLE gpkg_contents (
	table_name TEXT PRIMARY KEY NOT NULL,
	data_type TEXT NOT NULL,
	identifier TEXT UNIQUE,
	description TEXT DEFAULT '',
	last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
	min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
	srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (
	table_name TEXT NOT NULL UNIQUE REFERENCES gpkg_contents (table_name),
	column_name TEXT NOT NULL,
	geometry_type_name TEXT NOT NULL,
	srs_id INTEGER NOT NULL REFERENCES gpkg_spatial_ref_sys (srs_id),
	z TINYINT NOT NULL,
	m TINYINT NOT NULL,
	PRIMARY KEY (table_name, column_name));
CREATE TABLE gpkg_extensions (
	table_name TEXT,
	column_name TEXT,
	extension_name TEXT NOT NULL,
	definition TEXT NOT NULL,
	scope TEXT NOT NULL,
	UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES
	('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec131/#extension_metadata', 'read-write'),
	('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec131/#extension_metadata', 'read-write'),
	('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec131/#extension_schema', 'read-write'),
	('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec131/#extension_schema', 'read-write');
CREATE TABLE gpkg_metadata (
	id INTEGER PRIMARY KEY ASC NOT NULL,
	md_scope TEXT NOT NULL DEFAULT 'dataset',
	md_standard_uri TEXT NOT NULL,
	mime_type TEXT NOT NULL DEFAULT 'text/xml',
	metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
	reference_scope TEXT NOT NULL,
	table_name TEXT,
	column_name TEXT,
	row_id_value INTEGER,
	timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
	md_file_id INTEGER NOT NULL REFERENCES gpkg_metadata (id),
	md_parent_id INTEGER REFERENCES gpkg_metadata (id));
CREATE TABLE gpkg_data_columns (
	table_name TEXT NOT NULL,
	column_name TEXT NOT NULL,
	name TEXT,
	title TEXT,
	description TEXT,
	mime_type TEXT,
	constraint_name TEXT,
	PRIMARY KEY (table_name, column_name),
	UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
	constraint_name TEXT NOT NULL,
	constraint_type TEXT NOT NULL,
	value TEXT,
	min NUMERIC, min_is_inclusive BOOLEAN,
	max NUMERIC, max_is_inclusive BOOLEAN,
	description TEXT,
	UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (
	id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
	f_table_catalog TEXT(256),
	f_table_schema TEXT(256),
	f_table_name TEXT(256),
	f_geometry_column TEXT(256),
	styleName TEXT(30),
	styleQML TEXT,
	styleSLD TEXT,
	useAsDefault BOOLEAN,
	description TEXT,
	owner TEXT(30),
	ui TEXT(30),
	update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
`

// finish describes what was written and commits.
func (w *writer) finish() error {
	for _, t := range w.tables {
		if t == nil {
			continue
		}
		if err := w.describe(t); err != nil {
			return fmt.Errorf("describe table %s: %w", t.name, err)
		}
	}
	if err := w.register("layer_styles", "attributes", "styles for QGIS", nil, 0); err != nil {
		return err
	}
	if err := w.describeCodes(); err != nil {
		return fmt.Errorf("describe the codes: %w", err)
	}
	if err := w.describeOrigin(); err != nil {
		return fmt.Errorf("write the provenance: %w", err)
	}
	return w.db.exec("COMMIT")
}

func (w *writer) describe(t *table) error {
	if err := w.describeColumns(t); err != nil {
		return err
	}
	if t.family == nowhere {
		return w.register(t.name, "attributes", w.meta.String(), nil, 0)
	}
	if err := w.register(t.name, "features", w.meta.String(), t, srsID); err != nil {
		return err
	}
	if err := w.db.exec(`INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)`,
		t.name, geometryColumn, t.family.typeName(), int64(srsID)); err != nil {
		return err
	}
	if err := w.db.exec(`INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', 'http://www.geopackage.org/spec131/#extension_rtree', 'write-only')`,
		t.name, geometryColumn); err != nil {
		return err
	}
	if err := w.db.exec(indexTriggers(t)); err != nil {
		return err
	}
	return w.db.exec(`INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)
		VALUES ('', '', ?, ?, 'conflictmap', ?, '', 1, ?, '', ?)`,
		t.name, geometryColumn, style(w.meta.Collection, t.family), "the colours of the map page, the days for the temporal controller", w.changed)
}

// register lists a table among the contents; bounds is nil where it has none.
func (w *writer) register(name, kind, description string, bounds *table, srs int64) error {
	var b [4]any
	if bounds != nil && bounds.rows > 0 {
		b = [4]any{bounds.bound.Min[0], bounds.bound.Min[1], bounds.bound.Max[0], bounds.bound.Max[1]}
	}
	return w.db.exec(`INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		name, kind, name, clean(description), w.changed, b[0], b[1], b[2], b[3], srs)
}

func (w *writer) describeColumns(t *table) error {
	for _, c := range w.columns {
		var media, codes any
		if c.Type == layer.Strings {
			media = "application/json"
		}
		if len(c.Values) > 0 {
			codes = codesOf(c)
		}
		if err := w.db.exec(`INSERT INTO gpkg_data_columns VALUES (?, ?, ?, NULL, ?, ?, ?)`,
			t.name, c.Name, c.Name, c.Description, media, codes); err != nil {
			return err
		}
	}
	return nil
}

// describeCodes lists the codes that columns can have.
func (w *writer) describeCodes() error {
	for _, c := range w.columns {
		for _, code := range c.Values {
			if err := w.db.exec(`INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)`,
				codesOf(c), code, code); err != nil {
				return err
			}
		}
	}
	return nil
}

// codesOf names the enumeration of a column.
func codesOf(c layer.Column) string { return strings.ToLower(c.Name) + "_codes" }

// describeOrigin writes the provenance as JSON.
func (w *writer) describeOrigin() error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(struct {
		layer.Meta
		Created string `json:"created"`
	}{w.meta, w.changed}); err != nil {
		return err
	}
	if err := w.db.exec(`INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://github.com/conflictmap/conflictmap', 'application/json', ?)`,
		strings.TrimSpace(b.String())); err != nil {
		return err
	}
	return w.db.exec(`INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)`, w.changed)
}

// indexTriggers keep the spatial index when somebody changes the table (annex
// F.3 of OGC 12-128r17). They are made after the rows: they need functions that
// GIS programs have and SQLite lacks.
func indexTriggers(t *table) string {
	bounds := func(row string) string {
		g := row + "." + geometryColumn
		return fmt.Sprintf("(%s.%s, ST_MinX(%s), ST_MaxX(%s), ST_MinY(%s), ST_MaxY(%s))", row, keyColumn, g, g, g, g)
	}
	const (
		drawn = "NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)"
		empty = "NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)"
	)
	index := quoted(t.indexName())
	put := "INSERT OR REPLACE INTO " + index + " VALUES " + bounds("NEW") + ";"
	drop := "DELETE FROM " + index + " WHERE id = OLD.fid;"
	var b strings.Builder
	for _, trigger := range []struct{ name, event, when, then string }{
		{"insert", "INSERT", drawn, put},
		{"update1", "UPDATE OF geom", "OLD.fid = NEW.fid AND (" + drawn + ")", put},
		{"update2", "UPDATE OF geom", "OLD.fid = NEW.fid AND (" + empty + ")", drop},
		{"update3", "UPDATE", "OLD.fid != NEW.fid AND (" + drawn + ")", drop + " " + put},
		{"update4", "UPDATE", "OLD.fid != NEW.fid AND (" + empty + ")", "DELETE FROM " + index + " WHERE id IN (OLD.fid, NEW.fid);"},
		{"delete", "DELETE", "OLD.geom NOTNULL", drop},
	} {
		fmt.Fprintf(&b, "CREATE TRIGGER %s AFTER %s ON %s WHEN (%s) BEGIN %s END;\n",
			quoted(t.indexName()+"_"+trigger.name), trigger.event, quoted(t.name), trigger.when, trigger.then)
	}
	return b.String()
}
