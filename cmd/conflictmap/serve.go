package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/ingest"
	"github.com/conflictmap/conflictmap/geo/sqlite"
	"github.com/conflictmap/conflictmap/seeds"
	"github.com/conflictmap/conflictmap/server"
	"github.com/conflictmap/conflictmap/static"
)

type serveCommand struct {
	gazetteerFlag
	labelsFlag
	DB        string   `help:"Database file, made where there is none (default: ${db}; with --demo a temporary one)." placeholder:"FILE"`
	Addr      string   `help:"Address and port to listen on; port 0 takes a free one." default:"127.0.0.1:8080" placeholder:"HOST:PORT"`
	AllowHost []string `help:"Host name that requests may be addressed to, for a server behind a proxy. May be repeated." placeholder:"NAME"`
	BaseURL   string   `help:"Address under which clients reach the server, for the links that it gives out." placeholder:"URL"`
	CORS      bool     `name:"cors" help:"Let web pages of every origin read the data. On this machine that means each page that its user visits."`
	EmbedOn   []string `help:"Origin whose pages may show the map in a frame, with embed=1, such as https://news.example; none: no page. May be repeated. Without it every page may." placeholder:"ORIGIN"`
	rasterFlags
	Demo    bool `help:"Load the sample dispatches if the database is empty."`
	Verbose bool `short:"v" help:"Log every request."`
}

// rasterFlags choose a basemap of image tiles.
type rasterFlags struct {
	Raster            string `help:"Address of image tiles for the basemap with {z}, {x} and {y}: absolute, or a path on this origin. The visitors' browsers fetch them there and tell that server the origin of this page." placeholder:"URL"`
	RasterAttribution string `help:"Whom to credit for these tiles. Has to be given with --raster." placeholder:"TEXT"`
	RasterMaxZoom     int    `help:"Highest zoom that there are tiles of." default:"19" placeholder:"N"`
}

func (f *rasterFlags) raster() *server.Raster {
	if f.Raster == "" {
		return nil
	}
	return &server.Raster{URL: f.Raster, Attribution: f.RasterAttribution, MaxZoom: f.RasterMaxZoom}
}

// Validate refuses flags that the server could not use.
func (c *serveCommand) Validate() error {
	if err := server.CheckEmbedders(c.EmbedOn); err != nil {
		return fmt.Errorf("--embed-on: %w", err)
	}
	if r := c.raster(); r != nil {
		return r.Check()
	}
	if c.RasterAttribution != "" {
		return errors.New("--raster-attribution: there are no tiles without --raster")
	}
	return nil
}

// Help is what `conflictmap serve --help` says beyond the flags.
func (serveCommand) Help() string {
	return `Prints one line with the page's URL to standard output once it listens, and serves until it is interrupted.
Requests under way are finished then. There are no accounts and there is no TLS: put a reverse proxy in front
of it before you open it to a network.`
}

// Run serves until the environment's context ends.
func (c *serveCommand) Run(env *environment) (err error) {
	level := slog.LevelInfo
	if c.Verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(env.stderr, &slog.HandlerOptions{Level: level}))

	places, err := c.open() // mapped, so that it takes memory as far as it is read
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, places.Close()) }()
	file, remove, err := c.file()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remove()) }()
	db, err := openStore(env, file, func(message string) { log.Info(message) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if c.Demo {
		if err := c.loadDemo(env.ctx, db, log); err != nil {
			return err
		}
	}
	return c.serve(env, db, places, log)
}

// file returns the database to use, and what to do with it at the end.
func (c *serveCommand) file() (path string, remove func() error, err error) {
	switch {
	case c.DB != "":
		return c.DB, func() error { return nil }, nil
	case !c.Demo:
		return defaultDB, func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "conflictmap-demo-")
	if err != nil {
		return "", nil, fmt.Errorf("make a temporary database: %w", err)
	}
	return filepath.Join(dir, defaultDB), func() error { return os.RemoveAll(dir) }, nil
}

func (c *serveCommand) serve(env *environment, db *sqlite.DB, places *gazetteer.Gazetteer, log *slog.Logger) error {
	page, built := static.Bundle()
	if !built {
		log.Warn("the map page was not built into this binary: run `make build`")
	}
	follower, err := index.NewFollower(env.ctx, db, index.WithLabels(c.Labels))
	if err != nil {
		return err
	}
	debug.FreeOSMemory() // what loading took, which is much more than what serving does
	if os.Getenv("GOGC") == "" {
		// The index stays as it is while answers come and go: with Go's 100 there would
		// be as much garbage as index, which is quickly looked through.
		debug.SetGCPercent(30)
	}
	go follower.Run(env.ctx, 250*time.Millisecond, func(err error) { log.Error("read the data anew", "error", err) })
	cursorKey, err := db.Secret(env.ctx, "cursors") // so that they outlast the server
	if err != nil {
		return err
	}
	srv, err := server.New(server.Config{
		View: func() (server.View, <-chan struct{}) { return follower.Changed() },
		Snapshot: func(ctx context.Context) (server.Snapshot, error) {
			// Not returned at once: a nil *sqlite.Snapshot would be a Snapshot that isn't nil.
			s, err := db.Snapshot(ctx)
			if err != nil {
				return nil, err
			}
			return s, nil
		},
		CursorKey:    cursorKey,
		Page:         page,
		Log:          log,
		Attribution:  places.Info().Attribution(),
		Gazetteer:    places.Version(),
		Places:       places,
		Country:      countries(places),
		Labels:       c.Labels,
		Version:      version(),
		AllowedHosts: c.AllowHost,
		BaseURL:      c.BaseURL,
		CORS:         c.CORS,
		EmbedOn:      c.EmbedOn,
		Raster:       c.raster(),
	})
	if err != nil {
		return err
	}
	ln, err := new(net.ListenConfig).Listen(env.ctx, "tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if addr, ok := ln.Addr().(*net.TCPAddr); ok && !addr.IP.IsLoopback() {
		log.Warn("listening beyond this machine: whoever reaches the port can read everything", "addr", addr.String())
	}
	fmt.Fprintf(env.stdout, "conflictmap: http://%s/\n", hostOf(ln.Addr()))
	return srv.Serve(env.ctx, ln)
}

// hostOf is the address as a browser on this machine can use it.
func hostOf(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return addr.String()
	}
	return fmt.Sprintf("localhost:%d", tcp.Port)
}

// loadDemo stores the sample dispatches in a database that holds nothing yet.
func (c *serveCommand) loadDemo(ctx context.Context, db *sqlite.DB, log *slog.Logger) (err error) {
	empty, err := isEmpty(ctx, db)
	if err != nil {
		return fmt.Errorf("load the sample dispatches: %w", err)
	}
	if !empty {
		log.Info("the database holds articles already; the sample dispatches stay out")
		return nil
	}
	parser, done, err := c.parser() // only here: serving needs neither models nor gazetteer
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	var failures error
	report, err := ingest.Run(ctx, ingest.ReadFS(ingest.Options{}, seeds.FS()), parser, db, func(p ingest.Progress) {
		failures = errors.Join(failures, p.Err)
	})
	if err = errors.Join(err, failures); err != nil {
		return fmt.Errorf("load the sample dispatches: %w", err)
	}
	log.Info("loaded the sample dispatches", "articles", report.Added, "mentions", report.Mentions)
	return nil
}

func isEmpty(ctx context.Context, db *sqlite.DB) (empty bool, err error) {
	s, err := db.Snapshot(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	for _, err := range s.Mentions(ctx, geo.Filter{}) {
		return false, err
	}
	return true, nil
}
