package server_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// signing is a server that only signs cursors.
func signing(t testing.TB, key string) *server.Server {
	t.Helper()
	s, err := server.New(server.Config{Snapshot: new(store).snapshot, View: new(store).view, CursorKey: []byte(key)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCursor(t *testing.T) {
	s := signing(t, "key")
	for _, p := range []index.Position{{Day: 737695, ID: "a/1:17"}, {ID: "gn:586523"}, {Day: 737695, ID: "0123456789abcdef", Origins: 3, Mentions: 1 << 31}, {Day: geo.MaxDay, ID: strings.Repeat("ü", 100)}, {ID: "\x00\xff"}} {
		cursor := server.WriteCursor(s, "events?x", p)
		if strings.Trim(cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("%s can't stand in a URL as it is", cursor)
		}
		if got, err := server.ReadCursor(s, "events?x", cursor); err != nil || got != p {
			t.Errorf("%+v comes back as %+v, %v", p, got, err)
		}
		for reason, read := range map[string]func() (index.Position, error){
			"another query": func() (index.Position, error) { return server.ReadCursor(s, "events?y", cursor) },
			"not as this":   func() (index.Position, error) { return server.ReadCursor(signing(t, "other"), "events?x", cursor) },
		} {
			if _, err := read(); err == nil || !strings.Contains(err.Error(), reason) {
				t.Errorf("%v, want %s", err, reason)
			}
		}
		for cut := range cursor {
			if _, err := server.ReadCursor(s, "events?x", cursor[:cut]); err == nil {
				t.Errorf("a cursor cut to %d characters passes", cut)
			}
		}
		raw, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil {
			t.Fatal(err)
		}
		for i := range raw {
			raw[i] ^= 1
			if _, err := server.ReadCursor(s, "events?x", base64.RawURLEncoding.EncodeToString(raw)); err == nil {
				t.Errorf("a change of byte %d passes", i)
			}
			raw[i] ^= 1
		}
	}
	if _, err := server.ReadCursor(s, "events?x", strings.Repeat("A", 1<<16)); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("%v", err)
	}
}

// Cursors over HTTP: of another query, collection, or server.
func TestCursorRefused(t *testing.T) {
	s := startOGC(t)
	next := s.path(linked(s.page(items("events", "limit", "2", "country", "AZ")).Links, "next", "")[0].Href)
	u, err := url.Parse(next)
	if err != nil {
		t.Fatal(err)
	}
	cursor := u.Query().Get("cursor")
	s.page(items("events", "limit", "5", "country", "AZ", "cursor", cursor)) // limit may change
	for _, path := range []string{
		items("events", "cursor", cursor), items("events", "country", "FJ", "cursor", cursor), items("mentions", "country", "AZ", "cursor", cursor),
		items("events", "country", "AZ", "cursor", cursor+"A"), items("events", "country", "AZ", "cursor", cursor[1:]), items("events", "country", "AZ", "cursor", cursor, "cursor", cursor),
		items("events", "country", "AZ", "filter", "TRUE", "cursor", cursor),
	} {
		s.refuses(path, "cursor")
	}
	other := startOGC(t)
	other.refuses(items("events", "country", "AZ", "cursor", cursor), "cursor")
	if res, _ := s.get(items("events", "country", "AZ", "limit", "2000", "cursor", cursor)); res.StatusCode != http.StatusOK {
		t.Errorf("a streamed page gives %s", res.Status)
	}
}

func FuzzCursor(f *testing.F) {
	s := signing(f, "key")
	f.Add(server.WriteCursor(s, "events?", index.Position{Day: 1, ID: "x"}), "events?")
	f.Add(server.WriteCursor(s, "places?", index.Position{ID: "gn:1"}), "events?")
	f.Add("", "")
	f.Add("AQ", "events?")
	f.Add(strings.Repeat("A", 2000), "events?")
	f.Fuzz(func(t *testing.T, cursor, query string) {
		p, err := server.ReadCursor(s, query, cursor)
		if err == nil && server.WriteCursor(s, query, p) != cursor {
			t.Errorf("%q of %q was not written by this server", cursor, query)
		}
	})
}
