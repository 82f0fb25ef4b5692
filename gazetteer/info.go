package gazetteer

import (
	"slices"
	"strings"
	"time"
)

// Info says what a compiled gazetteer holds and where it comes from.
type Info struct {
	// Format is the version of the compiled form.
	Format int `json:"format"`
	// Version identifies the content, as Gazetteer.Version.
	Version string `json:"version"`
	// Built is when it was compiled, zero where nobody said.
	Built time.Time `json:"built,omitzero"`
	// World says whether settlements of the whole world are in.
	World bool `json:"world"`
	// Places and Names count what is in, each place once.
	Places int `json:"places"`
	Names  int `json:"names"`
	// Kinds counts the places of each kind.
	Kinds map[Kind]int `json:"kinds"`
	// Sources are the layers in the order in which they were laid.
	Sources []Source `json:"sources"`
	// Dropped counts names of places that are not in.
	Dropped int `json:"dropped"`
	// Bytes is the size of the compiled form.
	Bytes int64 `json:"bytes"`
}

// Source is one layer of a gazetteer.
type Source struct {
	Name        string `json:"name"`
	Licence     string `json:"licence"`
	Attribution string `json:"attribution"`
	// Places counts the places whose facts are from here, Names the names that
	// no later layer brought.
	Places int          `json:"places"`
	Names  int          `json:"names"`
	Kinds  map[Kind]int `json:"kinds"`
}

// plainCredit is how most credits begin: those are told as one.
const plainCredit = "Contains data from "

// Attribution is the line that has to go with data made from the gazetteer: what
// its sources ask to be said, once each, and their licences.
func (i Info) Attribution() string {
	var named, sentences, licences []string
	for _, s := range i.Sources {
		credit := strings.TrimSuffix(strings.TrimSpace(s.Attribution), ".")
		if list, ok := strings.CutPrefix(credit, plainCredit); ok {
			named = addCredits(named, list)
		} else {
			sentences = append(sentences, credit)
		}
		licences = append(licences, strings.Split(s.Licence, ", ")...)
	}
	if len(named) > 0 {
		sentences = slices.Insert(sentences, 0, plainCredit+strings.Join(named, ", "))
	}
	if licences = distinct(licences); len(licences) > 0 {
		sentences = append(sentences, "Licences: "+strings.Join(licences, ", "))
	}
	if sentences = distinct(sentences); len(sentences) == 0 {
		return ""
	}
	return strings.Join(sentences, ". ") + "."
}

// addCredits adds the sources that a list like "A (CC BY 4.0), B and C" names, but
// for those that are named already, whatever stands in brackets after them.
func addCredits(named []string, list string) []string {
	for name := range strings.SplitSeq(strings.ReplaceAll(list, " and ", ", "), ", ") {
		bare, _, _ := strings.Cut(name, " (")
		if !slices.ContainsFunc(named, func(n string) bool { return n == bare || strings.HasPrefix(n, bare+" (") }) {
			named = append(named, name)
		}
	}
	return named
}

// distinct lists what isn't empty once each, in the order of first appearance.
func distinct(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
