package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// feature answers with one feature of the collection.
func (s *Server) feature(x variant) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return s.cached(c, func(ctx context.Context, r *request, v View) (answer, error) {
			a, err := s.answerFeature(ctx, r, v, x)
			if errors.Is(err, geo.ErrNotFound) {
				return answer{}, problemf(fiber.StatusNotFound, "There is no such feature in the collection %s.", x.id)
			}
			return a, err
		})
	}
}

func (s *Server) answerFeature(ctx context.Context, r *request, v View, x variant) (answer, error) {
	values, err := r.values()
	if err != nil {
		return answer{}, err
	}
	if err := r.readFormat(values); err != nil {
		return answer{}, err
	}
	crs, err := takeCRS(values, "crs")
	if err != nil {
		return answer{}, err
	}
	if err := noneLeft(values, "f", "crs"); err != nil {
		return answer{}, err
	}
	id, err := featureID(r.path)
	if err != nil {
		return answer{}, err
	}
	links := append(r.selfLinks(typeGeoJSON),
		link{Href: r.base + x.path(), Rel: "collection", Type: typeJSON, Title: "The collection"})
	var a answer
	if r.html {
		a, err = s.featureAsPage(ctx, r, v, x, id, links)
	} else {
		a, err = s.featureAsJSON(ctx, v, x, id, crs, links)
	}
	if err != nil {
		return answer{}, err
	}
	a.header("Content-Crs", "<"+crs.URI()+">")
	return a, nil
}

// featureID reads the last element of the path.
func featureID(path string) (string, error) {
	raw := path[strings.LastIndexByte(path, '/')+1:]
	id, err := url.PathUnescape(raw)
	if err != nil || len(id) > maxIDBytes || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return "", badParameter("id", raw, "is not an id of a feature")
	}
	return id, nil
}

func (s *Server) featureAsJSON(ctx context.Context, v View, x variant, id string, crs layer.CRS, links []link) (answer, error) {
	if x.geometry != "" {
		if _, err := s.findFeature(ctx, v, x, id); err != nil {
			return answer{}, err
		}
	}
	e := s.encoder.In(crs)
	var body []byte
	var err error
	switch x.collection {
	case layer.MentionCollection:
		body, err = encodeOne(ctx, id, v.Mention, e.AppendMention)
	case layer.PlaceCollection:
		body, err = encodeOne(ctx, id, v.Place, e.AppendPlace)
	default:
		body, err = encodeOne(ctx, id, v.Event, e.AppendEvent)
	}
	if err != nil {
		return answer{}, err
	}
	list, err := json.Marshal(links)
	if err != nil {
		return answer{}, fmt.Errorf("write the links: %w", err)
	}
	body = append(body[:len(body)-1], `,"links":`...)
	body = append(append(body, list...), "}\n"...)
	a := answer{contentType: typeGeoJSON, body: body}
	a.link(links)
	return a, nil
}

func encodeOne[T any](ctx context.Context, id string, find func(context.Context, string) (T, error), add func([]byte, *T) ([]byte, error)) ([]byte, error) {
	found, err := find(ctx, id)
	if err != nil {
		return nil, err
	}
	return add(nil, &found)
}

func (s *Server) featureAsPage(ctx context.Context, r *request, v View, x variant, id string, links []link) (answer, error) {
	page := &featurePage{Collection: s.describe(r, v, x), Links: links, Base: r.base}
	page.Columns = page.Collection.Columns
	var err error
	if page.Feature, err = s.findFeature(ctx, v, x, id); err != nil {
		return answer{}, err
	}
	return s.render(r, page)
}

// findFeature finds a feature of the collection as people read it.
func (s *Server) findFeature(ctx context.Context, v View, x variant, id string) (found layer.Feature, err error) {
	shown := layer.Options{Labels: s.cfg.Labels}
	one := shown.Of(x.collection, findOne(ctx, id, v.Event), findOne(ctx, id, v.Mention), findOne(ctx, id, v.Place))
	for found, err = range one {
		if err != nil {
			return found, err
		}
	}
	if x.geometry != "" && index.GeometryType(found.Geometry) != x.geometry {
		return found, fmt.Errorf("%s %q: %w", x.id, id, geo.ErrNotFound)
	}
	return found, nil
}

// findOne is a sequence of the feature with the id.
func findOne[T any](ctx context.Context, id string, find func(context.Context, string) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) { yield(find(ctx, id)) }
}
