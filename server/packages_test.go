package server_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// atEight is a clock that stands still.
func atEight(c *server.Config) {
	c.Now = func() time.Time { return time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC) }
}

// noFilesLeft waits until no temporary GeoPackage is left.
func (s *site) noFilesLeft() {
	s.Helper()
	s.eventually("the temporary file is removed", func() bool {
		left, err := filepath.Glob(filepath.Join(os.TempDir(), "conflictmap-gpkg-*"))
		return err == nil && len(left) == 0
	})
}

func TestGeoPackage(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := start(t, &store{}, atEight)
	for _, collection := range []string{"events", "mentions", "places"} {
		path := "/layers/" + collection + ".gpkg?country=az&datetime=2020-09-27"
		res, body := s.get(path)
		if res.StatusCode != 200 || !strings.HasPrefix(body, "SQLite format 3\x00") || len(body)%4096 != 0 {
			t.Fatalf("%s: %s, %d bytes", path, res.Status, len(body))
		}
		for _, part := range []string{`"filter":"country=AZ&datetime=2020-09-27/2020-09-27"`, `"version":"data-1"`, `"gazetteer":"places-1"`, "2026-11-21T08:00:00.000Z"} {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %s", path, part)
			}
		}
		for header, want := range map[string]string{
			"Content-Type": "application/geopackage+sqlite3", "Cache-Control": "no-cache", "Vary": "Accept-Encoding", "Content-Encoding": "",
			"Content-Disposition": `attachment; filename="conflictmap-` + collection + `.gpkg"`,
		} {
			if got := res.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", path, header, got, want)
			}
		}
		head := s.request(http.MethodHead, path)
		if head.StatusCode != 200 || head.Header.Get("ETag") != res.Header.Get("ETag") || head.Header.Get("Content-Disposition") != res.Header.Get("Content-Disposition") {
			t.Errorf("HEAD %s: %s %v", path, head.Status, head.Header)
		}
		if _, again := s.get(path); again != body {
			t.Errorf("%s: the same ETag stands for other bytes", path)
		}
		zipped := s.request(http.MethodGet, path, "Accept-Encoding", "gzip")
		z, err := gzip.NewReader(zipped.Body)
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := io.ReadAll(z); err != nil || string(plain) != body {
			t.Errorf("%s: %d bytes compressed, %v", path, len(plain), err)
		}
		if held, _ := s.get(path, "If-None-Match", res.Header.Get("ETag")); held.StatusCode != 304 {
			t.Errorf("%s: a client that has it gets %s", path, held.Status)
		}
	}
	s.noFilesLeft()
}

// The time in the file is part of what the ETag stands for.
func TestGeoPackageOfALaterServerHasAnotherTag(t *testing.T) {
	tags := map[string]bool{}
	for _, hour := range []int{8, 9} {
		s := start(t, &store{}, func(c *server.Config) {
			c.Now = func() time.Time { return time.Date(2026, 11, 21, hour, 0, 0, 0, time.UTC) }
		})
		tags[s.request(http.MethodHead, "/layers/events.gpkg").Header.Get("ETag")] = true
	}
	if len(tags) != 2 {
		t.Errorf("the tags are %v", tags)
	}
}

func TestGeoPackageThatFails(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for name, events := range map[string]func(context.Context, func(geo.Event, error) bool){
		"in the middle": func(_ context.Context, yield func(geo.Event, error) bool) {
			for i := range 100 {
				yield(someEvent(i), nil)
			}
			yield(geo.Event{}, errors.New("secret table is broken"))
		},
		"by a panic": func(context.Context, func(geo.Event, error) bool) { panic("secret place") },
	} {
		s := start(t, &store{events: events})
		for range 20 { // more than may be made at the same time
			if p := s.problem(s.request(http.MethodGet, "/layers/events.gpkg"), 500); strings.Contains(p.Detail, "secret") {
				t.Errorf("%s: the client learns %q", name, p.Detail)
			}
		}
		if !strings.Contains(s.log.String(), "secret") {
			t.Errorf("%s: the log lacks the error: %s", name, s.log)
		}
		s.noFilesLeft()
	}
}

func TestClientThatLeavesAGeoPackage(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s := start(t, &store{events: func(_ context.Context, yield func(geo.Event, error) bool) {
		for i := 0; i < 20_000 && yield(someEvent(i), nil); i++ { // more than the buffers between us
		}
	}})
	for range 3 {
		res := s.request(http.MethodGet, "/layers/events.gpkg")
		if _, err := io.CopyN(io.Discard, res.Body, 1000); err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		s.noFilesLeft()
	}
}

func TestGeoPackagesWaitForEachOther(t *testing.T) {
	var now, most atomic.Int32
	goOn := make(chan struct{})
	s := start(t, &store{events: func(_ context.Context, yield func(geo.Event, error) bool) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		<-goOn
		yield(someEvent(0), nil)
	}})
	done := make(chan int, 6)
	for range cap(done) {
		go func() {
			res, err := client.Get("http://" + s.addr + "/layers/events.gpkg")
			if err != nil {
				done <- 0
				return
			}
			defer res.Body.Close()
			_, _ = io.Copy(io.Discard, res.Body)
			done <- res.StatusCode
		}()
	}
	s.eventually("two are made", func() bool { return now.Load() == 2 })
	close(goOn)
	for range cap(done) {
		if status := <-done; status != 200 {
			t.Errorf("a client gets %d", status)
		}
	}
	if most.Load() != 2 {
		t.Errorf("%d were made at the same time", most.Load())
	}
}

func TestGeoPackageThatWaitsTooLong(t *testing.T) {
	s := start(t, &store{events: func(ctx context.Context, yield func(geo.Event, error) bool) {
		<-ctx.Done()
		yield(geo.Event{}, ctx.Err())
	}}, func(c *server.Config) { c.QueryTimeout = 200 * time.Millisecond })
	done := make(chan struct{}, 4)
	for range cap(done) {
		go func() {
			defer func() { done <- struct{}{} }()
			if res, err := client.Get("http://" + s.addr + "/layers/events.gpkg"); err != nil || res.StatusCode != 503 {
				t.Errorf("got %v, %v", res, err)
			}
		}()
	}
	for range cap(done) {
		<-done
	}
}
