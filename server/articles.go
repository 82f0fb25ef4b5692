package server

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// maxIDBytes bounds the id of an article in a URL.
const maxIDBytes = 256

// articleDocument is an article with its mentions as a FeatureCollection; what
// isn't known is null.
type articleDocument struct {
	ID        string          `json:"id"`
	Source    *string         `json:"source"`
	URL       *string         `json:"url"`
	Title     *string         `json:"title"`
	Published *string         `json:"published"`
	Text      string          `json:"text"`
	Mentions  json.RawMessage `json:"mentions"`
}

func (s *Server) article(c *fiber.Ctx) error {
	values, err := parseQuery(c)
	if err != nil {
		return err
	}
	if len(values) > 0 {
		name := slices.Min(slices.Collect(maps.Keys(values)))
		return badParameters(&geo.ParamError{Param: clip(name), Value: clip(values.Get(name)), Reason: "unknown parameter (an article takes none)"})
	}
	id, err := url.PathUnescape(c.Params("id"))
	if err != nil || len(id) > maxIDBytes || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return badParameters(&geo.ParamError{Param: "id", Value: clip(c.Params("id")), Reason: "is not an id of an article"})
	}
	body, err := s.readArticle(c, id)
	if errors.Is(err, geo.ErrNotFound) {
		return problemf(fiber.StatusNotFound, "There is no article %q.", id)
	}
	if err != nil {
		return err
	}
	f, err := newFile("article.json", body, gzip.BestSpeed)
	if err != nil {
		return err
	}
	return f.send(c)
}

func (s *Server) readArticle(c *fiber.Ctx, id string) ([]byte, error) {
	q, err := s.openQuery(c)
	if err != nil {
		return nil, err
	}
	defer q.close()
	a, mentions, err := q.snapshot.Article(q.ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read article: %w", err)
	}
	meta := layer.Meta{Collection: layer.MentionCollection, Version: q.snapshot.Version(), Gazetteer: s.cfg.Gazetteer, Attribution: s.cfg.Attribution}
	var features bytes.Buffer
	if err := layer.WriteGeoJSON(&features, meta, layer.Options{Labels: s.cfg.Labels}.Mentions(recordsOf(a, mentions))); err != nil {
		return nil, err
	}
	return json.Marshal(articleDocument{
		ID: a.ID, Source: orNull(a.Source), URL: orNull(a.URL), Title: orNull(a.Title), Published: orNull(a.Published.String()),
		Text: a.Text, Mentions: features.Bytes(),
	})
}

// recordsOf joins the mentions with their article, without its text.
func recordsOf(a geo.Article, mentions []geo.Mention) iter.Seq2[geo.Record, error] {
	a.Text = ""
	return func(yield func(geo.Record, error) bool) {
		for _, m := range mentions {
			if !yield(geo.Record{Mention: m, Article: a}, nil) {
				return
			}
		}
	}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
