package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // to look at the file without the store

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/ingest"
)

const (
	killDocuments = 500
	kills         = 20
)

// TestKilledIngest kills an ingest at random moments: the database must be
// whole, hold whole articles only, and be completed by the same ingest.
func TestKilledIngest(t *testing.T) {
	if testing.Short() {
		t.Skip("kills twenty ingests of 500 documents")
	}
	news := filepath.Join(t.TempDir(), "news")
	writeNews(t, news)
	reference := filepath.Join(t.TempDir(), "reference.db")
	begin := time.Now()
	mustRun(t, "ingest", "--db", reference, news)
	whole := time.Since(begin)
	want := articles(t, reference, news)
	if len(want) != killDocuments {
		t.Fatalf("the reference holds %d articles, want %d", len(want), killDocuments)
	}

	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	partial := 0
	for i := range kills {
		db := filepath.Join(t.TempDir(), "killed.db")
		after := time.Duration(random.Int64N(int64(whole)))
		killIngest(t, db, news, after)
		got := map[string]int{}
		if _, err := os.Stat(db); err == nil {
			checkIntegrity(t, db)
			got = articles(t, db, news)
		}
		if len(got) > 0 && len(got) < killDocuments {
			partial++
		}
		compareArticles(t, got, want)
		mustRun(t, "ingest", "--db", db, news)
		checkIntegrity(t, db)
		if full := articles(t, db, news); len(full) != killDocuments {
			t.Errorf("run %d: %d articles after the second ingest", i, len(full))
		}
		if a, b := mentionsIn(t, db), mentionsIn(t, reference); a != b {
			t.Errorf("run %d: other mentions than the reference (%d and %d bytes)", i, len(a), len(b))
		}
		if t.Failed() {
			t.Fatalf("killed after %v in run %d, seed %d", after, i, seed)
		}
	}
	t.Logf("%d of %d kills left part of the articles", partial, kills)
}

func writeNews(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	towns := []string{"Stepanakert", "Shusha", "Tartar", "Barda", "Martuni", "Hadrut", "Ganja", "Fuzuli", "Jabrayil", "Aghdam"}
	for i := range killDocuments {
		text := fmt.Sprintf("Title: Report %d\nDate: 2020-10-%02d\n\nReport %d. ", i, i%30+1, i)
		for j := range 10 {
			text += fmt.Sprintf("%s was shelled on Sunday, said officials in Yerevan and Baku. ", towns[(i+j)%len(towns)])
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// killIngest starts an ingest and kills it, as the system does when memory is
// short, unless it ends before.
func killIngest(t *testing.T, db, news string, after time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), after)
	defer cancel()
	// CommandContext sends SIGKILL when the context ends.
	err := exec.CommandContext(ctx, "conflictmap", "ingest", "--db", db, news).Run()
	if err != nil && ctx.Err() == nil {
		t.Fatalf("the ingest failed by itself: %v", err)
	}
}

func checkIntegrity(t *testing.T, file string) {
	t.Helper()
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var result string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&result); err != nil || result != "ok" {
		t.Errorf("integrity_check: %q, error %v", result, err)
	}
	rows, err := db.Query("PRAGMA foreign_key_check")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if rows.Next() {
		t.Error("foreign_key_check found a reference to nothing")
	}
	if err := rows.Err(); err != nil {
		t.Error(err)
	}
}

// articles counts the mentions of each article of the folder that is stored.
func articles(t *testing.T, file, news string) map[string]int {
	t.Helper()
	s, done := snapshotOf(t, file)
	defer done()
	counts := map[string]int{}
	for d, err := range ingest.Read(ingest.Options{}, news) {
		if err != nil {
			t.Fatal(err)
		}
		a, mentions, err := s.Article(t.Context(), d.Article.ID)
		switch {
		case errors.Is(err, geo.ErrNotFound):
		case err != nil:
			t.Fatal(err)
		case a.Text != d.Article.Text:
			t.Errorf("article %s has another text", a.ID)
		default:
			counts[a.ID] = len(mentions)
		}
	}
	return counts
}

// mentionsIn exports the mentions without the data version, which is each database's own.
func mentionsIn(t *testing.T, db string) string {
	t.Helper()
	out := mustRun(t, "export", "--db", db, "--format", "csv", "mentions")
	_, version, _ := strings.Cut(out, "data version: ")
	version, _, _ = strings.Cut(version, ";")
	return strings.ReplaceAll(out, version, "")
}

func compareArticles(t *testing.T, got, want map[string]int) {
	t.Helper()
	for id, n := range got {
		if n != want[id] || n == 0 {
			t.Errorf("half an article: %s has %d mentions of %d", id, n, want[id])
		}
	}
}
