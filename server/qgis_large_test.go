package server_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// What QGIS can say of a query, its expressions say exactly; what it can't say, it
// isn't asked.
func TestQGISSubset(t *testing.T) {
	for query, want := range map[string]string{
		"":                                  "",
		"event=battle,riot":                 `"event" IN ('battle','riot')`,
		"country=AZ":                        `"country" IN ('AZ')`,
		"datetime=2020-09-27/2020-10-04":    `"from" <= '2020-10-04' AND "to" >= '2020-09-27'`,
		"datetime=2020-09-27/..":            `"to" >= to_date('2020-09-27')`,
		"datetime=../2020-10-04":            `"from" <= to_date('2020-10-04')`,
		`place=it's:1\&event=riot`:          `"event" IN ('riot') AND "place_id" IN ('it''s:1\\')`,
		"min_confidence=0.5":                "none",
		"q=shelling":                        "none",
		"bbox=1,2,3,4&event=riot":           "none",
		"source=Herald":                     "none",
		"published=2020-10-01/..":           "none",
		"role=site":                         "none",
		"claim=denied&datetime=2020-09-27/": "none",
	} {
		values, err := server.ParseRawQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		f, err := geo.ParseFilter(values)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := server.QGISSubset(index.Query{Filter: f})
		if !ok {
			got = "none"
		}
		if got != want {
			t.Errorf("%s is %s, want %s", query, got, want)
		}
	}
}

func TestSourceParameters(t *testing.T) {
	got := server.SourceParameters("url", "http://h/api", "none", "", "filter", `"id" = 'a\\'`)
	if want := `url='http://h/api' filter='"id" = \'a\\\\\''`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
