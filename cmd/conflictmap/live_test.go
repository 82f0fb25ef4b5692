package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// nextEvent reads a server-sent event, over comments and fields of other kinds.
func nextEvent(t *testing.T, stream *bufio.Scanner) (name, id string, data map[string]any) {
	t.Helper()
	for stream.Scan() {
		field, value, _ := strings.Cut(stream.Text(), ": ")
		switch field {
		case "event":
			name = value
		case "id":
			id = value
		case "data":
			if err := json.Unmarshal([]byte(value), &data); err != nil {
				t.Fatalf("%s: %v", value, err)
			}
		case "":
			if name != "" {
				return name, id, data
			}
		}
	}
	t.Fatalf("the stream ends: %v", stream.Err())
	return "", "", nil
}

// What the program ingests while it serves is told to those who listen.
func TestLiveTellsOfAnIngest(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "live.db")
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	mustRun(t, "ingest", "--db", db, write("first.txt", "Date: 2020-09-27\n\nStepanakert was shelled on Sunday."))
	url := serve(t, "--db", db)

	listen := func(last string) *bufio.Scanner {
		req, err := http.NewRequest(http.MethodGet, url+"api/live", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Last-Event-ID", last)
		res, err := (&http.Client{Timeout: time.Minute}).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = res.Body.Close() })
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("%s %v", res.Status, res.Header)
		}
		return bufio.NewScanner(res.Body)
	}
	stream := listen("")
	name, before, _ := nextEvent(t, stream)
	if name != "version" || before == "" {
		t.Fatalf("the stream begins with %q %q", name, before)
	}

	mustRun(t, "ingest", "--db", db, write("second.txt", "Date: 2020-10-02\n\nMartuni was shelled on Thursday."))
	name, after, data := nextEvent(t, stream)
	if name != "stored" || after == before || data["version"] != after || data["articles"] != 1.0 || data["sites"] != 1.0 {
		t.Errorf("after an ingest: %s %s %v, before %s", name, after, data, before)
	}
	if days, ok := data["days"].([]any); !ok || len(days) != 2 || days[0] != "2020-10-01" || days[1] != "2020-10-01" {
		t.Errorf("the days are %v", data["days"])
	}
	ids, ok := data["article_ids"].([]any)
	if !ok || len(ids) != 1 {
		t.Fatalf("the articles are %v", data["article_ids"])
	}
	if resp, _ := get(t, url+"api/articles/"+ids[0].(string)); resp.StatusCode != http.StatusOK {
		t.Errorf("the article %v: %s", ids[0], resp.Status)
	}

	again := listen(before)
	if name, id, _ := nextEvent(t, again); name != "stored" || id != after {
		t.Errorf("a client that comes back is told %s %s, want stored %s", name, id, after)
	}
	if name, id, _ := nextEvent(t, again); name != "version" || id != after {
		t.Errorf("a client that came back is told %s %s, want version %s", name, id, after)
	}
}
