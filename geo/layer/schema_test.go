package layer_test

import (
	"slices"
	"testing"

	"github.com/conflictmap/conflictmap/geo/layer"
)

func TestSchemaFollowsColumns(t *testing.T) {
	for _, collection := range layer.Collections() {
		columns, _ := layer.Columns(collection)
		schema, ok := layer.Schema(collection)
		if !ok {
			t.Fatalf("no schema of %s", collection)
		}
		var named []string
		for _, c := range schema {
			named = append(named, c.Name)
			if c.Description == "" || c.Type == "" {
				t.Errorf("%s.%s lacks a type or a description", collection, c.Name)
			}
		}
		if !slices.Equal(named, columns) {
			t.Errorf("%s: schema\n%q\ncolumns\n%q", collection, named, columns)
		}
	}
	if _, ok := layer.Schema("nothing"); ok {
		t.Error("there is a schema of nothing")
	}
}
