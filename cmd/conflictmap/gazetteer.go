package main

import (
	"errors"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

// gazetteerFlag is the choice of a gazetteer, the same for every command.
type gazetteerFlag struct {
	Gazetteer string `help:"Compiled gazetteer, as gazetteer import writes it (default: the one in the binary)." placeholder:"FILE"`
}

// labelsFlag chooses the names that people see of disputed places.
type labelsFlag struct {
	Labels geo.Labels `help:"Which names of disputed places people see: as-written, gazetteer or dual." enum:"as-written,gazetteer,dual" default:"gazetteer" placeholder:"POLICY"`
}

// open returns the chosen gazetteer; close it after the last use of its places.
func (f *gazetteerFlag) open() (*gazetteer.Gazetteer, error) {
	if f.Gazetteer != "" {
		return gazetteer.Open(f.Gazetteer)
	}
	return gazetteer.Builtin()
}

// info says whose the places are, for what leaves the program with data.
func (f *gazetteerFlag) info() (gazetteer.Info, error) {
	g, err := f.open()
	if err != nil {
		return gazetteer.Info{}, err
	}
	return g.Info(), g.Close()
}

// parser returns the geoparser over the chosen gazetteer, and what to do after
// the last use of what it found.
func (f *gazetteerFlag) parser() (*geoparse.Parser, func() error, error) {
	g, err := f.open()
	if err != nil {
		return nil, nil, err
	}
	models, err := geoparse.BuiltinModels()
	if err != nil {
		return nil, nil, errors.Join(err, g.Close())
	}
	return geoparse.New(g, models), g.Close, nil
}
