package server_test

import (
	"net/url"
	"slices"
	"testing"
)

// With strict=yes items are just what the layer of the same filter has, page by
// page; without it there is more, as OGC asks.
func TestStrictItemsAreTheLayer(t *testing.T) {
	s := startOGC(t)
	more := 0
	for _, collection := range []string{"events", "mentions"} {
		for _, filter := range []string{
			"", "bbox=46.7,39.8,46.8,39.9", "bbox=177,-20,-177,20", "datetime=2020-09-29/2020-10-03", "datetime=2020-10-05/..",
			"bbox=46,39,47,40&datetime=2020-09-28/2020-10-10&event=explosion",
		} {
			t.Run(collection+"?"+filter, func(t *testing.T) {
				var want []string
				for _, f := range s.object("/layers/" + collection + ".geojson?" + filter)["features"].([]any) {
					want = append(want, f.(map[string]any)["id"].(string))
				}
				values, err := url.ParseQuery(filter)
				if err != nil {
					t.Fatal(err)
				}
				parameters := []string{"limit", "7"}
				for name := range values {
					parameters = append(parameters, name, values.Get(name))
				}
				lenient, _ := s.walk(items(collection, parameters...))
				got, first := s.walk(items(collection, append(parameters, "strict", "yes")...))
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) || first.NumberMatched != len(want) || len(want) == 0 {
					t.Errorf("strict items are %v (%d matched), the layer has %v", got, first.NumberMatched, want)
				}
				more += len(lenient) - len(got)
			})
		}
	}
	if more <= 0 {
		t.Error("strict=yes leaves nothing out")
	}
	s.refuses(items("events", "strict", "perhaps"), "strict")
}
