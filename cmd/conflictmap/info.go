package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/conflictmap/conflictmap/gazetteer"
)

type infoCommand struct {
	gazetteerFlag
	JSON bool `name:"json" help:"Print a JSON object."`
}

// Run prints what the gazetteer holds and whose data it is.
func (c *infoCommand) Run(env *environment) (err error) {
	g, err := c.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	if c.JSON {
		return printJSON(env.stdout, g.Info())
	}
	return printInfo(env.stdout, cmp.Or(c.Gazetteer, "the built-in gazetteer"), g.Info())
}

func printInfo(w io.Writer, name string, info gazetteer.Info) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s under %s, version %s\n", name, count(info.Places, "place"), count(info.Names, "name"), info.Version)
	if !info.Built.IsZero() {
		fmt.Fprintf(&b, "compiled %s, format %d, %.1f MB\n", info.Built.Format(time.RFC3339), info.Format, float64(info.Bytes)/1e6)
	}
	if !info.World {
		fmt.Fprintln(&b, "authored tables only: the settlements of the world are not in this gazetteer")
	}
	if info.Dropped > 0 {
		fmt.Fprintf(&b, "%s of places that are not in were dropped\n", count(info.Dropped, "name"))
	}
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nSOURCE\tPLACES\tNAMES\tLICENCE\tATTRIBUTION")
	for _, s := range info.Sources {
		fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\n", s.Name, s.Places, s.Names, s.Licence, s.Attribution)
	}
	fmt.Fprintln(t, "\nKIND\tPLACES")
	kinds := slices.SortedFunc(maps.Keys(info.Kinds), func(a, b gazetteer.Kind) int {
		return cmp.Or(info.Kinds[b]-info.Kinds[a], strings.Compare(string(a), string(b)))
	})
	for _, k := range kinds {
		fmt.Fprintf(t, "%s\t%d\n", k, info.Kinds[k])
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(w, b.String())
	return err
}
