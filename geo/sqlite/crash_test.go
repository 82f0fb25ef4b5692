package sqlite_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3" // to look at the file behind the package's back

	"github.com/conflictmap/conflictmap/geo/sqlite"
)

// ingestInto makes the test binary the process that the tests below start and
// kill: it stores the articles in the file that the variable names.
const ingestInto = "CONFLICTMAP_TEST_INGEST_INTO"

const crashArticles = 500

func TestMain(m *testing.M) {
	path := os.Getenv(ingestInto)
	if path == "" {
		os.Exit(m.Run())
	}
	if err := ingest(context.Background(), path); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// ingest writes a line for each article that it adds.
func ingest(ctx context.Context, path string) error {
	db, err := sqlite.Open(ctx, path)
	if err != nil {
		return err
	}
	db.IndexAtOnce()
	c := newCorpus(100)
	for i := range crashArticles {
		a, ms := c.article(i, mentionsOf(i))
		added, err := db.Put(ctx, a, ms)
		if err != nil {
			return err
		}
		if added {
			fmt.Println(a.ID)
		}
	}
	return db.Close()
}

// mentionsOf is the full number of mentions of the i-th article.
func mentionsOf(i int) int { return i % 9 }

// startIngest starts the process and returns its output by lines.
func startIngest(t *testing.T, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), ingestInto+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() }) // for when the test fails half-way
	return cmd, bufio.NewScanner(out)
}

func TestKillLeavesNoHalfArticle(t *testing.T) {
	if testing.Short() {
		t.Skip("kills 20 processes")
	}
	rng := rand.New(rand.NewPCG(7, 8))
	path := filepath.Join(t.TempDir(), "killed.db")
	before := 0
	for kill := range 20 {
		cmd, added := startIngest(t, path)
		// A quarter is killed while it starts and opens the file, the others
		// after so many articles and somewhere within the next ones.
		limit := 10 * time.Millisecond
		if articles := rng.IntN(20); kill%4 > 0 {
			for range 1 + articles {
				added.Scan()
			}
			limit = 2 * time.Millisecond
		}
		time.Sleep(time.Duration(rng.Int64N(int64(limit))))
		if err := cmd.Process.Kill(); err != nil {
			t.Logf("kill %d came too late: %v", kill, err)
		}
		_ = cmd.Wait() // it was killed
		after := checkWhole(t, path)
		if after < before {
			t.Fatalf("kill %d: %d articles, %d before", kill, after, before)
		}
		before = after
	}
	t.Logf("%d articles were stored by the processes that were killed", before)
	cmd, added := startIngest(t, path)
	rest := 0
	for added.Scan() {
		rest++
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if all := checkWhole(t, path); all != crashArticles || before+rest != all {
		t.Errorf("%d articles in the end, %d of them added by the last run after %d", all, rest, before)
	}
}

func TestTwoProcessesIngestAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	path := filepath.Join(t.TempDir(), "shared.db")
	one, addedByOne := startIngest(t, path)
	two, addedByTwo := startIngest(t, path)
	total := 0
	for _, lines := range []*bufio.Scanner{addedByOne, addedByTwo} {
		for lines.Scan() {
			total++
		}
	}
	for _, cmd := range []*exec.Cmd{one, two} {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if all := checkWhole(t, path); all != crashArticles || total != all {
		t.Errorf("%d articles are stored, the processes say they added %d", all, total)
	}
}

// checkWhole opens the store as the next process would, checks the file and
// returns how many articles it holds.
func checkWhole(t *testing.T, path string) int {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	raw := rawOpen(t, path)
	for check, want := range map[string]string{
		`PRAGMA integrity_check`:                                                      "ok",
		`SELECT count(*) FROM pragma_foreign_key_check`:                               "0",
		`SELECT rtreecheck('place_rtree')`:                                            "ok",
		`SELECT count(*) FROM place WHERE key NOT IN (SELECT key FROM place_rtree)`:   "0",
		`SELECT changes - (SELECT count(*) FROM article) FROM meta`:                   "0",
		`SELECT count(*) FROM place WHERE key NOT IN (SELECT place FROM mention)`:     "0",
		`SELECT count(*) FROM mention WHERE article NOT IN (SELECT key FROM article)`: "0",
	} {
		var got string
		if err := raw.QueryRowContext(t.Context(), check).Scan(&got); err != nil || got != want {
			t.Fatalf("%s: %q, %v", check, got, err)
		}
	}
	rows, err := raw.QueryContext(t.Context(), `SELECT id, (SELECT count(*) FROM mention m WHERE m.article = a.key) FROM article a`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	articles, all := 0, 0
	for rows.Next() {
		var id string
		var number, mentions int
		if err := rows.Scan(&id, &mentions); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscanf(id, "article-%d", &number); err != nil || mentions != mentionsOf(number) {
			t.Fatalf("article %q has %d mentions, want %d (%v)", id, mentions, mentionsOf(number), err)
		}
		articles++
		all += mentions
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if n := count(t, db.Holding(t.Context(), "shelled overnight")); n != all {
		t.Fatalf("%d of %d mentions have their words in the index", n, all)
	}
	return articles
}

// rawOpen opens the file without this package's settings.
func rawOpen(t *testing.T, path string) *sql.DB {
	t.Helper()
	name := url.URL{Scheme: "file", Path: path}
	raw, err := sql.Open("sqlite3", name.String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}
