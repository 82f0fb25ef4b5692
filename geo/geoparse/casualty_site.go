package geoparse

import "github.com/conflictmap/conflictmap/geo"

const (
	// carried is how many sentences back a figure finds the event that it
	// belongs to; farther where the sentence points back at a place.
	carried, carriedByPointing = 2, 4
	// cumulative is the length in days from which on a span sums up the past.
	cumulative = 32
	// background is how many days an event lies before the last one told of, if
	// it is mentioned in passing: what follows is not about it.
	background = 7
)

// assignCasualties gives the figures of the text to the sites whose events they
// are of. A figure that may be another event's, another place's or the past's is
// given to none.
func (d *document) assignCasualties(tops []*toponym) {
	inSent := make(map[int][]*toponym) // the places of a sentence that are no mere names of somebody
	sites := 0
	for _, t := range tops {
		switch t.role {
		case geo.Site:
			sites++
			inSent[t.sent] = append(inSent[t.sent], t)
		case geo.Setting:
			if d.toks[t.first].allCaps() && d.toks[t.first].gap == paragraph {
				continue // a dateline
			}
			inSent[t.sent] = append(inSent[t.sent], t)
		}
	}
	if sites == 0 {
		return
	}
	for k := range d.sents {
		for _, f := range d.figuresIn(k) {
			for _, t := range d.sitesOf(&f, inSent) {
				t.counts = append(t.counts, siteCount{f.deaths, f.injuries, d.count(&f)})
			}
		}
	}
}

// siteCount is a figure that was given to a site.
type siteCount struct {
	deaths, injuries bool
	count            geo.Count
}

// casualties sums up the figures of a site.
func (t *toponym) casualties() (deaths, injuries geo.Count) {
	var ds, is []geo.Count
	for _, c := range t.counts {
		if c.deaths {
			ds = append(ds, c.count)
		}
		if c.injuries {
			is = append(is, c.count)
		}
	}
	return geo.JoinCounts(ds), geo.JoinCounts(is)
}

// sitesOf returns the mentions whose event the figure is of: the nearest site of
// its sentence and the containers beside it, or the only event of the sentences
// before.
func (d *document) sitesOf(f *figure, inSent map[int][]*toponym) []*toponym {
	if d.isBackground(f) {
		return nil
	}
	places := inSent[f.sent]
	if len(places) == 0 {
		return d.eventBefore(f, inSent)
	}
	nearest := d.nearestPlace(f, places)
	if nearest.role != geo.Site {
		return nil
	}
	sites, listed := d.together(nearest, places)
	if listed || !d.ofItsDays(f, nearest) {
		return nil
	}
	return sites
}

// nearestPlace is the place where the harm was done, by distance, in the
// figure's clause if there is one.
func (d *document) nearestPlace(f *figure, places []*toponym) *toponym {
	lo, hi := d.clause(f.pred)
	var best *toponym
	least := 1 << 30
	for _, t := range places {
		dist := 0
		switch {
		case t.first > f.to:
			dist = t.first - f.to
		case t.last < f.from:
			dist = f.from - t.last + 3 // "16 killed in X", rather than what came before
		}
		if t.first < lo || t.last > hi {
			dist += 30
		}
		if t.role == geo.Setting && d.isSeat(t.first-1) {
			dist += 60
		}
		if dist < least {
			best, least = t, dist
		}
	}
	return best
}

// together returns the sites that are told of as one with t: the places that
// contain it, "in Hadrut, Nagorno-Karabakh". Listed is true where t is one of
// several places that the figure may be the sum of.
func (d *document) together(t *toponym, places []*toponym) (sites []*toponym, listed bool) {
	sites = []*toponym{t}
	for _, o := range places {
		if o == t || o.role != geo.Site || samePlace(o, t) || !sameEvent(o, t) {
			if o != t && o.role == geo.Site && samePlace(o, t) && sameEvent(o, t) {
				sites = append(sites, o)
			}
			continue
		}
		a, b := t, o
		if b.first < a.first {
			a, b = b, a
		}
		if b.first-a.last > 6 {
			continue
		}
		joined, counted := false, false
		for i := a.last + 1; i < b.first; i++ {
			joined = joined || d.toks[i].is("and", "or", "as")
			counted = counted || d.countsAt(i) // "in X and five in Y"
		}
		if counted {
			continue
		}
		if joined {
			return nil, true
		}
		sites = append(sites, o)
	}
	return sites, false
}

func sameEvent(a, b *toponym) bool { return a.event == b.event && a.when.days == b.when.days }

// eventBefore returns a mention of the only event that the last sentences with a
// site tell of. A sentence in between that leads elsewhere ends the search.
func (d *document) eventBefore(f *figure, inSent map[int][]*toponym) []*toponym {
	back := carried
	if d.pointsBack(d.sents[f.sent]) {
		back = carriedByPointing
	}
	latest := d.latestBefore(f.sent, inSent)
	for k := f.sent - 1; k >= max(0, f.sent-back); k-- {
		var last *toponym
		for _, t := range inSent[k] {
			if t.role != geo.Site {
				continue
			}
			if last != nil && !(samePlace(last, t) && sameEvent(last, t)) {
				return nil
			}
			last = t
		}
		if last == nil {
			continue
		}
		if last.when.days.To+background < latest || !d.ofItsDays(f, last) || last.when.days.To-last.when.days.From >= cumulative {
			return nil
		}
		return []*toponym{last}
	}
	return nil
}

// latestBefore is the last day of an event that the sentences before k tell of.
func (d *document) latestBefore(k int, inSent map[int][]*toponym) geo.Day {
	var latest geo.Day
	for j := max(0, k-maxBack); j < k; j++ {
		for _, t := range inSent[j] {
			if t.role == geo.Site {
				latest = max(latest, t.when.days.To)
			}
		}
	}
	return latest
}

// pointsBack finds "in the area", "there": the place spoken of before.
func (d *document) pointsBack(s sentence) bool {
	for i := s.first; i <= s.last; i++ {
		t := &d.toks[i]
		if t.is("there") && !isBe(d.at(i+1)) && !isAuxiliary(d.at(i+1)) {
			return true
		}
		if t.is("in", "of", "across", "throughout", "at") && d.at(i+1).is("the", "this", "that") && d.at(i+2).is(
			"area", "region", "city", "town", "village", "enclave", "district", "province", "territory", "capital", "scene", "zone") {
			return true
		}
	}
	return false
}

// ofItsDays reports whether the figure's own date, if it has one, is that of
// the site's event.
func (d *document) ofItsDays(f *figure, t *toponym) bool {
	var own *dated
	least := 1 << 30
	lo, hi := d.clause(f.pred)
	for _, x := range d.datesIn(d.sents[f.sent]) {
		dist := min(abs(x.first-f.pred), abs(x.first-f.from))
		if x.first < lo || x.first > hi {
			dist += 100
		}
		if x.ofSaying {
			dist += 1000
		}
		if dist < least {
			own, least = &x, dist
		}
	}
	if own == nil || own.ofSaying || own.days == t.when.days {
		return true
	}
	return t.when.days.To != 0 && own.days.Overlaps(t.when.days) && own.days.To-own.days.From < cumulative
}

// isBackground reports whether the figure's clause speaks of the past or sums
// up: "over the years", "since the war began", "in previous clashes",
// "bringing the total to".
func (d *document) isBackground(f *figure) bool {
	lo, hi := d.clause(f.pred)
	lo, hi = min(lo, f.from), max(hi, f.to)
	for i := max(lo, f.from-25); i <= min(hi, f.to+25); i++ {
		t := &d.toks[i]
		switch {
		case t.is("decade", "decades", "century", "centuries", "annually", "anniversary", "commemorate", "commemorated", "commemorates", "commemorating", "history", "historic", "previous", "previously", "past"):
			return true
		case t.is("years", "months"):
			if !d.isAge(i) {
				return true
			}
		case t.is("year", "month") && d.at(i-1).is("last", "this", "previous", "each", "every", "a", "per", "the"):
			return true
		case t.is("since") && !d.isDated(i):
			return true
		case t.is("bringing", "brings", "brought", "bring") && d.near(i, d.sents[f.sent], "total", "toll", "number", "overall"):
			return true
		case t.is("war", "conflict", "wars") && d.at(i-1).is("the", "a") && d.at(i+1).is("killed", "claimed", "left", "cost", "has", "which", "that", "in") && !d.isDated(i+1):
			return true
		}
	}
	return false
}

// isAge finds "12 years old", "aged 12 years".
func (d *document) isAge(i int) bool {
	return d.at(i+1).is("old") || d.at(i+1).isHyphen() || d.at(i-1).isHyphen() || d.at(i-2).is("aged")
}

// isDated reports whether a date expression begins at token i.
func (d *document) isDated(i int) bool {
	for _, x := range d.datesIn(d.sents[d.sentenceOf(i)]) {
		if x.first == i {
			return true
		}
	}
	return false
}
