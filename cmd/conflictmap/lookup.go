package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/conflictmap/conflictmap/gazetteer"
)

type lookupCommand struct {
	JSON bool     `name:"json" help:"Print a JSON array, best first."`
	Name []string `arg:"" help:"The name, in any script; case, accents, hyphens and apostrophes don't count."`
}

// found is a place as lookup prints it.
type found struct {
	Name       string         `json:"name"`
	Country    *string        `json:"country"`
	Kind       gazetteer.Kind `json:"kind"`
	Lat        float64        `json:"lat"`
	Lon        float64        `json:"lon"`
	Population *int64         `json:"population"`
	ID         string         `json:"id"`
	Names      []string       `json:"names"`
	Why        string         `json:"why"`
}

// Run prints the places that bear the name.
func (c *lookupCommand) Run(env *environment) error {
	g, err := gazetteer.Builtin()
	if err != nil {
		return err
	}
	name := strings.Join(c.Name, " ")
	places := []found{}
	for _, hit := range g.Lookup(name) {
		places = append(places, newFound(hit))
	}
	if c.JSON {
		return printJSON(env.stdout, places)
	}
	if len(places) == 0 {
		return fmt.Errorf("no place in the gazetteer is called %q", name)
	}
	return printPlaces(env.stdout, places)
}

func newFound(hit gazetteer.Hit) found {
	p := hit.Place
	f := found{
		Name: p.Name, Country: known(p.Country), Kind: p.Kind, Lat: p.Point.Lat(), Lon: p.Point.Lon(),
		Population: known(p.Population), ID: p.ID, Why: why(hit.Name),
	}
	for _, n := range p.Names {
		if !slices.Contains(f.Names, n.Text) {
			f.Names = append(f.Names, n.Text)
		}
	}
	return f
}

// why says by which of its names the place was found.
func why(n gazetteer.Name) string {
	words := []string{"name"}
	switch {
	case n.Demonym:
		words[0] = "demonym"
	case n.Historical:
		words[0] = "historical name"
	case n.Preferred:
		words[0] = "preferred name"
	}
	words = append(words, fmt.Sprintf("%q", n.Text))
	if n.Lang != "" {
		words = append(words, "in "+n.Lang)
	}
	if n.Script != "" && n.Script != "Latn" {
		words = append(words, "("+n.Script+")")
	}
	return strings.Join(words, " ")
}

func printPlaces(w io.Writer, places []found) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "NAME\tCOUNTRY\tKIND\tLAT\tLON\tPOPULATION\tID\tFOUND BY")
	for _, p := range places {
		country, population := "", ""
		if p.Country != nil {
			country = *p.Country
		}
		if p.Population != nil {
			population = fmt.Sprint(*p.Population)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%.4f\t%.4f\t%s\t%s\t%s\n", p.Name, country, p.Kind, p.Lat, p.Lon, population, p.ID, p.Why)
	}
	return t.Flush()
}

// printJSON prints a value indented, as people and jq read it.
func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
