package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/conflictmap/conflictmap/geo"
)

// problem is a problem document (RFC 9457), and as an error the answer of a handler.
type problem struct {
	Type     string           `json:"type"`
	Title    string           `json:"title"`
	Status   int              `json:"status"`
	Detail   string           `json:"detail"`
	Instance string           `json:"instance"`
	Errors   []parameterError `json:"errors,omitempty"`
}

// parameterError says what is wrong with one parameter of the request.
type parameterError struct {
	Parameter string `json:"parameter"`
	Value     string `json:"value"`
	Reason    string `json:"reason"`
}

// Error implements error.
func (p *problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Title, p.Detail) }

func problemf(status int, format string, args ...any) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: fmt.Sprintf(format, args...)}
}

// badParameters lists what is wrong with a request's parameters. err is a
// *geo.ParamError, or several joined.
func badParameters(err error) *problem {
	p := problemf(fiber.StatusBadRequest, "The request has parameters that cannot be used; see errors.")
	list := []error{err}
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		list = joined.Unwrap()
	}
	for _, e := range list {
		if bad, ok := errors.AsType[*geo.ParamError](e); ok {
			p.Errors = append(p.Errors, parameterError{bad.Param, bad.Value, bad.Reason})
		}
	}
	return p
}

// parseQuery reads the raw query, since Fiber lets broken percent-encoding pass.
func parseQuery(c *fiber.Ctx) (url.Values, error) {
	return parseRawQuery(string(c.Request().URI().QueryString()))
}

func parseRawQuery(raw string) (url.Values, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, problemf(fiber.StatusBadRequest, "The query %q cannot be read: %s.", clip(raw), clip(err.Error()))
	}
	return values, nil
}

// fail answers with a problem document. Errors that are no problem of the
// client's are logged, and the client learns only that there was one.
func (s *Server) fail(ctx *fasthttp.RequestCtx, err error) {
	p, ok := errors.AsType[*problem](err)
	if !ok {
		p = s.problemOf(err)
	}
	p.Instance = target(ctx)
	contentType, body, writeErr := s.writeProblem(ctx, p)
	if writeErr != nil {
		err = errors.Join(err, writeErr)
	}
	ctx.Response.ResetBody()
	for _, header := range []string{fiber.HeaderETag, fiber.HeaderContentEncoding, fiber.HeaderContentDisposition} {
		ctx.Response.Header.Del(header) // they belong to what could not be sent
	}
	ctx.SetStatusCode(p.Status)
	ctx.SetContentType(contentType)
	ctx.Response.Header.Set(fiber.HeaderCacheControl, "no-store")
	ctx.SetBody(body)
	if p.Status >= http.StatusInternalServerError && !ok {
		s.log.Error("request failed", append(requestAttrs(ctx), "error", err)...)
	}
}

// writeProblem writes the problem as a page where the client rather has pages.
func (s *Server) writeProblem(ctx *fasthttp.RequestCtx, p *problem) (contentType string, body []byte, err error) {
	if prefersPage(ctx) {
		var page bytes.Buffer
		base, _ := s.baseURL(ctx) // without it the links are relative
		if err = s.writePage(&page, "problem", problemPage(base, p)); err == nil {
			return contentTypeOf(".html"), page.Bytes(), nil
		}
	}
	body, jsonErr := json.Marshal(p)
	return typeProblem, body, errors.Join(err, jsonErr)
}

func prefersPage(ctx *fasthttp.RequestCtx) bool {
	switch string(ctx.QueryArgs().Peek("f")) {
	case "html":
		return true
	case "json":
		return false
	}
	return wantsHTML(ctx.Request.Header.Peek(fiber.HeaderAccept))
}

func (s *Server) problemOf(err error) *problem {
	if routing, ok := errors.AsType[*fiber.Error](err); ok {
		switch routing.Code {
		case fiber.StatusNotFound:
			return problemf(fiber.StatusNotFound, "There is nothing here.")
		case fiber.StatusMethodNotAllowed:
			return problemf(fiber.StatusMethodNotAllowed, "See Allow for the methods that are possible here.")
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return problemf(fiber.StatusServiceUnavailable, "The query took longer than %s. Ask for less, or try again later.", s.cfg.QueryTimeout)
	}
	return problemf(fiber.StatusInternalServerError, "Something went wrong on the server. Its log says more.")
}

// clip shortens what a client sent for a message.
func clip(s string) string {
	const most = 200
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
