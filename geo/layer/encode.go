package layer

import (
	"fmt"
	"math"
	"strconv"

	"github.com/conflictmap/conflictmap/geo"
)

// Encoder writes features as GeoJSON, byte for byte what WriteGeoJSON writes of
// them, without a Feature in between: next to no garbage, and what features of
// one place share (its columns, its geometry) is encoded once and kept, up to
// some megabytes. It is safe for use by several goroutines and gets faster with
// use, so keep it.
//
// Places are told apart by their pointers: they must not change.
type Encoder struct {
	options Options
	crs     CRS
	kept    *[3]kept // by CRS
}

type kept struct {
	drawn  fragments[drawn]
	listed fragments[listed]
}

// NewEncoder returns an encoder that writes CRS84.
func NewEncoder(o Options) *Encoder { return &Encoder{options: o, kept: new([3]kept)} }

// In returns an encoder that writes another reference system and shares what
// this one keeps.
func (e *Encoder) In(crs CRS) *Encoder { return &Encoder{options: e.options, crs: crs, kept: e.kept} }

// AppendMention appends the feature of a mention. An error, for a position that
// is not on the globe or a number that is not finite, leaves a part of it in b.
func (e *Encoder) AppendMention(b []byte, r *geo.Record) ([]byte, error) {
	place := e.drawnAt(r.Place)
	w := row{b: append(b, `{"type":"Feature","id":`...)}
	id := len(w.b)
	w.mentionID(r)
	idEnd := len(w.b)
	w.geometry(e.crs, r.Geometry, place)
	w.b = append(append(w.b, `,"properties":{"id":`...), w.b[id:idEnd]...)
	w.text(`,"article_id":`, r.Mention.Article)
	w.text(`,"title":`, r.Article.Title)
	w.text(`,"source":`, r.Article.Source)
	w.text(`,"url":`, r.Article.URL)
	w.day(`,"published":`, r.Article.Published)
	w.text(`,"origin":`, r.Origin)
	w.text(`,"name":`, r.Name)
	w.integer(`,"start":`, r.Start)
	w.integer(`,"end":`, r.End)
	w.text(`,"sentence":`, r.Sentence)
	w.integer(`,"name_start":`, r.Start-r.SentenceStart)
	w.integer(`,"name_end":`, r.End-r.SentenceStart)
	w.place(place, e.options.Labels, r.Place, nameOnly(r))
	w.boolean(`,"demonym":`, r.Demonym)
	w.text(`,"role":`, string(r.Role))
	w.text(`,"event":`, string(r.Event))
	w.day(`,"from":`, r.Days.From)
	w.day(`,"to":`, r.Days.To)
	w.code(`,"date_prec":`, int(r.DatePrec))
	w.text(`,"date_basis":`, r.DateBasis)
	w.code(`,"where_prec":`, int(r.WherePrec))
	w.text(`,"offset":`, r.Offset)
	w.uncertainty(place, r.Geometry != nil)
	w.text(`,"claim":`, string(r.Claim))
	w.text(`,"claimed_by":`, r.ClaimedBy)
	w.number(`,"confidence":`, r.Confidence)
	w.list(`,"reasons":`, r.Reasons)
	w.list(`,"runners_up":`, r.RunnersUp)
	w.counts(&r.Deaths, &r.Injuries)
	return w.end(id, idEnd)
}

// AppendEvent appends the feature of an event; see AppendMention for errors.
func (e *Encoder) AppendEvent(b []byte, v *geo.Event) ([]byte, error) {
	place := e.drawnAt(v.Place)
	best, moved := &v.Best, movedTo(v)
	w := row{b: append(b, `{"type":"Feature","id":`...)}
	id := len(w.b)
	w.b = appendString(w.b, v.ID)
	idEnd := len(w.b)
	w.geometry(e.crs, moved, place)
	w.text(`,"properties":{"id":`, v.ID)
	w.place(place, e.options.Labels, v.Place, best.Name)
	w.text(`,"event":`, string(v.Type))
	w.day(`,"from":`, v.Days.From)
	w.day(`,"to":`, v.Days.To)
	w.code(`,"date_prec":`, int(v.DatePrec))
	w.code(`,"where_prec":`, int(v.WherePrec))
	w.text(`,"offset":`, offsetWords(v))
	w.uncertainty(place, moved != nil)
	w.integer(`,"mentions":`, v.Mentions)
	w.integer(`,"articles":`, v.Articles)
	w.integer(`,"origins":`, v.Origins)
	w.integer(`,"reported":`, v.Reported)
	w.integer(`,"claimed":`, v.Claimed)
	w.integer(`,"denied":`, v.Denied)
	w.list(`,"claimants":`, v.Claimants)
	w.number(`,"confidence":`, v.Confidence)
	w.text(`,"name":`, best.Name)
	w.text(`,"sentence":`, best.Sentence)
	w.integer(`,"name_start":`, best.Start-best.SentenceStart)
	w.integer(`,"name_end":`, best.End-best.SentenceStart)
	w.text(`,"article_id":`, best.Article)
	w.text(`,"title":`, v.Article.Title)
	w.text(`,"source":`, v.Article.Source)
	w.text(`,"url":`, v.Article.URL)
	w.day(`,"published":`, v.Article.Published)
	w.text(`,"claim":`, string(best.Claim))
	w.text(`,"claimed_by":`, best.ClaimedBy)
	w.counts(&v.Deaths, &v.Injuries)
	return w.end(id, idEnd)
}

// AppendPlace appends the feature of a place; see AppendMention for errors.
func (e *Encoder) AppendPlace(b []byte, s *geo.PlaceSummary) ([]byte, error) {
	place := e.listedAs(s.Place)
	if place.err != nil {
		return b, fmt.Errorf("write feature %q: %w", orNowhere(s.Place).ID, place.err)
	}
	w := row{b: append(b, place.before...)}
	w.integer(`,"mentions":`, s.Mentions)
	w.integer(`,"sites":`, s.Sites)
	w.integer(`,"articles":`, s.Articles)
	w.day(`,"first":`, s.Days.From)
	w.day(`,"last":`, s.Days.To)
	return append(w.b, place.behind...), nil
}

// row is a feature in the making. The first error stays; what is appended after it is lost.
type row struct {
	b   []byte
	err error
}

// end closes the feature; its id is in the bytes from id to idEnd.
func (w *row) end(id, idEnd int) ([]byte, error) {
	if w.err != nil {
		return w.b, fmt.Errorf("write feature %s: %w", w.b[id:idEnd], w.err)
	}
	return append(w.b, "}}"...), nil
}

// mentionID is geo.Mention.ID as a JSON string.
func (w *row) mentionID(r *geo.Record) {
	w.b = appendString(w.b, r.Mention.Article)
	w.b[len(w.b)-1] = ':' // it goes on
	w.b = append(strconv.AppendInt(w.b, int64(r.Start), 10), '"')
}

// text is null for the empty string.
func (w *row) text(key, s string) {
	w.b = append(w.b, key...)
	if s == "" {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = appendString(w.b, s)
}

func (w *row) list(key string, list []string) {
	w.b = append(append(w.b, key...), '[')
	for i, s := range list {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = appendString(w.b, s)
	}
	w.b = append(w.b, ']')
}

func (w *row) integer(key string, n int) { w.b = strconv.AppendInt(append(w.b, key...), int64(n), 10) }

// code is null for 0.
func (w *row) code(key string, n int) {
	if n == 0 {
		w.b = append(append(w.b, key...), "null"...)
		return
	}
	w.integer(key, n)
}

func (w *row) boolean(key string, v bool) { w.b = strconv.AppendBool(append(w.b, key...), v) }

func (w *row) number(key string, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.fail(fmt.Errorf("property %s: %w", key[2:len(key)-2], errNoNumber))
		return
	}
	w.b = strconv.AppendFloat(append(w.b, key...), v, 'f', -1, 64)
}

func (w *row) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// day is null for the zero day.
func (w *row) day(key string, d geo.Day) {
	w.b = append(w.b, key...)
	if d == 0 {
		w.b = append(w.b, "null"...)
		return
	}
	w.b = append(appendDay(append(w.b, '"'), d), '"')
}

func (w *row) counts(deaths, injuries *geo.Count) {
	w.count(`,"deaths_low":`, `,"deaths_high":`, `,"deaths_words":`, deaths)
	w.count(`,"injuries_low":`, `,"injuries_high":`, `,"injuries_words":`, injuries)
}

// count is null where nothing is stated, and has no highest figure where it is
// only a least one.
func (w *row) count(low, high, words string, c *geo.Count) {
	if !c.Stated() {
		w.text(low, "")
		w.text(high, "")
		w.text(words, "")
		return
	}
	w.integer(low, c.Low)
	if c.Open {
		w.text(high, "")
	} else {
		w.integer(high, c.High)
	}
	w.list(words, c.Words)
}
