package server

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

func (s *Server) newApp() *fiber.App {
	app := fiber.New(fiber.Config{
		AppName:               "conflictmap",
		DisableStartupMessage: true,
		Immutable:             true, // Fiber's strings would change under a stream
		CaseSensitive:         true,
		StrictRouting:         true,
		BodyLimit:             maxBodyBytes,
		ReadBufferSize:        maxHeaderBytes,
		Concurrency:           maxConnections,
		ReadTimeout:           readTimeout,
		IdleTimeout:           idleTimeout,
		// No WriteTimeout: it would cut streams. See listener.
		ErrorHandler: func(c *fiber.Ctx, err error) error {
			s.fail(c.Context(), err)
			return nil
		},
	})
	app.Get("/", s.index)
	app.Get("/assets/*", s.asset)
	app.Get("/favicon.ico", s.favicon)
	app.Get("/healthz", s.health)
	app.Get("/api/healthz", s.health) // for clients that know the API only
	app.Get("/api/articles/:id", s.resource(s.article))
	s.openAPIRoutes(app)
	s.htmlRoutes(app)
	s.layerRoutes(app)
	s.apiRoutes(app)
	s.tileRoutes(app)
	s.countRoutes(app)
	s.gazetteerRoutes(app)
	s.liveRoutes(app)
	s.qgisRoutes(app)
	http := app.Server()
	http.Handler = s.guard(http.Handler)
	http.ErrorHandler = s.unreadable
	return app
}

// guard stands around all handlers: it sets the headers that every answer has,
// turns away what no handler should see, and catches panics.
func (s *Server) guard(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		defer func() {
			if p := recover(); p != nil {
				ctx.Response.Reset()
				secure(&ctx.Response.Header)
				s.fail(ctx, panicked(p))
			}
			if s.log.Enabled(ctx, slog.LevelDebug) {
				s.log.Debug("request", requestAttrs(ctx)...)
			}
		}()
		secure(&ctx.Response.Header)
		shared := forOrigins(ctx.RequestURI())
		open := s.cfg.CORS && shared
		if open {
			allowOrigins(&ctx.Response.Header)
		}
		known := s.hosts.allow(string(ctx.Request.Header.Host()))
		if shared && !open && known {
			s.allowOwnOrigin(ctx)
		}
		switch {
		case !known:
			s.fail(ctx, problemf(fiber.StatusMisdirectedRequest, "This server does not answer for the host %q.", clip(string(ctx.Request.Header.Host()))))
		case !slices.Contains(fiber.DefaultMethods, string(ctx.Method())):
			s.fail(ctx, problemf(fiber.StatusNotImplemented, "There is no method %q.", clip(string(ctx.Method()))))
		case open && ctx.IsOptions():
			preflight(ctx)
		default:
			next(ctx)
		}
	}
}

func panicked(p any) error { return fmt.Errorf("panic: %v\n%s", p, debug.Stack()) }

// unreadable answers what isn't a request.
func (s *Server) unreadable(ctx *fasthttp.RequestCtx, err error) {
	secure(&ctx.Response.Header)
	var timeout net.Error
	switch {
	case errors.As(err, new(*fasthttp.ErrSmallBuffer)):
		s.fail(ctx, problemf(fiber.StatusRequestHeaderFieldsTooLarge, "The request line and the headers may have %d bytes together.", maxHeaderBytes))
	case errors.Is(err, fasthttp.ErrBodyTooLarge):
		s.fail(ctx, problemf(fiber.StatusRequestEntityTooLarge, "A request body may have %d bytes.", maxBodyBytes))
	case errors.As(err, &timeout) && timeout.Timeout():
		s.fail(ctx, problemf(fiber.StatusRequestTimeout, "The request did not arrive within %s.", readTimeout))
	default:
		s.fail(ctx, problemf(fiber.StatusBadRequest, "This is not an HTTP request that the server can read."))
	}
}

// requestAttrs describes a request and its answer for the log. The values are
// copies: the context is used again for the next request.
func requestAttrs(ctx *fasthttp.RequestCtx) []any {
	return []any{
		"method", string(ctx.Method()), "path", target(ctx),
		"status", ctx.Response.StatusCode(), "duration", time.Since(ctx.Time()),
	}
}

// target is what the request asks for as it was written, without the query.
func target(ctx *fasthttp.RequestCtx) string {
	path, _, _ := strings.Cut(string(ctx.RequestURI()), "?")
	return clip(path)
}

func (s *Server) health(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(struct {
		Status  string `json:"status"`
		Version string `json:"version"`
	}{"ok", s.cfg.Version})
}
