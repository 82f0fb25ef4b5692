package server

import (
	"cmp"
	"html/template"
	"iter"
	"net/url"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// articleView is an article as the template shows it.
type articleView struct {
	*articleDocument
	SafeURL string // the address, if a browser may go there
	Map     *mapView
	Parts   []partView
	Heads   []layer.Column
	Rows    template.HTML // made by rowWriter
}

// partView is a piece of the text. One that names a place has the address of the
// mention and its class.
type partView struct{ Text, Href, Class, Title string }

func (s *Server) viewArticle(base string, a *articleDocument) articleView {
	v := articleView{articleDocument: a, Parts: partsOf(base, a)}
	if a.URL != nil {
		v.SafeURL = safeURL(*a.URL)
	}
	columns, _ := layer.Schema(layer.MentionCollection)
	order := columnOrder(layer.MentionCollection, columns)
	for _, i := range order {
		v.Heads = append(v.Heads, columns[i])
	}
	var features []layer.Feature
	for f, err := range (layer.Options{Labels: s.cfg.Labels}).Mentions(all(a.Records)) {
		if err == nil {
			f.Properties = slices.Clone(f.Properties) // they are shared
			features = append(features, f)
		}
	}
	v.Map = s.drawMap(features, nil)
	rows := rowWriter{base: base, itemsURL: base + collectionsPath + "/" + layer.MentionCollection + "/items", order: order}
	for _, f := range features {
		rows.add(f)
	}
	v.Rows = rows.html()
	return v
}

func all(records []geo.Record) iter.Seq2[geo.Record, error] {
	return func(yield func(geo.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// partsOf cuts the text at the names of places. Where names overlap, the first
// has its way.
func partsOf(base string, a *articleDocument) []partView {
	letters, at := []rune(a.Text), 0
	mentions := slices.SortedFunc(slices.Values(a.Records), func(x, y geo.Record) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
	var parts []partView
	for _, m := range mentions {
		if m.Start < at || m.End <= m.Start || m.End > len(letters) {
			continue
		}
		parts = append(parts, partView{Text: string(letters[at:m.Start])}, partView{
			Text: string(letters[m.Start:m.End]), Href: base + collectionsPath + "/" + layer.MentionCollection + "/items/" + url.PathEscape(m.ID()) + "?f=html",
			Class: "type-" + orElse(string(m.Event), "other"), Title: orElse(eventLabel(string(m.Event)), string(m.Role)),
		})
		at = m.End
	}
	return append(parts, partView{Text: string(letters[at:])})
}
