package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"text/tabwriter"

	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
)

type evalCommand struct {
	gazetteerFlag
	JSON   bool     `name:"json" help:"Print a JSON array with counts and shares, an element per file."`
	Errors bool     `help:"List what the parser got wrong on standard error."`
	Files  []string `arg:"" name:"corpus" help:"Gold files: JSON Lines of documents with their mentions."`
}

// scores are a report's shares; null where there was nothing to score.
type scores struct {
	*eval.Report
	Precision     *float64 `json:"precision"`
	Recall        *float64 `json:"recall"`
	F1            *float64 `json:"f1"`
	Resolution    *float64 `json:"resolution_accuracy"`
	RoleAccuracy  *float64 `json:"role_accuracy"`
	SitePrecision *float64 `json:"site_precision"`
	SiteRecall    *float64 `json:"site_recall"`
	SiteF1        *float64 `json:"site_f1"`
	PinF1         *float64 `json:"pin_f1"`
	EventAccuracy *float64 `json:"event_accuracy"`
	DayAccuracy   *float64 `json:"day_accuracy"`
	ClaimAccuracy *float64 `json:"claim_accuracy"`
}

// Run scores each file by itself.
func (c *evalCommand) Run(env *environment) (err error) {
	parser, done, err := c.parser()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	var all []scores
	for _, name := range c.Files {
		if err := env.ctx.Err(); err != nil {
			return err
		}
		report, err := evalFile(parser, name)
		if err != nil {
			return err
		}
		all = append(all, newScores(report))
		if c.Errors {
			listErrors(env.stderr, report)
		}
	}
	if c.JSON {
		return printJSON(env.stdout, all)
	}
	return printScores(env.stdout, all)
}

func evalFile(p eval.Parser, name string) (*eval.Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("gold file: %w", err)
	}
	defer f.Close()
	return eval.Run(p, name, f)
}

func newScores(r *eval.Report) scores {
	share := func(v float64) *float64 {
		if math.IsNaN(v) {
			return nil
		}
		return &v
	}
	return scores{
		Report:    r,
		Precision: share(r.Spans.Precision()), Recall: share(r.Spans.Recall()), F1: share(r.Spans.F1()),
		Resolution: share(r.Acc161.Share()), RoleAccuracy: share(r.Roles.Share()),
		SitePrecision: share(r.Sites.Precision()), SiteRecall: share(r.Sites.Recall()), SiteF1: share(r.Sites.F1()),
		PinF1:         share(r.Pins.F1()),
		EventAccuracy: share(r.Events.Share()), DayAccuracy: share(r.Days.Share()), ClaimAccuracy: share(r.Claims.Share()),
	}
}

func printScores(w io.Writer, all []scores) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "corpus\tdocs\tP\tR\tF1\tplace\trole\tsite P\tsite R\tsite F1\tpin F1\tevent\tdays\tclaim\tfalse sites\tcapitals\t")
	for _, s := range all {
		fmt.Fprintf(t, "%s\t%d\t", s.Corpus, s.Documents)
		for _, v := range []*float64{
			s.Precision, s.Recall, s.F1, s.Resolution, s.RoleAccuracy, s.SitePrecision, s.SiteRecall,
			s.SiteF1, s.PinF1, s.EventAccuracy, s.DayAccuracy, s.ClaimAccuracy,
		} {
			if v == nil {
				fmt.Fprint(t, "-\t")
				continue
			}
			fmt.Fprintf(t, "%.3f\t", *v)
		}
		fmt.Fprintf(t, "%d\t%d\t\n", s.Sites.False, s.FalseCapitals)
	}
	return t.Flush()
}

func listErrors(w io.Writer, r *eval.Report) {
	for _, e := range r.Errors {
		fmt.Fprintf(w, "%s: %s: %s: %q\n", e.Document, e.What, e.Name, e.Context)
	}
}
