package main

import (
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// given parses one document with its gold spans and roles, so that event types
// and claims are scored on all gold sites, not only on those that are found.
type given struct {
	parser *geoparse.Parser
	doc    geoparse.Labelled
}

func (g given) Parse(geo.Article) []geo.Mention { return g.parser.ParseGiven(g.doc) }
