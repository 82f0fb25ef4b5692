package server

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/paulmach/orb/encoding/wkt"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// itemsView is a page of features as the template shows it.
type itemsView struct {
	Collection        collection
	Matched, Returned int
	First, Next       *link
	Map               *mapView
	Form              formView
	Heads             []layer.Column // without the id
	Rows              template.HTML  // made by rowWriter
	Downloads         []link
}

// cellView is one value. A sentence shows its name marked between Before and After.
type cellView struct {
	Text, Class         string
	Href, Badge         string
	Sentence            bool
	Before, Name, After string
}

func (s *Server) viewItems(r *itemsPage) itemsView {
	order := columnOrder(r.Collection.variant.collection, r.Columns)
	v := itemsView{
		Collection: r.Collection, Matched: r.NumberMatched, Returned: r.NumberReturned,
		First: linkOf(r.Links, "first"), Next: linkOf(r.Links, "next"),
		Map: s.drawMap(r.Features, r.Given), Form: viewForm(r), Downloads: r.Downloads,
	}
	if v.Map != nil && r.Collection.variant.collection == layer.PlaceCollection {
		v.Map.Caption = "Places are marked where their name would stand, be they points or not."
	}
	for _, i := range order {
		v.Heads = append(v.Heads, r.Columns[i])
	}
	rows := rowWriter{base: r.Base, itemsURL: r.ItemsURL, order: order, first: len(firstColumns(r.Collection.variant.collection))}
	for _, f := range r.Features {
		rows.add(f)
	}
	v.Rows = rows.html()
	return v
}

// columnOrder lists the places of the columns, those first that people look at,
// without the id.
func columnOrder(collection string, columns []layer.Column) []int {
	var order []int
	for _, name := range firstColumns(collection) {
		if i := slices.IndexFunc(columns, func(c layer.Column) bool { return c.Name == name }); i >= 0 {
			order = append(order, i)
		}
	}
	for i, c := range columns {
		if c.Name != "id" && !slices.Contains(order, i) {
			order = append(order, i)
		}
	}
	return order
}

func firstColumns(collection string) []string {
	switch collection {
	case layer.EventCollection:
		return []string{"event", "label", "from", "to", "sentence", "confidence", "source", "mentions", "articles", "origins", "claim"}
	case layer.MentionCollection:
		return []string{"name", "role", "event", "label", "from", "to", "sentence", "confidence", "source", "published"}
	}
	return []string{"label", "name", "country", "kind", "mentions", "sites", "articles", "first", "last"}
}

// featureView is a single feature as the template shows it.
type featureView struct {
	ID       string
	Sentence *cellView
	Map      *mapView
	Facts    []factView
	Geometry string
}

type factView struct {
	Name, Description string
	Cell              cellView
}

func (s *Server) viewFeature(r *featurePage) featureView {
	v := featureView{ID: r.Feature.ID, Map: s.drawMap([]layer.Feature{r.Feature}, nil), Geometry: geometryText(r.Feature)}
	for i, c := range r.Columns {
		if i >= len(r.Feature.Properties) || c.Name == "id" {
			continue
		}
		cell := viewCell(r.Base, r.Feature, r.Feature.Properties[i])
		if cell.Sentence {
			v.Sentence = &cell
		}
		v.Facts = append(v.Facts, factView{c.Name, c.Description, cell})
	}
	return v
}

// A cell scrolls by itself from longCell bytes on.
const (
	longCell  = 120
	classLong = "long"
)

func viewCell(base string, f layer.Feature, p layer.Property) cellView {
	cell := cellView{Text: textOfValue(p.Value)}
	switch p.Name {
	case "sentence":
		cell.Class = "wide"
		cell.Before, cell.Name, cell.After, cell.Sentence = marked(cell.Text, valueOf(f, "name_start"), valueOf(f, "name_end"))
	case "title", "date_basis", "names", "reasons", "claimants":
		cell.Class = "wide"
	case "event":
		if cell.Text != "" {
			cell.Badge, cell.Text = cell.Text, eventLabel(cell.Text)
		}
	case "url":
		cell.Href = safeURL(cell.Text)
	case "article_id":
		cell.Href = base + "/api/articles/" + url.PathEscape(cell.Text) + "?f=html"
	case "place_id":
		if cell.Text != "" {
			cell.Href = base + collectionsPath + "/" + layer.PlaceCollection + "/items/" + url.PathEscape(cell.Text) + "?f=html"
		}
	}
	if len(cell.Text) > longCell {
		cell.Class = classLong
	}
	switch p.Value.(type) {
	case int, int64, float64:
		cell.Class = "number"
	case geo.Day:
		cell.Class = "day"
	}
	return cell
}

// safeURL is an address that a browser may be led to, or nothing.
func safeURL(address string) string {
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return address
}

// marked cuts the sentence at the name's offsets in code points. False: they
// don't fit it.
func marked(sentence string, start, end any) (before, name, after string, ok bool) {
	from, ok1 := start.(int)
	to, ok2 := end.(int)
	letters := []rune(sentence)
	if !ok1 || !ok2 || from < 0 || to <= from || to > len(letters) {
		return "", "", "", false
	}
	return string(letters[:from]), string(letters[from:to]), string(letters[to:]), true
}

func valueOf(f layer.Feature, name string) any {
	for _, p := range f.Properties {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

func textOfValue(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case []string:
		return strings.Join(v, "; ")
	case bool:
		if v {
			return "yes"
		}
		return "no"
	}
	return fmt.Sprint(value)
}

// geometryText is the geometry as well-known text, or nothing.
func geometryText(f layer.Feature) string {
	if f.Geometry == nil {
		return ""
	}
	return wkt.MarshalString(f.Geometry)
}

func linkOf(links []link, rel string) *link {
	for _, l := range links {
		if l.Rel == rel {
			return &l
		}
	}
	return nil
}
