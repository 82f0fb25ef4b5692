package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
func (s *Server) article(ctx context.Context, r *request, v View) (resource, error) {
	if err := r.onlyFormat(); err != nil {
		return nil, err
	}
	raw := r.path[strings.LastIndexByte(r.path, '/')+1:]
	id, err := url.PathUnescape(raw)
	if err != nil || len(id) > maxIDBytes || !utf8.ValidString(id) || strings.ContainsFunc(id, unicode.IsControl) {
		return nil, badParameter("id", raw, "is not an id of an article")
	}
	a, err := s.readArticle(ctx, r, v, id)
	if errors.Is(err, geo.ErrNotFound) {
		return nil, problemf(fiber.StatusNotFound, "There is no article %q.", id)
	}
	return a, err
}

func (s *Server) readArticle(ctx context.Context, r *request, v View, id string) (doc *articleDocument, err error) {
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
	records := recordsOf(ctx, v, a, mentions)
	var features bytes.Buffer
	meta := layer.Meta{Collection: layer.MentionCollection, Version: snapshot.Version(), Gazetteer: s.cfg.Gazetteer, Attribution: s.cfg.Attribution}
	if err := layer.WriteGeoJSON(&features, meta, layer.Options{Labels: s.cfg.Labels}.Mentions(all(records))); err != nil {
		return nil, err
	}
	doc.Mentions = features.Bytes()
	doc.Records = records
	return doc, nil
}

// recordsOf joins the mentions with their article, without its text. Which account it
// gives only the view knows, unless the article came later.
func recordsOf(ctx context.Context, v View, a geo.Article, mentions []geo.Mention) []geo.Record {
	a.Text = ""
	var origin string
	if len(mentions) > 0 {
		if known, err := v.Mention(ctx, mentions[0].ID()); err == nil {
			origin = known.Origin
		}
	}
	records := make([]geo.Record, len(mentions))
	for i, m := range mentions {
		records[i] = geo.Record{Mention: m, Article: a, Origin: origin}
	}
	return records
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
