package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/conflictmap/conflictmap/gazetteer"
)

type lookupCommand struct {
	gazetteerFlag
	labelsFlag
	JSON    bool     `name:"json" help:"Print a JSON array, best first."`
	Limit   int      `help:"How many places at most; 0 is all." default:"50" placeholder:"N"`
	Country string   `help:"Only places filed under this country, an ISO 3166-1 alpha-2 code." placeholder:"CC"`
	Name    []string `arg:"" help:"The name, in any script; case, accents, hyphens and apostrophes don't count."`
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

	label string // for people; names in JSON are the gazetteer's
}

// Run prints the places that bear the name.
func (c *lookupCommand) Run(env *environment) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	g, err := c.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	name := strings.Join(c.Name, " ")
	places := []found{}
	for _, hit := range g.Lookup(name) {
		if c.Country != "" && hit.Place.Country != c.Country {
			continue
		}
		if c.Limit > 0 && len(places) == c.Limit {
			break
		}
		places = append(places, newFound(hit, c.Labels.Label(hit.Place, name)))
	}
	if c.JSON {
		return printJSON(env.stdout, places)
	}
	if len(places) == 0 {
		return fmt.Errorf("no place in the gazetteer is called %q%s", name, c.where())
	}
	return printPlaces(env.stdout, places)
}

// check refuses what can't find anything, and takes a country in small letters.
func (c *lookupCommand) check() error {
	if c.Limit < 0 {
		return usageError{fmt.Errorf("--limit %d is less than 0", c.Limit)}
	}
	c.Country = strings.ToUpper(c.Country)
	if len(c.Country) != 0 && (len(c.Country) != 2 || strings.Trim(c.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		return usageError{fmt.Errorf("--country %q is not a code of two letters", c.Country)}
	}
	return nil
}

func (c *lookupCommand) where() string {
	if c.Country == "" {
		return ""
	}
	return " and filed under " + c.Country
}

func newFound(hit gazetteer.Hit, label string) found {
	p := hit.Place
	f := found{
		Name: p.Name, Country: known(p.Country), Kind: p.Kind, Lat: p.Point.Lat(), Lon: p.Point.Lon(),
		Population: known(p.Population), ID: p.ID, Why: why(hit), label: label,
	}
	for _, n := range p.Names {
		if !slices.Contains(f.Names, n.Text) {
			f.Names = append(f.Names, n.Text)
		}
	}
	return f
}

// why says by which of its names the place was found, and how.
func why(hit gazetteer.Hit) string {
	n := hit.Name
	var words []string
	switch {
	case n.Demonym:
		words = append(words, "demonym")
	case n.Historical:
		words = append(words, "historical name")
	case n.Colloquial:
		words = append(words, "colloquial name")
	case n.Preferred:
		words = append(words, "preferred name")
	case n.Short:
		words = append(words, "short name")
	default:
		words = append(words, "name")
	}
	words = append(words, fmt.Sprintf("%q", n.Text))
	if n.Lang != "" {
		words = append(words, "in "+n.Lang)
	}
	if n.Script != "" && n.Script != "Latn" {
		words = append(words, "("+n.Script+")")
	}
	if hit.Match != gazetteer.Exact {
		words = append(words, "by a looser spelling")
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
		fmt.Fprintf(t, "%s\t%s\t%s\t%.4f\t%.4f\t%s\t%s\t%s\n", p.label, country, p.Kind, p.Lat, p.Lon, population, p.ID, p.Why)
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
