package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"github.com/conflictmap/conflictmap/geo"
)

// column is a column of a table with a line for each report.
type column struct {
	head  string
	value func(*Report) string
}

func share(head string, value func(*Report) float64) column {
	return column{head, func(r *Report) string { return decimal(value(r)) }}
}

func whole(head string, value func(*Report) int) column {
	return column{head, func(r *Report) string { return fmt.Sprint(value(r)) }}
}

// decimal writes a share, "-" where there was nothing to score.
func decimal(v float64) string {
	if math.IsNaN(v) {
		return "-"
	}
	return fmt.Sprintf("%.3f", v)
}

// places and roles are the columns of the two main tables.
func places() []column {
	return []column{
		whole("docs", func(r *Report) int { return r.Documents }),
		whole("mentions", func(r *Report) int { return r.Mentions }),
		share("P", func(r *Report) float64 { return r.Spans.Precision() }),
		share("R", func(r *Report) float64 { return r.Spans.Recall() }),
		share("F1", func(r *Report) float64 { return r.Spans.F1() }),
		share("overlap F1", func(r *Report) float64 { return r.Overlap.F1() }),
		share("acc@161", func(r *Report) float64 { return r.Acc161.Share() }),
		whole("unplaced", func(r *Report) int { return r.Unplaced }),
		share("end-to-end F1", func(r *Report) float64 { return r.EndToEnd.F1() }),
		share("calibration error", func(r *Report) float64 { return r.Calibration.Error() }),
	}
}

func roles() []column {
	return []column{
		share("role", func(r *Report) float64 { return r.Roles.Share() }),
		share("macro F1", (*Report).MacroRole),
		share("site P", func(r *Report) float64 { return r.Sites.Precision() }),
		share("site R", func(r *Report) float64 { return r.Sites.Recall() }),
		share("site F1", func(r *Report) float64 { return r.Sites.F1() }),
		share("pin F1", func(r *Report) float64 { return r.Pins.F1() }),
		{"false sites", func(r *Report) string {
			v := r.Sites.Precision()
			if math.IsNaN(v) {
				return "0"
			}
			return fmt.Sprintf("%d (%.1f %%)", r.Sites.False, 100*(1-v))
		}},
		whole("capitals", func(r *Report) int { return r.FalseCapitals }),
		share("event", func(r *Report) float64 { return r.Events.Share() }),
		share("days", func(r *Report) float64 { return r.Days.Share() }),
		share("claim", func(r *Report) float64 { return r.Claims.Share() }),
		share("by", func(r *Report) float64 { return r.Claimants.Value() }),
	}
}

// WriteTable prints the scores for people: a table of places, one of roles and events.
func WriteTable(w io.Writer, reports []*Report) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for i, columns := range [][]column{places(), roles()} {
		if i > 0 {
			fmt.Fprintln(t)
		}
		fmt.Fprint(t, "corpus\t")
		for _, c := range columns {
			fmt.Fprint(t, c.head, "\t")
		}
		fmt.Fprintln(t)
		for _, r := range reports {
			fmt.Fprint(t, r.Corpus, "\t")
			for _, c := range columns {
				fmt.Fprint(t, c.value(r), "\t")
			}
			fmt.Fprintln(t)
		}
	}
	return t.Flush()
}

// WriteMatrices prints, for each report, the scores of every role, the
// confusion of roles and of event types, and the calibration of the confidence.
func WriteMatrices(w io.Writer, reports []*Report) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, r := range reports {
		fmt.Fprintf(t, "\n%s\trole\tP\tR\tF1\t\n", r.Corpus)
		for _, role := range geo.Roles() {
			f := r.Role(role)
			fmt.Fprintf(t, "\t%s\t%s\t%s\t%s\t\n", role, decimal(f.Precision()), decimal(f.Recall()), decimal(f.F1()))
		}
		writeConfusion(t, "role", geo.Roles(), r.Confusion)
		if len(r.EventConfusion) > 0 {
			writeConfusion(t, "event", geo.EventTypes(), r.EventConfusion)
		}
		fmt.Fprint(t, "\n\tconfidence\tmentions\tmean\tright\t\n")
		for i, b := range r.Calibration.Bins {
			fmt.Fprintf(t, "\t%.1f–%.1f\t%d\t%s\t%s\t\n", float64(i)/10, float64(i+1)/10, b.Of, decimal(b.Confidence()), decimal(b.Share()))
		}
		fmt.Fprintf(t, "\texpected error\t\t\t%s\t\n\tBrier score\t\t\t%s\t\n", decimal(r.Calibration.Error()), decimal(r.Calibration.Brier()))
	}
	return t.Flush()
}

func writeConfusion[K ~string](t io.Writer, what string, classes []K, confusion map[K]map[K]int) {
	fmt.Fprintf(t, "\n\t%s, gold\t", what)
	for _, c := range classes {
		fmt.Fprintf(t, "as %s\t", c)
	}
	fmt.Fprintln(t)
	for _, gold := range classes {
		fmt.Fprintf(t, "\t%s\t", gold)
		for _, predicted := range classes {
			fmt.Fprintf(t, "%d\t", confusion[gold][predicted])
		}
		fmt.Fprintln(t)
	}
}

// WriteErrors lists what was read wrong, a line for each.
func WriteErrors(w io.Writer, r *Report) error {
	for _, e := range r.Errors {
		if _, err := fmt.Fprintf(w, "%s: %s: %s: %q\n", e.Document, e.What, e.Name, e.Context); err != nil {
			return err
		}
	}
	return nil
}

// figures is a report with its shares, as JSON has it; null where there was
// nothing to score.
type figures struct {
	*Report
	Precision      *float64               `json:"precision"`
	Recall         *float64               `json:"recall"`
	F1             *float64               `json:"f1"`
	OverlapF1      *float64               `json:"overlap_f1"`
	Resolution     *float64               `json:"resolution_accuracy"`
	EndToEndF1     *float64               `json:"end_to_end_f1"`
	RoleAccuracy   *float64               `json:"role_accuracy"`
	RoleMacroF1    *float64               `json:"role_macro_f1"`
	ByRole         map[geo.Role]roleShare `json:"by_role"`
	SitePrecision  *float64               `json:"site_precision"`
	SiteRecall     *float64               `json:"site_recall"`
	SiteF1         *float64               `json:"site_f1"`
	FalseSiteShare *float64               `json:"false_site_share"` // of predicted sites
	PinF1          *float64               `json:"pin_f1"`
	EventAccuracy  *float64               `json:"event_accuracy"`
	DayAccuracy    *float64               `json:"day_accuracy"`
	ClaimAccuracy  *float64               `json:"claim_accuracy"`
	ClaimantF1     *float64               `json:"claimed_by_overlap"`
	Bins           []bin                  `json:"calibration"`
	Calibration    *float64               `json:"calibration_error"`
	Brier          *float64               `json:"brier_score"`
}

type roleShare struct {
	Precision *float64 `json:"precision"`
	Recall    *float64 `json:"recall"`
	F1        *float64 `json:"f1"`
}

type bin struct {
	From       float64  `json:"from"`
	To         float64  `json:"to"`
	Confidence *float64 `json:"confidence"`
	Share      *float64 `json:"share"`
	Bin
}

// WriteJSON prints the reports as an array with counts and shares.
func WriteJSON(w io.Writer, reports []*Report) error {
	all := make([]figures, 0, len(reports))
	for _, r := range reports {
		all = append(all, newFigures(r))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(all)
}

func newFigures(r *Report) figures {
	f := figures{
		Report:    r,
		Precision: number(r.Spans.Precision()), Recall: number(r.Spans.Recall()), F1: number(r.Spans.F1()),
		OverlapF1: number(r.Overlap.F1()), Resolution: number(r.Acc161.Share()), EndToEndF1: number(r.EndToEnd.F1()),
		RoleAccuracy: number(r.Roles.Share()), RoleMacroF1: number(r.MacroRole()), ByRole: make(map[geo.Role]roleShare),
		SitePrecision: number(r.Sites.Precision()), SiteRecall: number(r.Sites.Recall()), SiteF1: number(r.Sites.F1()),
		FalseSiteShare: number(1 - r.Sites.Precision()), PinF1: number(r.Pins.F1()),
		EventAccuracy: number(r.Events.Share()), DayAccuracy: number(r.Days.Share()),
		ClaimAccuracy: number(r.Claims.Share()), ClaimantF1: number(r.Claimants.Value()),
		Calibration: number(r.Calibration.Error()), Brier: number(r.Calibration.Brier()),
	}
	for _, role := range geo.Roles() {
		p := r.Role(role)
		f.ByRole[role] = roleShare{number(p.Precision()), number(p.Recall()), number(p.F1())}
	}
	for i, b := range r.Calibration.Bins {
		f.Bins = append(f.Bins, bin{float64(i) / 10, float64(i+1) / 10, number(b.Confidence()), number(b.Share()), b})
	}
	return f
}

// number is JSON's null for NaN.
func number(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}
