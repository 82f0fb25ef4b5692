// Command bench-server measures how fast conflictmap serves made-up data.
//
//	go run ./cmd/bench-server -server bin/conflictmap -mentions 1000000 -dir bin/bench
//
// It fills a database (geo/synth) unless the folder has it from before, starts the
// server on it and has wrk ask for pages of items, single items, tiles, the
// histogram and the map page: each once by the same address, which the server may
// answer from its cache, and once by addresses that all differ, in a filter of
// their own where nothing else could. Tiles without a filter are asked for in turn. It prints a table
// in Markdown and fails if anything but an answer with content came. The machine
// should have nothing else to do; wrk and the server share it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"
)

// options are the flags of the command.
type options struct {
	server      string
	dir         string
	mentions    int
	duration    time.Duration
	connections int
	only        string
	fill        bool
}

func main() {
	var o options
	flag.StringVar(&o.server, "server", "bin/conflictmap", "the built `binary`")
	flag.StringVar(&o.dir, "dir", "bin/bench", "`folder` for databases, which are kept")
	flag.IntVar(&o.mentions, "mentions", 1_000_000, "`number` of mentions")
	flag.DurationVar(&o.duration, "duration", 5*time.Second, "how long each measurement takes, at least a second")
	flag.IntVar(&o.connections, "connections", 16, "`number` of connections")
	flag.StringVar(&o.only, "only", "", "measure only the cases with these `letters`, for instance acd")
	flag.BoolVar(&o.fill, "fill", false, "only make the database, for measurements by other means")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, os.Stdout, slog.New(slog.NewTextHandler(os.Stderr, nil))); err != nil {
		stop()
		slog.Error("measure the server", "error", err)
		os.Exit(1)
	}
}

// run measures everything and writes the tables.
func run(ctx context.Context, o options, out io.Writer, log *slog.Logger) (err error) {
	if o.mentions < 1000 || o.duration < time.Second || o.connections < 1 {
		return errors.New("it takes at least 1000 mentions, a second and a connection")
	}
	if o.fill {
		_, err := prepare(ctx, o, log)
		return err
	}
	wrk, err := exec.LookPath("wrk")
	if err != nil {
		return errors.New("wrk, which sends the requests, is not installed: apt-get install wrk")
	}
	data, err := prepare(ctx, o, log)
	if err != nil {
		return err
	}
	began := time.Now()
	s, err := start(ctx, o.server, data.file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	ready, err := s.memory()
	if err != nil {
		return err
	}
	r := &report{out: out}
	r.head(o, data, time.Since(began), ready)
	w := &wrkRunner{path: wrk, options: o, server: s}
	for _, c := range cases(data, int(o.duration.Seconds())) {
		if o.only != "" && !contains(o.only, c.letter) {
			continue
		}
		log.Info("measure", "case", c.name)
		m, err := w.measure(ctx, &c)
		if err != nil {
			return fmt.Errorf("measure %s (%s): %w", c.name, c.kind, err)
		}
		r.row(&c, m)
	}
	log.Info("look at all tiles")
	sizes, err := tileSizes(ctx, s.url)
	if err != nil {
		return err
	}
	r.tiles(sizes)
	end, err := s.memory()
	if err != nil {
		return err
	}
	r.foot(end)
	return r.err
}

// machine says what the figures were measured on.
func machine() string {
	return fmt.Sprintf("%d processors, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
