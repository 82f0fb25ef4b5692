package geoparse

import (
	"strconv"

	"github.com/conflictmap/conflictmap/geo"
)

// Dates reads the date expressions of a text by themselves.
func Dates(text string, published geo.Day) []geo.Interval {
	d := &document{text: text, published: published, toks: tokenize(text)}
	d.sents = split(d.toks)
	var out []geo.Interval
	for _, x := range readDates(d) {
		if !x.second {
			out = append(out, x.days)
		}
	}
	return out
}

// Sentences cuts a text into sentences.
func Sentences(text string) []string {
	toks := tokenize(text)
	var out []string
	for _, s := range split(toks) {
		out = append(out, text[toks[s.first].b:toks[s.last].e])
	}
	return out
}

// Tokens cuts a text into tokens.
func Tokens(text string) []string {
	var out []string
	for _, t := range tokenize(text) {
		out = append(out, t.text)
	}
	return out
}

// Forms expands a line of a word list.
func Forms(line string) []string { return forms(line) }

// EventKinds lists the event types that the lexicon's words tell of.
func EventKinds() map[string]int {
	kinds := make(map[string]int)
	for _, e := range newLexicon().entries {
		for _, w := range e.events {
			kinds[w.kind]++
		}
	}
	return kinds
}

// Figures reads the numbers of dead and injured of a text, as in
// "deaths 16+: at least 16 killed".
func Figures(text string) []string {
	d := New(nil, nil).read(text, 0)
	var out []string
	for k := range d.sents {
		for _, f := range d.figuresIn(k) {
			kind := "injuries"
			if f.deaths {
				kind = "deaths"
			}
			if f.deaths && f.injuries {
				kind = "both"
			}
			c := d.count(&f)
			n := strconv.Itoa(c.Low)
			if c.High > c.Low {
				n += "-" + strconv.Itoa(c.High)
			}
			if c.Open {
				n += "+"
			}
			out = append(out, kind+" "+n+": "+c.Words[0])
		}
	}
	return out
}
