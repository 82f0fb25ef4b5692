package synth

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// draft is an article before it has an id.
type draft struct {
	ok       bool
	article  geo.Article
	mentions []geo.Mention
	slug     string // of the address
}

// copied is the draft as another newspaper prints it on the day or the next, or
// none: one in twenty is.
func (d draft) copied(rng *rand.Rand, day geo.Day) draft {
	if rng.IntN(20) != 0 {
		return draft{}
	}
	d.article.Published = day
	return d
}

// fewest and most mentions of an article: eight on average.
const fewest, most = 3, 13

// write makes up an article of the day.
func (w *world) write(rng *rand.Rand, day geo.Day) draft {
	at := drawn(rng, w.until)
	d := draft{ok: true, article: geo.Article{Published: day}}
	var text strings.Builder
	runes := 0
	for range fewest + rng.IntN(most-fewest+1) {
		m := w.mention(rng, at, day)
		before, after := w.words.sentence(rng, &m)
		m.Sentence = before + m.Name + after
		m.SentenceStart, m.Start = runes, runes+utf8.RuneCountInString(before)
		m.End = m.Start + utf8.RuneCountInString(m.Name)
		all := m.Sentence + " " + pick(rng, w.words.closings) + " "
		text.WriteString(all)
		runes += utf8.RuneCountInString(all)
		d.mentions = append(d.mentions, m)
	}
	d.article.Text = text.String()
	d.article.Title = w.words.title(rng, d.mentions[0].Name)
	d.slug = strings.ReplaceAll(strings.ToLower(d.article.Title), " ", "-")
	return d
}

// finish gives the article a source, an address and an id. It keeps no more
// mentions than are left to be made up.
func (w *world) finish(rng *rand.Rand, i int, d *draft, left int) (geo.Article, []geo.Mention) {
	a := d.article
	// The sooner in the list, the more a newspaper prints.
	source := min(rng.IntN(len(w.words.sources)), rng.IntN(len(w.words.sources)))
	a.Source = w.words.sources[source]
	a.URL = fmt.Sprintf("https://%s.example/%s/%s-%d", strings.ReplaceAll(strings.ToLower(a.Source), " ", "-"), strings.ReplaceAll(a.Published.String(), "-", "/"), d.slug, i)
	a.ID = a.NewID()
	ms := make([]geo.Mention, min(left, len(d.mentions)))
	for j := range ms {
		ms[j] = d.mentions[j]
		ms[j].Article = a.ID
	}
	return a, ms
}

// mention makes up what is said of a place, but for the words.
func (w *world) mention(rng *rand.Rand, at int, day geo.Day) geo.Mention {
	m := geo.Mention{Confidence: float64(40+max(rng.IntN(59), rng.IntN(59))) / 100, Reasons: w.words.reasonsFor(rng)}
	switch n := rng.IntN(100); {
	case n < 60:
		w.site(rng, &m, day)
	case n < 75:
		m.Role = geo.Setting
	case n < 92:
		m.Role = geo.Actor
	default:
		m.Role, m.Demonym = geo.Affiliation, true
	}
	m.Place = w.whereabouts(rng, at, m.Role)
	if rng.IntN(100) == 0 {
		m.Place, m.Name = nil, w.words.name(rng)
		return m
	}
	m.Name, m.WherePrec = m.Place.Name, precision(m.Place)
	if m.Role == geo.Site && m.Place.Shape == nil && m.WherePrec == geo.WhereExact && rng.IntN(25) == 0 {
		displace(rng, &m)
	}
	if rng.IntN(5) == 0 {
		m.RunnersUp = []string{w.all[rng.IntN(len(w.all))].ID, w.all[rng.IntN(len(w.all))].ID}
	}
	return m
}

// whereabouts draws a place: actors are often countries, and one in eight is from
// another part of the world.
func (w *world) whereabouts(rng *rand.Rand, at int, role geo.Role) *gazetteer.Place {
	if rng.IntN(8) == 0 {
		at = drawn(rng, w.until)
	}
	abstract := role == geo.Actor || role == geo.Affiliation
	if countries := w.countries[at]; len(countries) > 0 && (abstract && rng.IntN(10) < 7 || rng.IntN(50) == 0) {
		return pick(rng, countries)
	}
	return w.theatres[at].draw(rng)
}

// site makes the mention one of an event, mostly of the days before.
func (w *world) site(rng *rand.Rand, m *geo.Mention, day geo.Day) {
	m.Role = geo.Site
	m.Event = geo.EventTypes()[drawn(rng, []int{30, 55, 67, 77, 83, 94, 100})]
	ago := geo.Day(rng.IntN(2))
	switch n := rng.IntN(100); {
	case n < 12:
		ago = geo.Day(2 + rng.IntN(5))
	case n < 17:
		ago = geo.Day(7 + rng.IntN(24))
	case n < 19:
		ago = geo.Day(31 + rng.IntN(700))
	}
	first := max(1, day-ago)
	long := geo.Day(0)
	m.DatePrec = geo.DateDay
	switch n := rng.IntN(100); {
	case n < 8:
		m.DatePrec, long = geo.DateDays, geo.Day(1+rng.IntN(5))
	case n < 12:
		m.DatePrec, long = geo.DateWeek, 6
	case n < 15:
		m.DatePrec, long = geo.DateMonth, 29
	case n < 16:
		m.DatePrec, long = geo.DateYear, 364
	}
	m.Days = geo.Interval{From: max(1, first-long), To: first}
	m.DateBasis = pick(rng, w.words.dates[m.DatePrec])
	switch n := rng.IntN(10); {
	case n < 6:
		m.Claim = geo.Reported
	case n < 9:
		m.Claim, m.ClaimedBy = geo.Claimed, pick(rng, w.words.claimants)
	default:
		m.Claim, m.ClaimedBy = geo.Denied, pick(rng, w.words.claimants)
	}
	if rng.IntN(6) == 0 {
		m.Deaths = toll(rng, "killed")
	}
	if rng.IntN(8) == 0 {
		m.Injuries = toll(rng, "wounded")
	}
}

// toll is a stated number of people.
func toll(rng *rand.Rand, fate string) geo.Count {
	n := 1 + rng.IntN(5)*rng.IntN(9)
	if rng.IntN(4) == 0 {
		return geo.Count{Low: n, High: n, Open: true, Words: []string{fmt.Sprintf("at least %d %s", n, fate)}}
	}
	return geo.Count{Low: n, High: n, Words: []string{fmt.Sprintf("%d %s", n, fate)}}
}

// displace puts what is told some kilometres from the place.
func displace(rng *rand.Rand, m *geo.Mention) {
	km := 3 + rng.IntN(20)
	lon, lat := m.Place.Point.Lon(), m.Place.Point.Lat()
	// A hundredth of a degree of latitude is about a kilometre.
	away := float64(km) / 100
	m.WherePrec = geo.WhereNear
	if rng.IntN(2) == 0 && lat > -80 {
		m.Geometry, m.Offset = orb.Point{lon, lat - away}, fmt.Sprintf("%d km south of", km)
		return
	}
	m.Geometry, m.Offset = orb.Point{lon, lat + away}, fmt.Sprintf("%d km north of", km)
}
