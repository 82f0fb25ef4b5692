package server_test

import (
	"testing"

	"github.com/valyala/fasthttp"

	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/server"
)

// BenchmarkKeptAnswer is an answer from the cache, without the network.
func BenchmarkKeptAnswer(b *testing.B) {
	v, err := index.Of("data-1", ogcRecords)
	if err != nil {
		b.Fatal(err)
	}
	s, err := server.New(server.Config{Snapshot: new(store).snapshot, View: func() (server.View, <-chan struct{}) { return v, nil }})
	if err != nil {
		b.Fatal(err)
	}
	handle := server.Handler(s)
	var ctx fasthttp.RequestCtx
	ctx.Request.SetRequestURI("/api/collections/events/items?limit=1")
	ctx.Request.Header.SetHost("localhost")
	ctx.Request.Header.Set("Accept-Encoding", "gzip")
	b.ReportAllocs()
	for b.Loop() {
		ctx.Response.Reset()
		handle(&ctx)
	}
	if ctx.Response.StatusCode() != fasthttp.StatusOK {
		b.Fatal(ctx.Response.String())
	}
}
