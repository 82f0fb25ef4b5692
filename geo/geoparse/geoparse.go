// Package geoparse reads an article and says which places it names and what
// each of them does there: its role, the event, the event's days, who says so,
// and how sure we are.
//
// A text passes six seams, every one with its own tests:
//
//	span       which tokens name a place            recognise.go, verdict.go, evidence.go, span_*.go
//	place      which place a span means             resolve.go, place_*.go, offset*.go
//	role       site, setting, actor or affiliation  role*.go, scene.go, actor.go, affiliation.go
//	event      type and claim of a site             event*.go, cues.go, claim.go, claimant.go
//	date       the days of a site's event           date*.go, calendar.go, relative.go, ranges.go
//	casualties dead and injured of a site's event   casualty*.go, victims.go, quantity.go
//
// Rules over the gazetteer and the word lists in lexicon/ give each seam a
// first verdict. Where a model was trained (models/, by the command in train/), it
// decides, with the rules' verdict among its features; the rest is decided by rules.
// A parser without models works by rules alone.
//
// The parser reads English. A place that the gazetteer lacks is a mention
// without a place.
//
// Parsing is pure: it reads nothing but the article and what is embedded. A
// Parser may be used by several goroutines at once.
package geoparse

import (
	"sort"
	"sync"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
	"github.com/conflictmap/conflictmap/geo/geoparse/words"
)

// Gazetteer is what the parser asks of a gazetteer.
type Gazetteer interface {
	// Longest returns the longest name that starts at the first of the folded
	// words, as a number of words, and the places that bear it.
	Longest(folded []string) (int, []gazetteer.Hit)
}

// Parser turns articles into mentions.
type Parser struct {
	gaz    Gazetteer
	lex    *lexicon
	words  *words.Table
	rules  []roleRule
	models Models
	spare  *sync.Pool     // of *memory; a pointer, so that parsers may be copied
	spans  *linear.Tagger // nil where the rules recognise
}

// New returns a parser that resolves names by g and decides by the models;
// with nil models, by rules alone.
func New(g Gazetteer, m Models) *Parser {
	return &Parser{
		gaz: g, lex: newLexicon(), words: words.Builtin(), rules: roleRules(), models: m,
		spare: new(sync.Pool), spans: taggerOf(m[SpanSeam]),
	}
}

// Parse returns the mentions of the article in the order of their position.
// The article's Published day anchors words such as "Sunday"; where it is
// zero, only full dates date an event, and others stay without days.
func (p *Parser) Parse(a geo.Article) []geo.Mention {
	d, tops := p.decide(a)
	defer p.giveBack(d)
	ms := make([]geo.Mention, 0, len(tops))
	for _, t := range tops {
		m := d.mention(t)
		m.Article = a.ID
		m.Confidence = p.confidence(d, t)
		ms = append(ms, m)
	}
	sort.SliceStable(ms, func(i, j int) bool { return ms[i].Start < ms[j].Start })
	return ms
}

// decide takes the article through the seams.
func (p *Parser) decide(a geo.Article) (*document, []*toponym) {
	d := p.read(a.Text, a.Published)
	tops := p.recognise(d)
	p.resolve(d, tops)
	d.readOffsets(tops)
	p.assignRoles(d, tops)
	p.assignEvents(d, tops)
	p.assignDates(d, tops)
	d.assignCasualties(tops)
	return d, tops
}

// toponym is a recognised span on its way through the seams.
type toponym struct {
	first, last int // tokens, inclusive
	sent        int // sentence
	hits        []gazetteer.Hit

	place     *gazetteer.Place
	demonym   bool
	near      bool // the text puts something near it, not at it
	partly    bool // the place is the town of what is named
	offset    offset
	runnersUp []*gazetteer.Place

	role    geo.Role
	trigger int // index of the event trigger in the document's triggers, -1 for none

	event     geo.EventType
	when      dated
	claim     geo.Claim
	claimedBy string
	counts    []siteCount

	// how sure the seams are of their decisions, 0 to 1
	spanShare, placeShare, roleShare, eventShare, dateShare, claimShare float64

	cues []cue
}

// cue is a reason for a decision, with how sure it makes us (0 to 1).
type cue struct {
	weight float64
	why    string
}

func (t *toponym) because(weight float64, why string) {
	t.cues = append(t.cues, cue{weight, why})
}

// kind is that of the place, empty where the gazetteer has none.
func (t *toponym) kind() gazetteer.Kind {
	if t.place == nil {
		return ""
	}
	return t.place.Kind
}

// samePlace reports whether the two name one place of the gazetteer.
func samePlace(a, b *toponym) bool {
	return a.place != nil && b.place != nil && a.place.ID == b.place.ID
}

// mention writes the toponym as the domain's value.
func (d *document) mention(t *toponym) geo.Mention {
	s := d.sents[t.sent]
	m := geo.Mention{
		Start:         d.toks[t.first].start,
		End:           d.toks[t.last].end,
		Name:          d.text[d.toks[t.first].b:d.toks[t.last].e],
		Sentence:      d.text[d.toks[s.first].b:d.toks[s.last].e],
		SentenceStart: d.toks[s.first].start,
		Place:         t.place,
		Demonym:       t.demonym,
		Role:          t.role,
	}
	m.WherePrec = wherePrecision(t)
	if t.moved() {
		m.Geometry, m.Offset = t.offset.geometry, t.offset.words
	}
	sort.SliceStable(t.cues, func(i, j int) bool { return t.cues[i].weight < t.cues[j].weight })
	for _, c := range t.cues {
		m.Reasons = append(m.Reasons, c.why)
	}
	for _, r := range t.runnersUp {
		m.RunnersUp = append(m.RunnersUp, r.ID)
	}
	if t.role == geo.Site {
		m.Event = t.event
		m.Days = t.when.days
		m.DatePrec = datePrecision(t.when.days)
		m.DateBasis = t.when.basis
		m.Claim = t.claim
		m.ClaimedBy = t.claimedBy
		m.Deaths, m.Injuries = t.casualties()
	}
	return m
}
