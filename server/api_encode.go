package server

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// pageOf counts the features of a page while they are read, and finds where it ends.
type pageOf struct {
	limit    int
	returned int
	last     index.Position // of the last feature, if there are more
}

// take yields the first features up to the limit, of which rows has one more.
func take[T any](p *pageOf, rows iter.Seq2[T, error], position func(*T) index.Position) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var last index.Position
		for row, err := range rows {
			if err != nil {
				yield(row, err)
				return
			}
			if p.returned == p.limit {
				p.last = last
				return
			}
			p.returned++
			if p.returned == p.limit {
				last = position(&row)
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// encode hands over the features of the page one by one, as GeoJSON. The bytes
// hold until the next one is asked for.
func (s *Server) encode(ctx context.Context, v View, asked *itemsRequest, p *pageOf, b []byte, each func([]byte) ([]byte, error)) error {
	e := s.encoder.In(asked.crs)
	q := asked.query
	q.Limit = p.limit + 1
	switch asked.collection {
	case layer.MentionCollection:
		return encodeRows(take(p, v.Mentions(ctx, q), index.MentionPosition), b, e.AppendMention, each)
	case layer.PlaceCollection:
		return encodeRows(take(p, v.Places(ctx, q), index.PlacePosition), b, e.AppendPlace, each)
	default:
		return encodeRows(take(p, v.Events(ctx, q), index.EventPosition), b, e.AppendEvent, each)
	}
}

func encodeRows[T any](rows iter.Seq2[T, error], b []byte, add func([]byte, *T) ([]byte, error), each func([]byte) ([]byte, error)) error {
	for row, err := range rows {
		if err != nil {
			return err
		}
		if b, err = add(b, &row); err != nil {
			return err
		}
		if b, err = each(b); err != nil {
			return err
		}
	}
	return nil
}

// itemsAsJSON makes a page as GeoJSON.
func (s *Server) itemsAsJSON(ctx context.Context, r *request, v View, asked *itemsRequest, matched int) (answer, error) {
	scratch, ok := s.scratch.Get().(*[]byte)
	if !ok {
		scratch = new([]byte)
	}
	defer s.scratch.Put(scratch)
	p := &pageOf{limit: asked.limit}
	features := (*scratch)[:0]
	err := s.encode(ctx, v, asked, p, features, func(b []byte) ([]byte, error) {
		features = append(b, ",\n"...)
		return features, nil
	})
	if err != nil {
		return answer{}, fmt.Errorf("read %s: %w", asked.id, err)
	}
	*scratch = features
	if len(features) > 0 {
		features = features[:len(features)-len(",\n")]
	}
	links := s.itemsLinks(r, asked, asked.cursorKey(), p.last)
	tail, err := tailOf(p.returned, links)
	if err != nil {
		return answer{}, err
	}
	head := headOf(matched)
	a := answer{contentType: typeGeoJSON, body: slices.Concat(head, features, tail)}
	a.link(links)
	return a, nil
}

// headOf begins the FeatureCollection, up to its first feature.
func headOf(matched int) []byte {
	b := []byte(`{"type":"FeatureCollection","numberMatched":`)
	b = strconv.AppendInt(b, int64(matched), 10)
	return append(b, `,"features":[`+"\n"...)
}

// tailOf ends it.
func tailOf(returned int, links []link) ([]byte, error) {
	b := append([]byte("\n"), `],"numberReturned":`...)
	b = strconv.AppendInt(b, int64(returned), 10)
	list, err := json.Marshal(links)
	if err != nil {
		return nil, fmt.Errorf("write the links: %w", err)
	}
	return append(append(append(b, `,"links":`...), list...), "}\n"...), nil
}

// streamItems answers with a page that is too large to be kept.
func (s *Server) streamItems(c *fiber.Ctx, x variant) error {
	r, err := s.requestOf(c)
	if err != nil {
		return err
	}
	asked, err := s.readItems(r, x)
	if err != nil {
		return err
	}
	if r.html {
		return s.cached(c, s.makeItems(x))
	}
	q := s.openView(c)
	streaming := false
	defer func() {
		if !streaming {
			q.close()
		}
	}()
	coding := contentCoding(c)
	tag := s.tagOf(q.view.Version(), requestKey(nil, c), coding)
	if validators(c, tag, revalidate) {
		setValidators(c, tag)
		return nil
	}
	matched, err := asked.count(q.ctx, q.view)
	if err != nil {
		return err
	}
	setValidators(c, tag)
	c.Set(fiber.HeaderContentType, typeGeoJSON)
	c.Set("Content-Crs", "<"+asked.crs.URI()+">")
	if coding != identity {
		c.Set(fiber.HeaderContentEncoding, coding)
	}
	if c.Method() == fiber.MethodHead {
		return nil
	}
	streaming = true
	s.stream(c, q, coding, func(w io.Writer) error { return s.writeItems(q, w, r, asked, matched) })
	return nil
}

func (s *Server) writeItems(q *query, w io.Writer, r *request, asked *itemsRequest, matched int) error {
	if _, err := w.Write(headOf(matched)); err != nil {
		return err
	}
	p := &pageOf{limit: asked.limit}
	err := s.encode(q.ctx, q.view, asked, p, nil, func(b []byte) ([]byte, error) {
		if _, err := w.Write(b); err != nil {
			return b, err
		}
		return append(b[:0], ",\n"...), nil
	})
	if err != nil {
		return fmt.Errorf("read %s: %w", asked.id, err)
	}
	tail, err := tailOf(p.returned, s.itemsLinks(r, asked, asked.cursorKey(), p.last))
	if err != nil {
		return err
	}
	_, err = w.Write(tail)
	return err
}

// itemsAsPage makes a page for people.
func (s *Server) itemsAsPage(ctx context.Context, r *request, v View, asked *itemsRequest, matched int) (answer, error) {
	p := &pageOf{limit: asked.limit}
	q := asked.query
	q.Limit = p.limit + 1
	shown := layer.Options{Labels: s.cfg.Labels}
	rows := shown.Of(asked.collection, take(p, v.Events(ctx, q), index.EventPosition),
		take(p, v.Mentions(ctx, q), index.MentionPosition), take(p, v.Places(ctx, q), index.PlacePosition))
	page := &itemsPage{
		Collection: s.describe(r, v, asked.variant), NumberMatched: matched, Given: asked.given, Limit: asked.limit,
		Downloads: asked.downloads(r), Base: r.base, ItemsURL: r.base + asked.path() + "/items",
	}
	page.Columns = page.Collection.Columns
	for f, err := range rows {
		if err != nil {
			return answer{}, fmt.Errorf("read %s: %w", asked.id, err)
		}
		f.Properties = slices.Clone(f.Properties) // they are shared
		page.Features = append(page.Features, f)
	}
	page.NumberReturned = p.returned
	page.Links = s.itemsLinks(r, asked, asked.cursorKey(), p.last)
	return s.render(r, page)
}
