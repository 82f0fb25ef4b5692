package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// request is what an answer is made from. It is a copy, good beyond the handler.
type request struct {
	base  string // address of the server, without a slash at the end
	path  string // as it was written
	query string // likewise
	html  bool   // the Accept header rather takes HTML than JSON; f overrules it
}

// values reads the query, since Fiber lets broken percent-encoding pass.
func (r *request) values() (url.Values, error) { return parseRawQuery(r.query) }

// url is the address of the request with f set to the format, or as it was for "".
func (r *request) url(format string) string {
	if format == "" {
		return r.base + joinQuery(cleanPath(r.path), cleanQuery(r.query))
	}
	return r.base + joinQuery(cleanPath(r.path), withParameter(cleanQuery(r.query), "f", format))
}

// selfLinks are the links to the document in the format that was asked for and
// in the other one.
func (r *request) selfLinks(jsonType string) []link {
	self := link{Href: r.url(""), Rel: "self", Type: jsonType, Title: "This document as JSON"}
	other := link{Href: r.url("html"), Rel: "alternate", Type: typeHTML, Title: "This document as a page"}
	if r.html {
		self.Type, self.Title = typeHTML, "This page"
		other = link{Href: r.url("json"), Rel: "alternate", Type: jsonType, Title: "This page as JSON"}
	}
	return []link{self, other}
}

// readFormat takes f out of the values and notes it in the request.
func (r *request) readFormat(values url.Values) error {
	given, ok := values["f"]
	if !ok {
		return nil
	}
	delete(values, "f")
	switch {
	case len(given) > 1:
		return badParameter("f", given[1], "is given more than once")
	case given[0] == "json":
		r.html = false
	case given[0] == "html":
		r.html = true
	default:
		return badParameter("f", given[0], "must be json or html")
	}
	return nil
}

// onlyFormat reads the query of a resource that takes no parameter but f.
func (r *request) onlyFormat() error {
	values, err := r.values()
	if err != nil {
		return err
	}
	if err := r.readFormat(values); err != nil {
		return err
	}
	return noneLeft(values, "f")
}

// resource answers with a document of the API.
func (s *Server) resource(make func(context.Context, *request, View) (resource, error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return s.cached(c, func(ctx context.Context, r *request, v View) (answer, error) {
			res, err := make(ctx, r, v)
			if err != nil {
				return answer{}, err
			}
			return s.render(r, res)
		})
	}
}

// render writes the resource in the format that the request asks for.
func (s *Server) render(r *request, res resource) (answer, error) {
	var body []byte
	a := answer{contentType: res.jsonType()}
	if r.html {
		a.contentType = contentTypeOf(".html")
		var page bytes.Buffer
		if err := s.writeHTML(&page, r.base, res); err != nil {
			return a, fmt.Errorf("write the page %s: %w", res.template(), err)
		}
		body = page.Bytes()
	} else {
		var err error
		if body, err = json.Marshal(res); err != nil {
			return a, fmt.Errorf("write the document %s: %w", res.template(), err)
		}
		body = append(body, '\n')
	}
	a.body = body
	a.link(res.links())
	return a, nil
}

// maxLinkHeader bounds the Link header: clients refuse very long headers.
const maxLinkHeader = 4 << 10

// link sets the Link header (RFC 8288), unless it would be very long.
func (a *answer) link(links []link) {
	var b strings.Builder
	for _, l := range links {
		if l.Templated {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "<%s>; rel=%q", l.Href, l.Rel)
		if l.Type != "" {
			fmt.Fprintf(&b, "; type=%q", l.Type)
		}
	}
	if b.Len() > 0 && b.Len() <= maxLinkHeader {
		a.header(fiber.HeaderLink, b.String())
	}
}
