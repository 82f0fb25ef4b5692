package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

// dispatch is a text of n sentences, numbered from first.
func dispatch(first, n int) string {
	var b strings.Builder
	for i := first; i < first+n; i++ {
		fmt.Fprintf(&b, "On hill %d the %d gunners of the %d brigade fired %d rounds at the village of house %d. ", i, i*7+3, i*5+1, i*11, i*13)
	}
	return b.String()
}

// testOrigins stores copies, near-copies and other texts in several orders:
// the accounts are the same each time.
func testOrigins(t *testing.T, store Store) {
	const agency, later = "2020-09-27", "2020-10-27"
	texts := []struct{ id, text, published, account string }{
		{"original", dispatch(0, 12), agency, "A"},
		{"cut", "Our correspondents report. " + dispatch(0, 9), agency, "A"},
		{"cut from below", dispatch(2, 10) + "More soon.", "2020-09-29", "A"},
		{"reprint", strings.ToUpper(dispatch(0, 12)), "2020-11-27", "A"}, // the whole text, whenever
		{"half", dispatch(0, 4) + dispatch(40, 6), agency, "half"},
		{"other", dispatch(70, 12), agency, "other"},
		{"cut, but later", dispatch(0, 9), later, "cut, but later"},
		{"short", dispatch(0, 1), agency, "short"},
		{"undated", dispatch(0, 11), "", "undated"},
	}
	for round := range 3 {
		for i := range texts {
			x := texts[(i<<round+round)%len(texts)] // their number is odd
			a := geo.Article{ID: fmt.Sprint(round, x.id), Published: day(x.published), Text: x.text + strings.Repeat(" !", round)}
			// Each round has words of its own, so that it is not a copy of the last.
			a.Text = strings.ReplaceAll(strings.ToLower(a.Text), "the ", fmt.Sprintf("the%d ", round))
			put(t, store, a, []geo.Mention{site(a.ID, 0, baku(), geo.Battle, fmt.Sprintf("2020-09-%02d", round+1), fmt.Sprintf("2020-09-%02d", round+1), geo.DateDay)})
		}
		origins := make(map[string]string)
		members := make(map[string][]string)
		for _, r := range collect(t, snapshot(t, store).Mentions(t.Context(), geo.Filter{})) {
			if id, ok := strings.CutPrefix(r.Article.ID, fmt.Sprint(round)); ok {
				origins[id] = r.Origin
				members[r.Origin] = append(members[r.Origin], id)
			}
		}
		for _, x := range texts {
			for _, y := range texts {
				if same := origins[x.id] == origins[y.id]; same != (x.account == y.account) {
					t.Errorf("round %d: %q and %q: one account: %t", round, x.id, y.id, same)
				}
			}
		}
		events := collect(t, snapshot(t, store).Events(t.Context(), geo.Filter{}))
		i := slices.IndexFunc(events, func(e geo.Event) bool { return e.Days.From == day("2020-09-01")+geo.Day(round) })
		if i < 0 || events[i].Articles != len(texts) || events[i].Origins != len(members) {
			t.Errorf("round %d: events %+v, accounts %q", round, events, members)
		}
	}
}
