// Package server is the HTTP side of conflictmap: the map page, an OGC API -
// Features with pages for people, whole layers as GeoJSON, CSV and GeoPackage,
// vector tiles, counts, a stream of what is stored, files for QGIS, single
// articles, and whether the server is well.
//
// Every answer comes from one View, so it is consistent in itself and carries a
// strong ETag derived from the data's version: a client that has it gets 304
// before a row is read. Finished answers are kept, up to a number of bytes, while
// the data stays the same, and those who ask for the same at the same time share
// one computation. Layers and large pages stream; their size is limited by time
// only (Config.QueryTimeout). What goes wrong before the first byte is a problem
// document (RFC 9457); what goes wrong later cuts the connection, so that no
// client takes the part for the whole.
//
// The server reads only. It has no accounts and no TLS: on a loopback address it
// answers only requests that name the loopback host, beyond that it belongs
// behind a reverse proxy. Pages of other origins may read it only with Config.CORS.
package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// ArticleReader reads an article with its mentions. The error for an id that
// it doesn't have wraps geo.ErrNotFound.
type ArticleReader interface {
	Article(ctx context.Context, id string) (geo.Article, []geo.Mention, error)
}

// Snapshot is one consistent state of the stored articles.
type Snapshot interface {
	ArticleReader
	// Version changes with the data.
	Version() string
	Close() error
}

// Config says what a Server serves and within which limits. Zero durations take
// the defaults given here.
type Config struct {
	// Snapshot opens a state of the articles. The server closes it.
	Snapshot func(context.Context) (Snapshot, error)
	// View returns the newest view of the data, and a channel that is closed when
	// there is a newer one.
	View func() (View, <-chan struct{})
	// Page holds index.html and assets/, the built map page. Without it "/" says
	// how to build it.
	Page fs.FS
	// Log gets failed requests, and at debug level all of them. nil discards.
	Log *slog.Logger
	// Attribution names the sources of the data in every layer.
	Attribution string
	// Gazetteer is the version of the gazetteer, for the same and for ETags.
	Gazetteer string
	// Places answers /api/gazetteer; without it there is none. Its places must be those
	// of Gazetteer.
	Places PlaceFinder
	// Country finds the place of a country by its ISO 3166-1 alpha-2 code, and its
	// capital; nil for what isn't known. It names the ends of relations. May be nil.
	Country func(code string) (country, capital *gazetteer.Place)
	// Labels is the policy for the names of disputed places; the zero value
	// shows the gazetteer's.
	Labels geo.Labels
	// Version is the program's, for /healthz and ETags.
	Version string
	// AllowedHosts are host names, without port, that requests may be addressed
	// to. A server on a loopback address takes localhost, 127.0.0.1 and ::1 in
	// any case and nothing else by default, against DNS rebinding; on another
	// address an empty list takes every host.
	AllowedHosts []string

	// Since says what a view has that an earlier one had not, for /api/live; by
	// default that is what *index.View says of itself.
	Since func(now, before View) index.Change

	// BaseURL is the address under which clients reach the server, for links in
	// answers. Without it that is what the request names, which behind a proxy may
	// not be what the client sees.
	BaseURL string
	// CORS lets pages of other origins read /api, /layers and /tiles. Leave it off on
	// a loopback address: every page that its user visits could read the data.
	CORS bool
	// EmbedOn lists the origins (https://news.example, https://*.news.example) whose
	// pages may show the map in a frame, with embed=1; none: every page may. With
	// NoEmbedder alone no page may.
	EmbedOn []string
	// Raster is a basemap of image tiles for the map page; nil: it has its own.
	Raster *Raster
	// CursorKey signs the cursors of pages. Without it they end with the server.
	CursorKey []byte
	// CacheBytes bounds the finished answers that are kept; 24 MB. Negative: none are.
	CacheBytes int
	// Now is the clock of time stamps in answers and in files; time.Now.
	Now func() time.Time

	QueryTimeout    time.Duration // for one query with all that it sends; 2 minutes
	Heartbeat       time.Duration // between the signs of life in /api/live; 15 seconds
	StallTimeout    time.Duration // for a client to take in a few kilobytes; 30 seconds
	ShutdownTimeout time.Duration // for requests under way when Serve is told to end; 10 seconds
}

// What a request may be and take.
const (
	maxHeaderBytes = 16 << 10 // request line and headers
	maxBodyBytes   = 1 << 20
	maxConnections = 4096
	readTimeout    = 10 * time.Second // for a whole request
	idleTimeout    = 2 * time.Minute  // between two requests of a connection
)

// Server answers HTTP requests. Use New.
type Server struct {
	cfg     Config
	log     *slog.Logger
	app     *fiber.App
	page    page
	indexes indexCache
	gzips   sync.Pool // of *gzip.Writer
	cache   *responseCache
	turns   chan struct{} // of those who make answers
	scratch sync.Pool     // of *[]byte, in which features are encoded
	encoder *layer.Encoder
	pages   pageSet
	land    basemap
	scenes  sceneCache
	packs   packing

	started atomic.Bool
	streams sync.WaitGroup
	// Set by Serve before the first request.
	base  context.Context // of all queries
	hosts hostSet
	hub   *hub
}

// New prepares a server. It reads Config.Page at once.
func New(cfg Config) (*Server, error) {
	if cfg.Snapshot == nil {
		return nil, errors.New("new server: no source of snapshots")
	}
	if cfg.View == nil {
		return nil, errors.New("new server: no source of views")
	}
	if u, err := url.Parse(cfg.BaseURL); cfg.BaseURL != "" && (err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "http" && u.Scheme != "https") {
		return nil, fmt.Errorf("new server: the address %q is no http:// or https:// URL without a query", cfg.BaseURL)
	}
	if err := CheckEmbedders(cfg.EmbedOn); err != nil {
		return nil, fmt.Errorf("new server: embed on %w", err)
	}
	if cfg.Raster != nil {
		if err := cfg.Raster.Check(); err != nil {
			return nil, fmt.Errorf("new server: %w", err)
		}
	}
	cfg.QueryTimeout = orDefault(cfg.QueryTimeout, 2*time.Minute)
	cfg.Heartbeat = orDefault(cfg.Heartbeat, 15*time.Second)
	if cfg.Since == nil {
		cfg.Since = sinceView
	}
	cfg.StallTimeout = orDefault(cfg.StallTimeout, 30*time.Second)
	cfg.ShutdownTimeout = orDefault(cfg.ShutdownTimeout, 10*time.Second)
	pages, err := loadPage(cfg.Page)
	if err != nil {
		return nil, fmt.Errorf("new server: %w", err)
	}
	if len(cfg.CursorKey) == 0 {
		cfg.CursorKey = make([]byte, 32)
		_, _ = rand.Read(cfg.CursorKey) // never fails
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.CacheBytes == 0 {
		cfg.CacheBytes = 24 << 20
	}
	s := &Server{
		cfg: cfg, log: cfg.Log, page: pages, packs: newPacking(),
		encoder: layer.NewEncoder(layer.Options{Labels: cfg.Labels}),
		cache:   newResponseCache(max(cfg.CacheBytes, 0)), turns: make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.app = s.newApp()
	return s, nil
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

// Serve answers requests from ln until ctx ends. Then it takes no more and
// finishes those under way; what isn't done within Config.ShutdownTimeout is
// cut off and reported as an error. Serve closes ln and can be called once.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	if !s.started.CompareAndSwap(false, true) {
		return errors.New("serve: the server was started before")
	}
	base, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	s.base = base
	s.hosts = newHostSet(ln.Addr(), s.cfg.AllowedHosts)

	// Live streams end when the server is told to, so that it need not wait for them.
	live, endLive := context.WithCancel(ctx)
	defer endLive()
	s.hub = newHub(s.cfg.View, s.cfg.Since)
	s.streams.Go(func() { s.hub.run(live) })

	tracked := newListener(ln, s.cfg.StallTimeout)
	served := make(chan error, 1)
	go func() { served <- s.app.Listener(tracked) }()
	select {
	case err := <-served:
		return errors.Join(fmt.Errorf("serve %s: %w", ln.Addr(), orClosed(err)), tracked.Close())
	case <-ctx.Done():
	}

	limit, stop := context.WithTimeout(base, s.cfg.ShutdownTimeout)
	defer stop()
	// The app may not have taken the listener over yet, so close it in any case.
	err := errors.Join(tracked.Close(), s.app.ShutdownWithContext(limit))
	cut()
	tracked.closeConnections()
	s.streams.Wait()
	if err = errors.Join(err, <-served); err != nil {
		return fmt.Errorf("shut down %s: %w", ln.Addr(), err)
	}
	return nil
}

// orClosed names the reason why a server ends without being told to.
func orClosed(err error) error {
	if err == nil {
		return net.ErrClosed
	}
	return err
}
