package layer_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/layer"
)

func FuzzStrings(f *testing.F) {
	for _, s := range []string{"", "a\x00b", "</script>", "\u2028\u2029", "\xff\xfe", `"\`, "=1", "\ufffd", "😀", "a,b\r\n\"c\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e := events()[0]
		e.Article.Title = s + "." // never empty, which would be null
		var out bytes.Buffer
		if err := layer.WriteGeoJSON(&out, layer.Meta{Filter: s}, layer.Events(rows(e))); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(out.String(), "<>&\u2028\u2029") {
			t.Fatalf("%q is not safe in HTML: %s", s, out.String())
		}
		var doc struct {
			Features []struct{ Properties struct{ Title string } }
		}
		if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		want := string([]rune(s + ".")) // invalid bytes become U+FFFD one by one
		if got := doc.Features[0].Properties.Title; got != want {
			t.Fatalf("%q comes back as %q", want, got)
		}
		out.Reset()
		if err := layer.WriteCSV(&out, meta("events"), layer.Events(rows(e))); err != nil {
			t.Fatal(err)
		}
		if records, err := csv.NewReader(&out).ReadAll(); err != nil || len(records) != 2 {
			t.Fatalf("%q: %d records, %v", s, len(records), err)
		}
	})
}
