package eval

import (
	"strings"

	"github.com/conflictmap/conflictmap/geo"
)

// Suite scores documents of several corpora, each corpus as a whole and, where
// it mixes sources, each source by itself. Its reports depend on the order of
// the documents in nothing but theirs.
type Suite struct {
	corpora []*corpusReports
}

type corpusReports struct {
	name    string
	whole   *Report
	sources []*Report
}

// Add scores what a parser found in a document of the corpus.
func (s *Suite) Add(corpus string, doc Document, ms []geo.Mention) {
	c := s.corpus(corpus)
	c.whole.Add(doc, ms)
	c.source(doc.Origin()).Add(doc, ms)
}

func (s *Suite) corpus(name string) *corpusReports {
	for _, c := range s.corpora {
		if c.name == name {
			return c
		}
	}
	c := &corpusReports{name: name, whole: &Report{Corpus: name}}
	s.corpora = append(s.corpora, c)
	return c
}

func (c *corpusReports) source(name string) *Report {
	full := c.name + "/" + name
	for _, r := range c.sources {
		if r.Corpus == full {
			return r
		}
	}
	r := &Report{Corpus: full}
	c.sources = append(c.sources, r)
	return r
}

// Reports returns the reports: each corpus, followed by its sources if there
// are several.
func (s *Suite) Reports() []*Report {
	var out []*Report
	for _, c := range s.corpora {
		out = append(out, c.whole)
		if len(c.sources) > 1 {
			out = append(out, c.sources...)
		}
	}
	return out
}

// Origin is who published the document, without what the corpus adds to the
// name after a semicolon or a comma; empty where unknown.
func (d Document) Origin() string {
	name, _, _ := strings.Cut(d.Source, ";")
	name, _, _ = strings.Cut(name, ",")
	return strings.TrimSpace(name)
}
