package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// TestUpgradeFromTheFirstSchema opens a store that the first version wrote: its
// article is read as before, and a copy of it that comes now is one account.
func TestUpgradeFromTheFirstSchema(t *testing.T) {
	first, err := os.ReadFile(filepath.Join("migrations", "0001_initial.sql"))
	if err != nil {
		t.Fatal(err)
	}
	old := geo.Article{ID: "old", Published: firstDay, Text: "They are bombing Stepanakert."}
	path := filepath.Join(t.TempDir(), "old.db")
	execute(t, path, string(first)+fmt.Sprintf(`;
		INSERT INTO article (id, source, url, title, published, origin, text) VALUES ('old', '', '', '', %d, '%s', '%s');
		INSERT INTO mention (article, name_start, name_end, name, sentence_start, sentence, demonym, where_prec, role, event,
			date_prec, date_basis, claim, claimed_by, confidence, reasons, runners_up)
			VALUES (1, 17, 28, 'Stepanakert', 0, 'S.', 0, 1, 'site', 'explosion', 0, '', 'reported', '', 0.5, '[]', '[]');
		PRAGMA application_id = 1668112752; PRAGMA user_version = 1`, firstDay, old.Origin(), old.Text))

	db := openAt(t, path)
	again := geo.Article{ID: "again", Published: firstDay + 900, Text: "They are bombing  STEPANAKERT!"}
	mention := geo.Mention{
		Article: "again", Start: 18, End: 29, Name: "STEPANAKERT", Role: geo.Site, Event: geo.Explosion, Confidence: 0.5,
		Deaths: geo.Count{Low: 2, High: 2, Words: []string{"two"}},
	}
	if added, err := db.Put(t.Context(), again, []geo.Mention{mention}); err != nil || !added {
		t.Fatalf("added %t, %v", added, err)
	}
	n := 0
	for r, err := range openSnapshot(t, db).Mentions(t.Context(), geo.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		if r.Origin != old.Origin() || r.Deaths.Stated() != (r.Article.ID == "again") || r.Injuries.Stated() {
			t.Errorf("%s has origin %s and deaths %+v", r.ID(), r.Origin, r.Deaths)
		}
	}
	if n != 2 {
		t.Errorf("%d mentions, want 2", n)
	}
	if state, reset, err := db.Read(t.Context(), index.State{}, nowhere{}); err != nil || !reset || state.Mention != 2 {
		t.Errorf("read up to %+v, reset %t, %v", state, reset, err)
	}
}
