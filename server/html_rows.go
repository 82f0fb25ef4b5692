package server

import (
	"bytes"
	"html/template"
	"net/url"
	"strings"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// rowWriter writes the rows of a table of features. The templates would take a
// second for a thousand rows; this is the only HTML that they don't write.
type rowWriter struct {
	base, itemsURL string
	order          []int // of the columns
	first          int   // of these, how many a narrow screen shows, too
	out            bytes.Buffer
}

// html is what was written. Every text in it went through escape.
func (w *rowWriter) html() template.HTML { return template.HTML(w.out.String()) }

func (w *rowWriter) raw(s string) { w.out.WriteString(s) }

func (w *rowWriter) escape(s string) { template.HTMLEscape(&w.out, []byte(s)) }

func (w *rowWriter) add(f layer.Feature) {
	w.raw(`<tr><th scope="row">`)
	w.link(w.itemsURL+"/"+url.PathEscape(f.ID)+"?f=html", f.ID)
	w.raw("</th>")
	for n, i := range w.order {
		if i < len(f.Properties) {
			w.cell(viewCell(w.base, f, f.Properties[i]), n < w.first, f.Properties[i].Name)
		}
	}
	w.raw(`<td class="geometry">`)
	w.escape(geometryText(f))
	w.raw("</td></tr>\n")
}

// link takes addresses of this server, and those that safeURL lets pass.
func (w *rowWriter) link(href, text string) {
	w.raw(`<a href="`)
	w.escape(href)
	w.raw(`"><bdi>`)
	w.escape(text)
	w.raw("</bdi></a>")
}

// cell writes a cell; name is that of its column.
func (w *rowWriter) cell(c cellView, first bool, name string) {
	w.raw(`<td dir="auto"`)
	class := c.Class
	if first && c.Text != "" {
		class = strings.TrimPrefix(class+" first", " ")
		if !tellsItself(name) {
			w.raw(` data-label="` + name + `"`)
		}
	}
	if class != "" {
		w.raw(` class="` + class + `"`) // ours, like the names of columns
	}
	w.raw(">")
	switch {
	case c.Sentence:
		w.escape(c.Before)
		w.raw("<mark>")
		w.escape(c.Name)
		w.raw("</mark>")
		w.escape(c.After)
	case c.Href != "":
		w.link(c.Href, c.Text)
	case c.Badge != "":
		w.raw(`<span class="badge type-`)
		w.escape(c.Badge)
		w.raw(`">`)
		w.escape(c.Text)
		w.raw("</span>")
	case c.Class == classLong:
		w.raw(`<div class="long" role="group" aria-label="Long text" tabindex="0">`)
		w.escape(c.Text)
		w.raw("</div>")
	default:
		w.escape(c.Text)
	}
	w.raw("</td>")
}

// tellsItself reports whether a value of the column needs no heading, where each row
// is a card of its own.
func tellsItself(column string) bool {
	switch column {
	case "event", "label", "name", "sentence":
		return true
	}
	return false
}
