package server_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// countingView counts how often it is asked, and can wait before it answers.
type countingView struct {
	*index.View
	version string
	asked   *atomic.Int32
	wait    func(context.Context) error
}

func (v countingView) Version() string { return v.version }

func (v countingView) Events(ctx context.Context, q index.Query) iter.Seq2[geo.Event, error] {
	return func(yield func(geo.Event, error) bool) {
		v.asked.Add(1)
		if v.wait != nil {
			if err := v.wait(ctx); err != nil {
				yield(geo.Event{}, err)
				return
			}
		}
		v.View.Events(ctx, q)(yield)
	}
}

// cacheSite is a server over a view that counts.
type cacheSite struct {
	*ogc
	asked   atomic.Int32
	version atomic.Value
}

func startCache(t *testing.T, wait func(context.Context) error, configure ...func(*server.Config)) *cacheSite {
	t.Helper()
	v, err := index.Of("data-1", ogcRecords)
	if err != nil {
		t.Fatal(err)
	}
	c := &cacheSite{}
	c.version.Store("data-1")
	c.ogc = startOGC(t, append([]func(*server.Config){func(cfg *server.Config) {
		cfg.View = func() (server.View, <-chan struct{}) {
			return countingView{v, c.version.Load().(string), &c.asked, wait}, nil
		}
	}}, configure...)...)
	return c
}

func (c *cacheSite) count(t *testing.T, want int32, why string) {
	t.Helper()
	if got := c.asked.Swap(0); got != want {
		t.Errorf("%s: the view was asked %d times, want %d", why, got, want)
	}
}

func TestAnswersAreKept(t *testing.T) {
	c := startCache(t, nil)
	path := items("events", "limit", "7")
	_, first := c.get(path)
	_, second := c.get(path)
	if c.count(t, 1, "the same again"); first != second {
		t.Error("the second answer is another one")
	}
	res := c.request(http.MethodGet, path, "Accept-Encoding", "gzip")
	if c.count(t, 0, "the same compressed"); res.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("it isn't compressed: %v", res.Header)
	}
	c.get(path, "Accept", "text/html")
	c.count(t, 1, "as a page")
	c.get(path, "Host", "localhost")
	c.count(t, 1, "for another host")
	c.refuses(path+"&x=1", "x")
	c.count(t, 0, "a refusal")
	c.version.Store("data-2")
	res = c.request(http.MethodGet, path, "If-None-Match", res.Header.Get("ETag"))
	if c.count(t, 1, "with new data"); res.StatusCode != http.StatusOK {
		t.Errorf("with new data: %s", res.Status)
	}
	c.get(items("events", "limit", "2000"))
	c.get(items("events", "limit", "2000"))
	c.count(t, 2, "large pages aren't kept")
}

func TestTheCacheIsBounded(t *testing.T) {
	c := startCache(t, nil, func(cfg *server.Config) { cfg.CacheBytes = 30_000 })
	for range 2 {
		for limit := range 10 { // some 1.5 kB a feature
			c.get(items("events", "limit", fmt.Sprint(limit+1)))
		}
	}
	if got := c.asked.Swap(0); got < 15 {
		t.Errorf("of 20 requests for more than fits, %d were computed", got)
	}
	none := startCache(t, nil, func(cfg *server.Config) { cfg.CacheBytes = -1 })
	none.get(items("events"))
	none.get(items("events"))
	none.count(t, 2, "without a cache")
}

func TestAStampedeComputesOnce(t *testing.T) {
	open := make(chan struct{})
	c := startCache(t, func(ctx context.Context) error {
		select {
		case <-open:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	var all sync.WaitGroup
	bodies := make([]string, 20)
	for i := range bodies {
		all.Go(func() {
			res, err := client.Get("http://" + c.addr + items("events"))
			if err != nil {
				t.Error(err)
				return
			}
			defer res.Body.Close()
			body, err := io.ReadAll(res.Body)
			if err != nil {
				t.Error(err)
			}
			bodies[i] = string(body)
		})
	}
	c.eventually("somebody asks", func() bool { return c.asked.Load() > 0 })
	close(open)
	all.Wait()
	c.count(t, 1, "a stampede")
	for _, body := range bodies {
		if body != bodies[0] || !strings.Contains(body, "FeatureCollection") {
			t.Errorf("an answer is %.100s", body)
		}
	}
}

func TestWhoeverLeavesFreesTheWork(t *testing.T) {
	ended := make(chan error, 1)
	c := startCache(t, func(ctx context.Context) error {
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	})
	conn := c.dial()
	if _, err := io.WriteString(conn, "GET "+items("events")+" HTTP/1.1\r\nHost: localhost\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	c.eventually("the view is asked", func() bool { return c.asked.Load() == 1 })
	_ = conn.Close()
	select {
	case <-ended:
	case <-time.After(patience):
		t.Error("the work goes on without a client")
	}
}

func TestQueriesEndInTime(t *testing.T) {
	c := startCache(t, func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}, func(cfg *server.Config) { cfg.QueryTimeout = 20 * time.Millisecond })
	c.problem(c.request(http.MethodGet, items("events")), http.StatusServiceUnavailable)
}

func TestAPanicIsNoAnswer(t *testing.T) {
	c := startCache(t, func(context.Context) error { panic("on purpose") })
	c.problem(c.request(http.MethodGet, items("events")), http.StatusInternalServerError)
	c.problem(c.request(http.MethodGet, items("events")), http.StatusInternalServerError)
	c.count(t, 2, "after a panic")
}
