package main

import (
	"fmt"
	"io"
	"math"
	"os"

	"github.com/conflictmap/conflictmap/geo/geoparse"
	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// dateScore counts the gold sites of a corpus by whether their days were found.
type dateScore struct {
	right, reachable, of int
	loss                 float64 // sum of -ln of what the right days were given
}

// crossValidateDates scores the date seam by itself: gold roles and events
// given, on all gold sites rather than on those that the other seams find.
func (t *trainer) crossValidateDates(folds int, w io.Writer, list bool) error {
	scores := make(map[string]*dateScore)
	var order []string
	for k := range folds {
		raw, err := t.models(func(group int) bool { return group%folds != k })
		if err != nil {
			return err
		}
		models := make(geoparse.Models)
		for seam, b := range raw {
			if models[seam], err = linear.Read(b); err != nil {
				return err
			}
		}
		p := geoparse.New(t.gaz, models)
		for i, d := range t.docs {
			if i%folds != k {
				continue
			}
			s := scores[d.corpus]
			if s == nil {
				s = new(dateScore)
				scores[d.corpus] = s
				order = append(order, d.corpus)
			}
			for _, x := range p.DateGold(labelled(d, i)) {
				s.add(x, d, list)
			}
		}
	}
	for _, name := range order {
		s := scores[name]
		of := float64(max(s.of, 1))
		fmt.Fprintf(w, "%-12s days of gold sites %.3f, among the options %.3f, loss %.3f, of %d\n", name, float64(s.right)/of, float64(s.reachable)/of, s.loss/of, s.of)
	}
	return nil
}

func (s *dateScore) add(x geoparse.DatedGold, d document, list bool) {
	s.of++
	if x.Reachable {
		s.reachable++
		s.loss -= math.Log(max(x.Share, 1e-3))
	}
	if x.Days == x.Gold.Days {
		s.right++
		return
	}
	if list {
		fmt.Fprintf(os.Stderr, "%s (%s): %s read as %s by %q, among the options: %t: %s\n",
			d.ID, d.Published, x.Gold.Days, x.Days, x.Basis, x.Reachable, eval.Around([]rune(d.Text), x.Gold.Start, x.Gold.End))
	}
}
