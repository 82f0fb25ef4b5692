package server_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// news is a source of views that change when the test says so.
type news struct {
	mu      sync.Mutex
	number  int
	ids     []string // of the articles of each change
	changed chan struct{}
}

func (n *news) view() (server.View, <-chan struct{}) {
	n.mu.Lock()
	defer n.mu.Unlock()
	v, err := index.Of(fmt.Sprint("v", n.number), func(func(geo.Record, error) bool) {})
	if err != nil {
		panic(err)
	}
	return v, n.changed
}

func (n *news) since(now, before server.View) index.Change {
	return index.Change{
		Version: now.Version(), Articles: 1, Mentions: 3, Sites: 2, IDs: append([]string{before.Version()}, n.ids...),
		Days: geo.Interval{From: 737695, To: 737696}, Bounds: &orb.Bound{Min: orb.Point{46, 39}, Max: orb.Point{47, 40}},
	}
}

func (n *news) change() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.number++
	close(n.changed)
	n.changed = make(chan struct{})
}

func startLive(t *testing.T, n *news, configure ...func(*server.Config)) *site {
	n.changed = make(chan struct{})
	return start(t, &store{}, append([]func(*server.Config){func(c *server.Config) {
		c.View, c.Since, c.Heartbeat = n.view, n.since, time.Hour
	}}, configure...)...)
}

// listener reads a stream.
type listener struct {
	*testing.T
	body *bufio.Reader
	last string // the id of the last event
}

func (s *site) listen(path string, headers ...string) *listener {
	s.Helper()
	res := s.request(http.MethodGet, path, headers...)
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" || res.Header.Get("Cache-Control") != "no-store" ||
		res.Header.Get("ETag") != "" || res.Header.Get("Content-Encoding") != "" || res.Header.Get("X-Accel-Buffering") != "no" {
		s.Fatalf("%s: %s %v", path, res.Status, res.Header)
	}
	return &listener{T: s.T, body: bufio.NewReader(res.Body)}
}

// block is what stands up to the next empty line.
func (l *listener) block() (fields map[string]string, err error) {
	fields = map[string]string{}
	for {
		line, err := l.body.ReadString('\n')
		if err != nil || line == "\n" {
			return fields, err
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		fields[name] = strings.TrimPrefix(value, " ")
	}
}

// expect reads an event, over comments and the like.
func (l *listener) expect(event, version string) map[string]any {
	l.Helper()
	for {
		fields, err := l.block()
		if err != nil {
			l.Fatalf("waiting for %s %s: %v", event, version, err)
		}
		if fields["event"] == "" {
			continue
		}
		var data map[string]any
		if err := json.Unmarshal([]byte(fields["data"]), &data); err != nil {
			l.Fatalf("%v: %v", fields, err)
		}
		if fields["event"] != event || fields["id"] != version || data["version"] != version {
			l.Fatalf("have %v, want %s %s", fields, event, version)
		}
		l.last = fields["id"]
		return data
	}
}

// ended reads to the end of the stream, which must be a good one.
func (l *listener) ended() {
	l.Helper()
	for {
		fields, err := l.block()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil || fields["event"] != "" {
			l.Fatalf("the stream ends with %v, %v", fields, err)
		}
	}
}

func TestLiveTellsEverybody(t *testing.T) {
	n := &news{}
	s := startLive(t, n)
	a, b := s.listen("/api/live"), s.listen("/api/live")
	if fields, err := a.block(); err != nil || fields["retry"] != "2000" {
		t.Errorf("the stream begins with %v, %v", fields, err)
	}
	for _, l := range []*listener{a, b} {
		l.expect("version", "v0")
	}
	for i := 1; i <= 3; i++ {
		n.change()
		for _, l := range []*listener{a, b} {
			got := l.expect("stored", fmt.Sprint("v", i))
			want := map[string]any{
				"version": fmt.Sprint("v", i), "articles": 1.0, "mentions": 3.0, "sites": 2.0, "article_ids": []any{fmt.Sprint("v", i-1)},
				"days": []any{"2020-09-27", "2020-09-28"}, "bbox": []any{46.0, 39.0, 47.0, 40.0},
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("have %v, want %v", got, want)
			}
		}
	}
	s.end()
	a.ended()
	b.ended()
}

func TestLiveOfViewsThatCannotTell(t *testing.T) {
	n := &news{}
	s := startLive(t, n, func(c *server.Config) {
		c.View = func() (server.View, <-chan struct{}) {
			v, changed := n.view()
			return struct{ server.View }{v}, changed
		}
		c.Since = nil
	})
	l := s.listen("/api/live")
	l.expect("version", "v0")
	n.change()
	if got := l.expect("stored", "v1"); got["days"] != nil || got["bbox"] != nil || fmt.Sprint(got["article_ids"]) != "[]" {
		t.Errorf("have %v", got)
	}
}

func TestLiveResumes(t *testing.T) {
	n := &news{}
	s := startLive(t, n)
	first := s.listen("/api/live")
	first.expect("version", "v0")
	for i := 1; i <= 300; i++ {
		n.change()
		first.expect("stored", fmt.Sprint("v", i))
	}
	for _, tt := range []struct {
		path, header, version string
	}{
		{"/api/live", "v298", "v298"},
		{"/api/live?last_event_id=v298", "", "v298"},
		{"/api/live?last_event_id=v1", "v298", "v298"}, // the header is newer
		{"/api/live", "v300", "v300"},
		{"/api/live", "v45", "v45"},
		{"/api/live", "v44", "v44"}, // 256 changes ago
	} {
		l := s.listen(tt.path, "Last-Event-ID", tt.header)
		var from int
		if _, err := fmt.Sscanf(tt.version, "v%d", &from); err != nil {
			t.Fatal(err)
		}
		for i := from + 1; i <= 300; i++ {
			l.expect("stored", fmt.Sprint("v", i))
		}
		l.expect("version", "v300")
	}
	for _, unknown := range []string{"v43", "v0", "v301", "other-1"} {
		l := s.listen("/api/live", "Last-Event-ID", unknown)
		l.expect("reset", "v300")
	}
	n.change()
	first.expect("stored", "v301") // so the hub knows of it
	l := s.listen("/api/live?last_event_id=v300")
	l.expect("stored", "v301")
	l.expect("version", "v301")
}

func TestLiveParameters(t *testing.T) {
	s := startLive(t, &news{})
	for _, path := range []string{
		"/api/live?datetime=2020-09-27", "/api/live?last_event_id=a&last_event_id=b", "/api/live?last_event_id=a%0Ab",
		"/api/live?last_event_id=" + strings.Repeat("x", 300),
	} {
		if p := s.problem(s.request(http.MethodGet, path), 400); len(p.Errors) != 1 {
			t.Errorf("%s: %+v", path, p)
		}
	}
	res, body := s.request(http.MethodHead, "/api/live"), ""
	if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" || body != "" {
		t.Errorf("HEAD: %s %v", res.Status, res.Header)
	}
	s.problem(s.request(http.MethodPost, "/api/live"), 405)
}

func TestLiveHeartbeat(t *testing.T) {
	s := startLive(t, &news{}, func(c *server.Config) { c.Heartbeat = time.Millisecond })
	l := s.listen("/api/live")
	l.expect("version", "v0")
	for range 3 {
		if fields, err := l.block(); err != nil || len(fields) != 1 || fields[""] != "" {
			t.Fatalf("have %v, %v, want a comment", fields, err)
		}
	}
}

func TestLiveDropsSlowReaders(t *testing.T) {
	n := &news{ids: strings.Split(strings.Repeat(strings.Repeat("x", 250)+" ", 100), " ")}
	s := startLive(t, n, func(c *server.Config) { c.StallTimeout = time.Hour })
	slow := s.dial()
	if err := slow.(*net.TCPConn).SetReadBuffer(4 << 10); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(slow, "GET /api/live HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	fast := s.listen("/api/live")
	fast.expect("version", "v0")
	dropped := func() bool { return strings.Contains(s.log.String(), "live stream ended") }
	for i := 1; !dropped(); i++ {
		if i > 5000 {
			t.Fatal("a client that reads nothing is never dropped")
		}
		n.change()
		fast.expect("stored", fmt.Sprint("v", i))
	}
	if _, err := io.Copy(io.Discard, slow); err == nil {
		t.Error("the slow reader's stream has a good end")
	}
	if got := strings.Count(s.log.String(), "live stream ended"); got != 1 {
		t.Errorf("%d streams have ended", got)
	}
}

func TestLiveIsFullAtSomePoint(t *testing.T) {
	s := startLive(t, &news{})
	var all []net.Conn
	for range 256 {
		c := s.dial()
		all = append(all, c)
		if _, err := io.WriteString(c, "GET /api/live HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || !strings.Contains(line, "200") {
			t.Fatalf("%s, %v", line, err)
		}
	}
	res := s.request(http.MethodGet, "/api/live")
	if res.Header.Get("Retry-After") == "" {
		t.Error("there is no Retry-After")
	}
	s.problem(res, 503)
	_ = all[0].Close() // its place is free soon after
	s.eventually("there is room again", func() bool {
		again := s.request(http.MethodGet, "/api/live")
		defer again.Body.Close()
		return again.StatusCode == 200
	})
}

func TestLiveLeavesNothingBehind(t *testing.T) {
	n := &news{}
	s := startLive(t, n)
	// working counts the goroutines of streams and of what feeds them.
	working := func() int {
		stacks := make([]byte, 4<<20)
		all := string(stacks[:runtime.Stack(stacks, true)])
		return strings.Count(all, "server.(*liveClient).follow(") + strings.Count(all, "server.(*hub).run(")
	}
	var staying []*listener
	for i := range 6 {
		res := s.request(http.MethodGet, "/api/live")
		l := &listener{T: t, body: bufio.NewReader(res.Body)}
		l.expect("version", "v0")
		if i%2 == 0 {
			_ = res.Body.Close()
		} else {
			staying = append(staying, l)
		}
	}
	s.eventually("those who left are gone", func() bool { return working() == 4 })
	s.end()
	for _, l := range staying {
		l.ended()
	}
	s.eventually("nobody is left", func() bool { return working() == 0 })
	if strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("somebody left in bad order: %s", s.log)
	}
}

// A client that reads nothing must not hold up the end.
func TestLiveEndsWithASlowReader(t *testing.T) {
	n := &news{ids: strings.Split(strings.Repeat(strings.Repeat("x", 2000)+" ", 100), " ")}
	s := startLive(t, n, func(c *server.Config) { c.StallTimeout = time.Hour })
	slow := s.dial()
	if _, err := io.WriteString(slow, "GET /api/live HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	fast := s.listen("/api/live")
	fast.expect("version", "v0")
	for i := 1; i <= 50; i++ {
		n.change()
		fast.expect("stored", fmt.Sprint("v", i))
	}
	s.end()
	fast.ended()
	if err := <-s.ended; err != nil {
		t.Errorf("Serve: %v", err)
	}
	s.ended <- nil
}
