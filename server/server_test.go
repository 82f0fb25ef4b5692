package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// patience is how long a test waits for what should happen at once.
const patience = 20 * time.Second

var (
	town = &gazetteer.Place{
		ID: "gn:586523", Name: "Stepanakert", Kind: gazetteer.Settlement, Country: "AZ", Point: orb.Point{46.7515, 39.8152},
		Names: []gazetteer.Name{{Text: "Stepanakert"}},
	}
	hostile = geo.Article{
		ID: "hostile/1", Source: "Nobody", Title: `<script>alert("title")</script>`,
		Text: `They are bombing Stepanakert. </script><script>alert("text")</script>`, Published: 737695,
	}
	mention = geo.Mention{
		Article: hostile.ID, Start: 17, End: 28, Name: "Stepanakert", Sentence: "They are bombing Stepanakert.", Place: town,
		Role: geo.Site, Event: geo.Explosion, Days: geo.Interval{From: 737695, To: 737695}, Confidence: 0.9,
	}
)

func someEvent(i int) geo.Event {
	return geo.Event{
		ID: fmt.Sprint("event-", i), Place: town, Type: geo.Explosion, Days: mention.Days, Mentions: 1, Articles: 1, Origins: 1,
		Confidence: 0.9, Best: mention, Article: geo.Article{ID: hostile.ID, Title: hostile.Title},
	}
}

// store is a source of snapshots that counts them.
type store struct {
	version string
	openErr error
	// events is what a snapshot yields; one event by default.
	events func(ctx context.Context, yield func(geo.Event, error) bool)

	opened, closed, read atomic.Int32
	mu                   sync.Mutex
	filter               geo.Filter // of the last query
}

func (s *store) snapshot(context.Context) (server.Snapshot, error) {
	if s.openErr != nil {
		return nil, s.openErr
	}
	s.opened.Add(1)
	return snapshot{s}, nil
}

// view is the newest view, which never changes.
func (s *store) view() (server.View, <-chan struct{}) {
	plain, err := index.Of(s.version, func(yield func(geo.Record, error) bool) {
		yield(geo.Record{Mention: mention, Article: hostile, Origin: "account-1"}, nil)
	})
	if err != nil {
		panic(err)
	}
	return view{plain, s}, nil
}

func (s *store) asked(q index.Query) {
	s.read.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.filter = q.Filter
}

// view counts as opened and closed what is read of it.
type view struct {
	*index.View
	store *store
}

func (v view) Events(ctx context.Context, q index.Query) iter.Seq2[geo.Event, error] {
	return func(yield func(geo.Event, error) bool) {
		v.store.asked(q)
		v.store.opened.Add(1)
		defer v.store.closed.Add(1)
		if v.store.openErr != nil {
			yield(geo.Event{}, v.store.openErr)
			return
		}
		if v.store.events != nil {
			v.store.events(ctx, yield)
			return
		}
		yield(someEvent(0), nil)
	}
}

func (v view) Mentions(_ context.Context, q index.Query) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		v.store.asked(q)
		yield(geo.Record{Mention: mention, Article: hostile}, nil)
	}
}

func (v view) Places(_ context.Context, q index.Query) iter.Seq2[geo.PlaceSummary, error] {
	return func(yield func(geo.PlaceSummary, error) bool) {
		v.store.asked(q)
		yield(geo.PlaceSummary{Place: town, Mentions: 1}, nil)
	}
}

type snapshot struct{ store *store }

func (s snapshot) Version() string { return s.store.version }

func (s snapshot) Close() error {
	s.store.closed.Add(1)
	return nil
}

func (s snapshot) Article(_ context.Context, id string) (geo.Article, []geo.Mention, error) {
	s.store.read.Add(1)
	if id != hostile.ID {
		return geo.Article{}, nil, fmt.Errorf("article %q: %w", id, geo.ErrNotFound)
	}
	return hostile, []geo.Mention{mention}, nil
}

// syncBuffer collects the log.
type syncBuffer struct {
	mu  sync.Mutex
	out strings.Builder
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.String()
}

// site is a server under test.
type site struct {
	*testing.T
	store *store
	log   *syncBuffer
	addr  string
	end   context.CancelFunc
	ended chan error
}

// start serves the store on a loopback port until the test ends. By then every
// snapshot must be closed.
func start(t *testing.T, st *store, configure ...func(*server.Config)) *site {
	t.Helper()
	s := &site{T: t, store: st, log: &syncBuffer{}, ended: make(chan error, 1)}
	if st.version == "" {
		st.version = "data-1"
	}
	cfg := server.Config{
		Snapshot: st.snapshot, View: st.view, Attribution: "GeoNames (CC BY 4.0)", Gazetteer: "places-1", Places: finder{}, Version: "test",
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range configure {
		c(&cfg)
	}
	srv, err := server.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.addr = ln.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	s.end = cancel
	go func() { s.ended <- srv.Serve(ctx, ln) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-s.ended:
			if err != nil {
				t.Errorf("Serve: %v", err)
			}
		case <-time.After(patience):
			t.Error("Serve doesn't end")
		}
		if opened, closed := st.opened.Load(), st.closed.Load(); opened != closed {
			t.Errorf("%d snapshots were opened, %d closed", opened, closed)
		}
	})
	return s
}

// client neither compresses by itself nor keeps connections.
var client = &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}, Timeout: patience}

func (s *site) request(method, path string, headers ...string) *answer {
	s.Helper()
	req, err := http.NewRequest(method, "http://"+s.addr+path, nil)
	if err != nil {
		s.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Add(headers[i], headers[i+1])
	}
	res, err := client.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = res.Body.Close() })
	return s.answer(res, req.URL.String())
}

// answer is what tests look at of a response, whose body the test's end closes.
type answer struct {
	URL        string
	StatusCode int
	Status     string
	Header     http.Header
	Body       io.ReadCloser
}

func (s *site) answer(res *http.Response, url string) *answer {
	s.Helper()
	a := &answer{url, res.StatusCode, res.Status, res.Header, res.Body}
	checkHeaders(s.T, a)
	return a
}

// checkHeaders holds for every answer whatever it says.
func checkHeaders(t *testing.T, res *answer) {
	t.Helper()
	csp := res.Header.Get("Content-Security-Policy")
	for _, directive := range []string{"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(csp, directive) {
			t.Errorf("%s: the content security policy %q lacks %s", res.URL, csp, directive)
		}
	}
	if strings.Contains(csp, "unsafe") || res.Header.Get("X-Content-Type-Options") != "nosniff" ||
		res.Header.Get("Referrer-Policy") != "no-referrer" || res.Header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
		t.Errorf("%s: the headers are %v", res.URL, res.Header)
	}
	if res.Header.Get("Access-Control-Allow-Origin") == "*" {
		t.Errorf("%s is open to other origins", res.URL)
	}
}

func (s *site) get(path string, headers ...string) (*answer, string) {
	s.Helper()
	res := s.request(http.MethodGet, path, headers...)
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatalf("%s: %v", path, err)
	}
	return res, string(body)
}

type problem struct {
	Type, Title, Detail, Instance string
	Status                        int
	Errors                        []struct{ Parameter, Value, Reason string }
}

// problem reads the answer as a problem document with the status.
func (s *site) problem(res *answer, status int) problem {
	s.Helper()
	var p problem
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.Fatal(err)
	}
	if err := json.Unmarshal(body, &p); err != nil {
		s.Fatalf("%s: %v in %s", res.URL, err, body)
	}
	if res.StatusCode != status || p.Status != status || p.Title != http.StatusText(status) || p.Type == "" || p.Detail == "" || p.Instance == "" ||
		res.Header.Get("Content-Type") != "application/problem+json" || res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("ETag") != "" {
		s.Errorf("%s: want a problem document with status %d, have %s %v %s", res.URL, status, res.Status, res.Header, body)
	}
	return p
}

// raw sends bytes and reads the answer.
func (s *site) raw(request string) *answer {
	s.Helper()
	c := s.dial()
	if _, err := io.WriteString(c, request); err != nil {
		s.Fatal(err)
	}
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = res.Body.Close() })
	line, _, _ := strings.Cut(request, "\r\n")
	return s.answer(res, line)
}

func (s *site) dial() net.Conn {
	s.Helper()
	c, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		s.Fatal(err)
	}
	return c
}

// eventually waits until what holds.
func (s *site) eventually(what string, holds func() bool) {
	s.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("never: %s\n%s", what, s.log)
		}
	}
}

func TestNewWantsSnapshots(t *testing.T) {
	if _, err := server.New(server.Config{}); err == nil {
		t.Error("a server without a source of snapshots is accepted")
	}
}

func TestServeReportsABrokenListener(t *testing.T) {
	srv, err := server.New(server.Config{Snapshot: new(store).snapshot, View: new(store).view})
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = ln.Close()
	if err := srv.Serve(context.Background(), ln); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Serve on a closed listener gives %v", err)
	}
	if err := srv.Serve(context.Background(), ln); err == nil || !strings.Contains(err.Error(), "before") {
		t.Errorf("a second Serve gives %v", err)
	}
}
