package server_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/server"
)

// BenchmarkLayer sends layers of a thousand events over a loopback connection.
func BenchmarkLayer(b *testing.B) {
	st := &store{version: "1", events: func(_ context.Context, yield func(geo.Event, error) bool) {
		for i := range 1000 {
			if !yield(someEvent(i), nil) {
				return
			}
		}
	}}
	addr := serveFor(b, server.Config{Snapshot: st.snapshot, View: st.view})
	for _, coding := range []string{"identity", "gzip"} {
		b.Run(coding, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				req, err := http.NewRequest(http.MethodGet, "http://"+addr+"/layers/events.geojson", nil)
				if err != nil {
					b.Fatal(err)
				}
				req.Header.Set("Accept-Encoding", coding)
				res, err := http.DefaultClient.Do(req)
				if err != nil {
					b.Fatal(err)
				}
				n, err := io.Copy(io.Discard, res.Body)
				if err != nil {
					b.Fatal(err)
				}
				_ = res.Body.Close()
				b.ReportMetric(float64(n), "bytes")
			}
		})
	}
}

// serveFor serves until the benchmark ends and returns the address.
func serveFor(b *testing.B, cfg server.Config) string {
	b.Helper()
	srv, err := server.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(ctx, ln) }()
	b.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
	return ln.Addr().String()
}
