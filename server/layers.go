package server

import (
	"io"
	"iter"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo/gpkg"
	"github.com/conflictmap/conflictmap/geo/index"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// format is a way to write a layer.
type format struct {
	extension   string
	contentType string
	download    bool // browsers save it rather than show it
	// begin starts to read what the query selects, so that one that fails at once
	// gets a proper answer, and returns what writes it; nil for a GeoPackage, which is
	// packed into a file first.
	begin func(s *Server, q *query, collection string, selected index.Query) (write func(io.Writer, layer.Meta) error, stop func(), err error)
}

func formats() []format {
	return []format{
		{extension: "geojson", contentType: "application/geo+json", begin: beginGeoJSON},
		{extension: "csv", contentType: "text/csv; charset=utf-8; header=present", download: true, begin: beginCSV},
		{extension: "gpkg", contentType: gpkg.ContentType, download: true},
	}
}

func (s *Server) layerRoutes(app *fiber.App) {
	for _, collection := range layer.Collections() {
		for _, f := range formats() {
			app.Get("/layers/"+collection+"."+f.extension, s.layer(collection, f))
		}
	}
}

// layer answers with all features of a collection that the query selects.
func (s *Server) layer(collection string, f format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		selected, _, err := readQuery(c, collection)
		if err != nil {
			return err
		}
		q := s.openView(c)
		streaming := false
		defer func() {
			if !streaming { // else the stream closes it
				q.close()
			}
		}()
		streaming, err = s.answerLayer(c, q, collection, f, selected)
		return err
	}
}

// answerLayer reports whether it left the query to a stream.
func (s *Server) answerLayer(c *fiber.Ctx, q *query, collection string, f format, selected index.Query) (streaming bool, err error) {
	version, coding := q.view.Version(), contentCoding(c)
	meta := layer.Meta{Collection: collection, Filter: strings.TrimPrefix(selected.Key(), "&"), Version: version, Gazetteer: s.cfg.Gazetteer, Attribution: s.cfg.Attribution}
	parts := []string{version, c.Path(), meta.Filter, coding, s.cfg.Gazetteer, s.cfg.Attribution, string(s.cfg.Labels), s.cfg.Version}
	var changed time.Time
	if f.begin == nil {
		changed = s.packs.since(version, s.cfg.Now)
		parts = append(parts, changed.String())
	}
	tag := entityTag(parts...)
	if validators(c, tag, "no-cache") {
		return false, nil
	}
	f.setHeaders(c, coding, collection)
	if c.Method() == fiber.MethodHead {
		return false, nil
	}
	if f.begin == nil {
		return s.answerPackage(c, q, coding, meta, changed, s.features(q, collection, selected))
	}
	write, stop, err := f.begin(s, q, collection, selected)
	if err != nil {
		stop()
		return false, err
	}
	s.stream(c, q, coding, func(w io.Writer) error {
		defer stop()
		return write(w, meta)
	})
	return true, nil
}

func beginCSV(s *Server, q *query, collection string, selected index.Query) (write func(io.Writer, layer.Meta) error, stop func(), err error) {
	all, stop, err := peek(s.features(q, collection, selected))
	return func(w io.Writer, m layer.Meta) error { return layer.WriteCSV(w, m, all) }, stop, err
}

func beginGeoJSON(s *Server, q *query, collection string, selected index.Query) (write func(io.Writer, layer.Meta) error, stop func(), err error) {
	all, stop, err := peek(s.encoded(q, collection, selected))
	return func(w io.Writer, m layer.Meta) error { return layer.WriteEncoded(w, m, all) }, stop, err
}

// encoded yields what the query selects as GeoJSON features. The bytes hold until
// the next ones are asked for.
func (s *Server) encoded(q *query, collection string, selected index.Query) iter.Seq2[[]byte, error] {
	switch collection {
	case layer.MentionCollection:
		return encodedRows(q.view.Mentions(q.ctx, selected), s.encoder.AppendMention)
	case layer.PlaceCollection:
		return encodedRows(q.view.Places(q.ctx, selected), s.encoder.AppendPlace)
	default:
		return encodedRows(q.view.Events(q.ctx, selected), s.encoder.AppendEvent)
	}
}

func encodedRows[T any](rows iter.Seq2[T, error], add func([]byte, *T) ([]byte, error)) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var b []byte
		for row, err := range rows {
			if err == nil {
				b, err = add(b[:0], &row)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

func (f format) setHeaders(c *fiber.Ctx, coding, collection string) {
	c.Set(fiber.HeaderContentType, f.contentType)
	if f.download {
		c.Set(fiber.HeaderContentDisposition, `attachment; filename="conflictmap-`+collection+"."+f.extension+`"`)
	}
	if coding != identity {
		c.Set(fiber.HeaderContentEncoding, coding)
	}
}

func (s *Server) features(q *query, collection string, selected index.Query) iter.Seq2[layer.Feature, error] {
	shown := layer.Options{Labels: s.cfg.Labels}
	return shown.Of(collection, q.view.Events(q.ctx, selected), q.view.Mentions(q.ctx, selected), q.view.Places(q.ctx, selected))
}

// peek asks for the first element and returns its error, or a sequence that
// starts with it and can be ranged over once. stop frees what seq holds.
func peek[T any](seq iter.Seq2[T, error]) (all iter.Seq2[T, error], stop func(), err error) {
	next, stop := iter.Pull2(seq)
	first, err, ok := next()
	if err != nil {
		return nil, stop, err
	}
	return func(yield func(T, error) bool) {
		for v, err := first, error(nil); ok; v, err, ok = next() {
			if !yield(v, err) {
				return
			}
		}
	}, stop, nil
}
