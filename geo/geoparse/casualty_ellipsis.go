package geoparse

// ellipses reads the further accounts of a sentence that disputes a number:
// "Azerbaijan says 10 soldiers were killed, Armenia says two".
func (d *document) ellipses(known []figure, s sentence, k int) []figure {
	kind, ok := d.onlyHarm(s)
	if !ok {
		return nil
	}
	var out []figure
	for i := s.first; i < s.last; i++ {
		if f, ok := d.elsewhere(i, known, s); ok {
			f.deaths, f.injuries, f.sent = kind.deaths, kind.injuries, k
			out = append(out, f)
			continue
		}
		if f, ok := d.accordingTo(i, known, s); ok {
			f.deaths, f.injuries, f.sent = kind.deaths, kind.injuries, k
			out = append(out, f)
			continue
		}
		if d.toks[i].tags&tagSay == 0 && !d.toks[i].is("put", "puts", "at") || d.toks[i].is("at") && !d.near(i, s, "put", "puts") {
			continue
		}
		v, ok := d.victimsFrom(i+1, s.last)
		f := figure{quantity: v.quantity, sent: k, from: d.nameBefore(i, s), to: v.last, pred: i, deaths: kind.deaths, injuries: kind.injuries}
		if !ok || !v.bare || v.none || v.article || !d.endsAccount(v.last+1, s) || overlaps(known, &f) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// elsewhere reads the second number of "killed two people in Hadrut and five in
// Martuni", behind the "and" at token i.
func (d *document) elsewhere(i int, known []figure, s sentence) (figure, bool) {
	if len(known) == 0 || !d.toks[i].is("and") && d.toks[i].text != "," || i < known[0].last {
		return figure{}, false
	}
	v, ok := d.victimsFrom(i+1, s.last)
	at := v.last + 1
	if !ok || !v.bare || v.none || v.article || d.at(at).tags&tagAt == 0 || at >= s.last || d.topAt[at+1] == nil || d.topAt[i-1] == nil {
		return figure{}, false
	}
	return figure{quantity: v.quantity, from: v.first, to: v.last, pred: v.last}, true
}

// accordingTo reads the second number of "five soldiers died according to the
// ministry, 37 according to the rebels", behind the comma at token i.
func (d *document) accordingTo(i int, known []figure, s sentence) (figure, bool) {
	if len(known) == 0 || d.toks[i].text != "," && !d.toks[i].is("and", "but") {
		return figure{}, false
	}
	v, ok := d.victimsFrom(i+1, s.last)
	if !ok || !v.bare || v.none || v.article || !d.at(v.last+1).is("according") {
		return figure{}, false
	}
	return figure{quantity: v.quantity, from: v.first, to: v.last, pred: v.last}, true
}

// nameBefore returns the token at which the one word of the subject before the
// verb at token i begins, or i.
func (d *document) nameBefore(i int, s sentence) int {
	if i > s.first && d.toks[i-1].kind == word {
		return i - 1
	}
	return i
}

// endsAccount reports whether token i ends what somebody says.
func (d *document) endsAccount(i int, s sentence) bool {
	return i > s.last || d.toks[i].kind == punct || d.toks[i].is("and", "while", "but", "were", "dead", "killed")
}

// onlyHarm returns what the sentence tells of, if it is deaths alone or injuries alone.
func (d *document) onlyHarm(s sentence) (harm, bool) {
	var h harm
	for i := s.first; i <= s.last; i++ {
		o := harmOf(&d.toks[i])
		h.deaths, h.injuries = h.deaths || o.deaths, h.injuries || o.injuries
	}
	return h, h.deaths != h.injuries
}
