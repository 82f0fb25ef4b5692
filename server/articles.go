package server

import (
	"bytes"
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

	Records []geo.Record `json:"-"`
	Links   []link       `json:"-"`
}

func (*articleDocument) template() string { return "article" }
func (*articleDocument) jsonType() string { return typeJSON }
func (a *articleDocument) links() []link  { return a.Links }

// article answers with one article.
func (s *Server) article(ctx context.Context, r *request, _ View) (resource, error) {
	if err := r.onlyFormat(); err != nil {
		return nil, err
	}
	raw := r.path[strings.LastIndexByte(r.path, '/')+1:]
	id, err := url.PathUnescape(raw)
	if err != nil || len(id) > maxIDBytes || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return nil, badParameter("id", raw, "is not an id of an article")
	}
	a, err := s.readArticle(ctx, r, id)
	if errors.Is(err, geo.ErrNotFound) {
		return nil, problemf(fiber.StatusNotFound, "There is no article %q.", id)
	}
	return a, err
}

func (s *Server) readArticle(ctx context.Context, r *request, id string) (doc *articleDocument, err error) {
	snapshot, err := s.cfg.Snapshot(ctx)
	if err != nil {
		return nil, fmt.Errorf("open snapshot: %w", err)
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	a, mentions, err := snapshot.Article(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("read article: %w", err)
	}
	doc = &articleDocument{
		ID: a.ID, Source: orNull(a.Source), URL: orNull(a.URL), Title: orNull(a.Title), Published: orNull(a.Published.String()),
		Text: a.Text, Links: r.selfLinks(typeJSON),
	}
	var features bytes.Buffer
	meta := layer.Meta{Collection: layer.MentionCollection, Version: snapshot.Version(), Gazetteer: s.cfg.Gazetteer, Attribution: s.cfg.Attribution}
	if err := layer.WriteGeoJSON(&features, meta, layer.Options{Labels: s.cfg.Labels}.Mentions(recordsOf(a, mentions))); err != nil {
		return nil, err
	}
	doc.Mentions = features.Bytes()
	a.Text = ""
	for _, m := range mentions {
		doc.Records = append(doc.Records, geo.Record{Mention: m, Article: a})
	}
	return doc, nil
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
