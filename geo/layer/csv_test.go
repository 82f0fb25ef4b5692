package layer_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb/encoding/wkt"

	"github.com/conflictmap/conflictmap/geo/layer"
)

func TestWriteCSV(t *testing.T) {
	for name, features := range collections() {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := layer.WriteCSV(&out, meta(name), features); err != nil {
				t.Fatal(err)
			}
			golden(t, name+".csv", out.Bytes())
			records, err := csv.NewReader(&out).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			columns, _ := layer.Columns(name)
			if want := append(columns, "lon", "lat", "wkt", "provenance"); !slices.Equal(records[0], want) {
				t.Errorf("the header is %v, want %v", records[0], want)
			}
			for _, record := range records[1:] {
				if got, want := record[len(record)-1], meta(name).String(); got != want {
					t.Errorf("the provenance is %q, want %q", got, want)
				}
				if shape := record[len(record)-2]; shape != "" {
					if _, err := wkt.Unmarshal(shape); err != nil {
						t.Errorf("%s: %v", shape, err)
					}
				}
			}
		})
	}
}

func TestWriteCSVWithoutFeatures(t *testing.T) {
	var out bytes.Buffer
	if err := layer.WriteCSV(&out, meta(layer.PlaceCollection), rows[layer.Feature]()); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "id,name,label,country,") || !strings.HasSuffix(out.String(), ",lon,lat,wkt,provenance\r\n") {
		t.Errorf("got %q", out.String())
	}
	if err := layer.WriteCSV(io.Discard, meta("cities"), rows[layer.Feature]()); err == nil || !strings.Contains(err.Error(), "cities") {
		t.Errorf("an unknown collection gives %v", err)
	}
}

func TestCSVGuardsFormulas(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx", "＝1": "'＝1",
		"a=1": "a=1", "": "", "Ağdam": "Ağdam", `say "=1"`: `say "=1"`, "'=1": "'=1",
	} {
		e := events()[0]
		e.Article.Title = in
		e.Confidence = -0.5 // a number is no formula
		var out bytes.Buffer
		if err := layer.WriteCSV(&out, meta(layer.EventCollection), layer.Events(rows(e))); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		cell := func(column string) string { return records[1][slices.Index(records[0], column)] }
		// encoding/csv reads CR LF as LF, not a lone CR.
		if cell("title") != want || cell("confidence") != "-0.5" {
			t.Errorf("%q is written as %q, confidence as %q", in, cell("title"), cell("confidence"))
		}
	}
}
