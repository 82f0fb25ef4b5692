package server_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// endless yields events until the client has enough.
func endless(_ context.Context, yield func(geo.Event, error) bool) {
	for i := 0; yield(someEvent(i), nil); i++ {
	}
}

func TestClientThatLeavesFreesTheSnapshot(t *testing.T) {
	for _, coding := range []string{"", "gzip"} {
		s := start(t, &store{events: endless})
		res := s.request(http.MethodGet, "/layers/events.geojson", "Accept-Encoding", coding)
		if _, err := io.CopyN(io.Discard, res.Body, 10_000); err != nil {
			t.Fatal(err)
		}
		if s.store.closed.Load() != 0 {
			t.Error("the snapshot was closed under way")
		}
		_ = res.Body.Close()
		s.eventually("the snapshot is closed", func() bool { return s.store.closed.Load() == 1 })
		if strings.Contains(s.log.String(), "level=ERROR") {
			t.Errorf("a client that leaves is logged as an error: %s", s.log)
		}
	}
}

func TestClientThatStallsFreesTheSnapshot(t *testing.T) {
	for name, configure := range map[string]func(*server.Config){
		"by the query's time":      func(c *server.Config) { c.QueryTimeout = 300 * time.Millisecond },
		"by the connection's time": func(c *server.Config) { c.StallTimeout = 300 * time.Millisecond },
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, &store{events: endless}, configure)
			c := s.dial()
			if _, err := io.WriteString(c, "GET /layers/events.geojson HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
				t.Fatal(err)
			}
			s.eventually("the snapshot is closed", func() bool { return s.store.closed.Load() == 1 })
		})
	}
}

func TestErrorInMidStream(t *testing.T) {
	for _, path := range []string{"/layers/events.geojson", "/layers/events.csv"} {
		for _, coding := range []string{"", "gzip"} {
			s := start(t, &store{events: func(_ context.Context, yield func(geo.Event, error) bool) {
				for i := range 1000 {
					if !yield(someEvent(i), nil) {
						return
					}
				}
				yield(geo.Event{}, errors.New("disk lost"))
			}})
			res := s.request(http.MethodGet, path, "Accept-Encoding", coding)
			body, err := io.ReadAll(res.Body)
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s %s: %d bytes end with %v", path, coding, len(body), err)
			}
			if !strings.Contains(s.log.String(), "disk lost") || !strings.Contains(s.log.String(), "level=ERROR") {
				t.Errorf("%s: the log lacks the error: %s", path, s.log)
			}
		}
	}
}

func TestPanicInMidStream(t *testing.T) {
	s := start(t, &store{events: func(_ context.Context, yield func(geo.Event, error) bool) {
		for i := range 1000 {
			yield(someEvent(i), nil)
		}
		panic("lost my head")
	}})
	res := s.request(http.MethodGet, "/layers/events.geojson")
	if _, err := io.ReadAll(res.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the body ends with %v", err)
	}
	if !strings.Contains(s.log.String(), "panic: lost my head") {
		t.Errorf("the log lacks the panic: %s", s.log)
	}
	if res, _ := s.get("/healthz"); res.StatusCode != 200 {
		t.Errorf("after a panic: %s", res.Status)
	}
}

func TestQueryTimeout(t *testing.T) {
	short := func(c *server.Config) { c.QueryTimeout = 200 * time.Millisecond }
	wait := func(ctx context.Context, yield func(geo.Event, error) bool) {
		<-ctx.Done()
		yield(geo.Event{}, ctx.Err())
	}
	s := start(t, &store{events: wait}, short)
	s.problem(s.request(http.MethodGet, "/layers/events.geojson"), 503)

	later := start(t, &store{events: func(ctx context.Context, yield func(geo.Event, error) bool) {
		for i := range 1000 {
			yield(someEvent(i), nil)
		}
		wait(ctx, yield)
	}}, short)
	res := later.request(http.MethodGet, "/layers/events.geojson")
	if _, err := io.ReadAll(res.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a body cut off by time ends with %v", err)
	}
}

// slow yields some events, and the rest when told to.
func slow(begun chan<- struct{}, goOn <-chan struct{}) func(context.Context, func(geo.Event, error) bool) {
	return func(ctx context.Context, yield func(geo.Event, error) bool) {
		for i := range 1000 {
			if i == 500 {
				close(begun)
				select {
				case <-goOn:
				case <-ctx.Done():
					yield(geo.Event{}, ctx.Err())
					return
				}
			}
			if !yield(someEvent(i), nil) {
				return
			}
		}
	}
}

func TestShutdownFinishesRequestsUnderWay(t *testing.T) {
	begun, goOn := make(chan struct{}), make(chan struct{})
	s := start(t, &store{events: slow(begun, goOn)})
	res := s.request(http.MethodGet, "/layers/events.geojson")
	var got strings.Builder
	done := make(chan error, 1)
	go func() {
		_, err := io.Copy(&got, res.Body)
		done <- err
	}()
	<-begun
	s.end()
	s.eventually("the server takes no more", func() bool {
		other, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Get("http://" + s.addr + "/healthz")
		if err == nil {
			_ = other.Body.Close()
		}
		return err != nil
	})
	if s.store.closed.Load() != 0 {
		t.Error("the snapshot was closed under way")
	}
	close(goOn)
	if err := <-done; err != nil || strings.Count(got.String(), "\n") != 1002 || !strings.HasSuffix(got.String(), "]}\n") {
		t.Errorf("the response ends with %v after %d lines", err, strings.Count(got.String(), "\n"))
	}
}

func TestShutdownCutsOffWhatTakesTooLong(t *testing.T) {
	begun := make(chan struct{})
	s := start(t, &store{events: slow(begun, nil)}, func(c *server.Config) { c.ShutdownTimeout = 200 * time.Millisecond })
	res := s.request(http.MethodGet, "/layers/events.geojson")
	failed := make(chan error, 1)
	go func() {
		_, err := io.ReadAll(res.Body)
		failed <- err
	}()
	<-begun
	s.end()
	if err := <-failed; err == nil {
		t.Error("a response that was cut off looks complete")
	}
	if err := <-s.ended; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Serve returns %v", err)
	}
	s.ended <- nil
}

func TestHosts(t *testing.T) {
	s := start(t, &store{})
	_, port, _ := strings.Cut(s.addr, ":")
	for host, ok := range map[string]bool{
		"localhost": true, "LocalHost:" + port: true, "localhost.": true, "127.0.0.1": true, s.addr: true, "[::1]:" + port: true, "[::1]": true,
		"evil.example": false, "evil.example:" + port: false, "localhost.evil.example": false, "127.0.0.1.evil.example": false, "0.0.0.0": false,
	} {
		res := s.request(http.MethodGet, "/healthz", "Host", host)
		switch {
		case ok && res.StatusCode != 200:
			t.Errorf("%s is refused: %s", host, res.Status)
		case !ok:
			s.problem(res, 421)
		}
	}
	s.problem(s.raw("GET /healthz HTTP/1.0\r\n\r\n"), 421)

	anywhere := &net.TCPAddr{IP: net.IPv4zero, Port: 80}
	if !server.HostAllowed(anywhere, nil, "map.example") || server.HostAllowed(anywhere, []string{"map.example"}, "localhost") {
		t.Error("beyond loopback the list of hosts alone counts, and none means all")
	}
	if !server.HostAllowed(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}, nil, "127.0.0.2:80") {
		t.Error("a loopback address doesn't take its own name")
	}

	named := start(t, &store{}, func(c *server.Config) { c.AllowedHosts = []string{"Map.Example"} })
	for host, want := range map[string]int{"map.example:443": 200, "localhost": 200, "evil.example": 421} {
		if res := named.request(http.MethodGet, "/healthz", "Host", host); res.StatusCode != want {
			t.Errorf("%s with a list of hosts: %s", host, res.Status)
		}
	}
}

func TestRequestLimits(t *testing.T) {
	s := start(t, &store{})
	long := strings.Repeat("x", 20<<10)
	s.problem(s.raw("GET /layers/events.geojson?q="+long+" HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431)
	s.problem(s.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: "+long+"\r\n\r\n"), 431)
	s.problem(s.raw("GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n"), 413)
	s.problem(s.raw("GET\r\n\r\n"), 400)
	s.problem(s.raw("GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n"), 404)
}

func TestManyRequestsOnOneConnection(t *testing.T) {
	s := start(t, &store{})
	c := s.dial()
	reader := bufio.NewReader(c)
	for _, path := range []string{"/layers/events.geojson", "/none", "/layers/events.geojson?bbox=1", "/layers/places.csv", "/healthz"} {
		if _, err := io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		res, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		_, err = io.ReadAll(res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
	}
}
