package server

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
	"github.com/conflictmap/conflictmap/geo/tile"
)

func (s *Server) tileRoutes(app *fiber.App) {
	for _, collection := range layer.Collections() {
		root := "/tiles/" + collection
		app.Get(root+"/:z/:x/:y.mvt", s.tile(collection))
		app.Get(root+".json", s.tileSet(collection, tileJSON))
		app.Get(root+".style.json", s.tileSet(collection, tileStyle, "labels"))
	}
}

// tile answers with a vector tile of what the query selects, 204 for an empty one.
func (s *Server) tile(collection string) fiber.Handler {
	prefix := "/tiles/" + collection + "/"
	return func(c *fiber.Ctx) error {
		return s.cached(c, func(ctx context.Context, r *request, v View) (answer, error) {
			id, err := tileID(strings.TrimPrefix(r.path, prefix))
			if err != nil {
				return answer{}, err
			}
			values, err := r.values()
			if err != nil {
				return answer{}, err
			}
			q, _, err := selectQuery(values, collection)
			if err != nil {
				return answer{}, err
			}
			scene, err := s.scene(ctx, v, collection, q)
			if err != nil {
				return answer{}, err
			}
			body := scene.Tile(id)
			if body == nil {
				return answer{status: fiber.StatusNoContent}, nil
			}
			return answer{contentType: tile.ContentType, body: body}, nil
		})
	}
}

// tileID reads z/x/y.mvt.
func tileID(address string) (tile.ID, error) {
	parts := strings.Split(strings.TrimSuffix(address, ".mvt"), "/")
	if len(parts) != 3 {
		return tile.ID{}, problemf(fiber.StatusNotFound, "A tile has an address such as 5/20/11.mvt.")
	}
	id, err := tile.ParseID(parts[0], parts[1], parts[2])
	if err != nil {
		return tile.ID{}, problemf(fiber.StatusBadRequest, "There is no tile %s: %v.", clip(address), err)
	}
	return id, nil
}

// tileSet answers with a document about the tiles of what the query selects.
func (s *Server) tileSet(collection string, document func(tile.Set, string) (any, error), others ...string) fiber.Handler {
	return func(c *fiber.Ctx) error {
		return s.cached(c, func(ctx context.Context, r *request, v View) (answer, error) {
			values, err := r.values()
			if err != nil {
				return answer{}, err
			}
			q, rest, err := selectQuery(values, collection, others...)
			if err != nil {
				return answer{}, err
			}
			set, err := s.setOf(ctx, r, v, collection, q)
			if err != nil {
				return answer{}, err
			}
			doc, err := document(set, rest.Get("labels"))
			if err != nil {
				return answer{}, err
			}
			var body bytes.Buffer
			out := json.NewEncoder(&body)
			out.SetEscapeHTML(false) // not all readers of styles know \u
			if err := out.Encode(doc); err != nil {
				return answer{}, fmt.Errorf("write the document about tiles: %w", err)
			}
			return answer{contentType: fiber.MIMEApplicationJSON, body: body.Bytes()}, nil
		})
	}
}

// setOf describes the tiles; their addresses keep the filter of the request.
func (s *Server) setOf(ctx context.Context, r *request, v View, collection string, q index.Query) (tile.Set, error) {
	filter := withParameter(cleanQuery(r.query), "labels", "")
	set := tile.Set{
		Collection: collection, Attribution: s.cfg.Attribution,
		URL: r.base + joinQuery("/tiles/"+collection+"/{z}/{x}/{y}.mvt", filter),
	}
	scene, err := s.scene(ctx, v, collection, q)
	if err != nil {
		return set, err
	}
	if b, ok := scene.Bounds(); ok {
		set.Bounds = &b
	}
	return set, nil
}

func tileJSON(set tile.Set, _ string) (any, error) { return set.TileJSON(), nil }

func tileStyle(set tile.Set, labels string) (any, error) {
	switch labels {
	case "", "no":
		return set.Style(false), nil
	case "yes":
		return set.Style(true), nil
	}
	return nil, badParameter("labels", labels, "must be yes or no")
}
