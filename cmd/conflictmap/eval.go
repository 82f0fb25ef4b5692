package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
)

type evalCommand struct {
	gazetteerFlag
	JSON   bool     `name:"json" help:"Print a JSON array with counts and shares, an element per file and per source within a file."`
	Matrix bool     `help:"Print the scores of each role, the confusion of roles and events and the calibration, too."`
	Errors bool     `help:"List what the parser got wrong on standard error."`
	Files  []string `arg:"" name:"corpus" help:"Gold files: JSON Lines of documents with their mentions."`
}

// Help is what `conflictmap eval --help` says beyond the flags.
func (evalCommand) Help() string {
	return `A mention is found if its span is exactly the gold one; overlap needs one character in common. A place is right
within 161 km of the gold point; countries, regions and rivers are right by country and kind. Place, role, event,
days and claim are scored on found mentions; sites, pins (sites in the right place) and end-to-end count missed ones, too.
A mention that the gazetteer has no place for is wrong.`
}

// Run scores each file by itself.
func (c *evalCommand) Run(env *environment) (err error) {
	parser, done, err := c.parser()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	var all []*eval.Report
	for _, name := range c.Files {
		if err := env.ctx.Err(); err != nil {
			return err
		}
		reports, err := evalFile(parser, name)
		if err != nil {
			return err
		}
		all = append(all, reports...)
		if c.Errors {
			if err := eval.WriteErrors(env.stderr, reports[0]); err != nil {
				return err
			}
		}
	}
	if c.JSON {
		return eval.WriteJSON(env.stdout, all)
	}
	err = eval.WriteTable(env.stdout, all)
	if c.Matrix {
		err = errors.Join(err, eval.WriteMatrices(env.stdout, all))
	}
	return err
}

func evalFile(p eval.Parser, name string) ([]*eval.Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("gold file: %w", err)
	}
	defer f.Close()
	return eval.Run(p, name, f)
}
