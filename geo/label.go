package geo

import (
	"fmt"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// Labels is the policy for the names of disputed places: which of them people
// see. None is the right one, so the choice is the operator's.
type Labels string

// The policies.
const (
	// LabelsAsWritten shows the name that the text used.
	LabelsAsWritten Labels = "as-written"
	// LabelsGazetteer shows the name under which the gazetteer files the place.
	LabelsGazetteer Labels = "gazetteer"
	// LabelsDual shows the gazetteer's name and another one that is in use.
	LabelsDual Labels = "dual"
)

// ParseLabels returns the policy of that name.
func ParseLabels(s string) (Labels, error) {
	switch l := Labels(s); l {
	case LabelsAsWritten, LabelsGazetteer, LabelsDual:
		return l, nil
	}
	return "", fmt.Errorf("labels %q are none of %s, %s, %s", s, LabelsAsWritten, LabelsGazetteer, LabelsDual)
}

// Label returns the name to show for p where a text wrote written, which may
// be empty. A place that nobody disputes goes by its name in the gazetteer
// whatever the policy.
//
// LabelsDual joins two names with " / ": the gazetteer's, then the one written
// if that is another name of the place, or else the first other name that is
// usual in some language and written in the same script. Adjectives, former
// names and nicknames are no labels.
func (l Labels) Label(p *gazetteer.Place, written string) string {
	if !p.Disputed {
		return p.Name
	}
	switch l {
	case LabelsAsWritten:
		if written != "" {
			return written
		}
	case LabelsDual:
		if other := otherName(p, written); other != "" {
			return p.Name + " / " + other
		}
	}
	return p.Name
}

// otherName returns the name to show beside the one in the gazetteer, empty if
// there is none.
func otherName(p *gazetteer.Place, written string) string {
	filed, asked := gazetteer.Fold(p.Name), gazetteer.Fold(written)
	script, usual := "", ""
	for _, n := range p.Names {
		if n.Text == p.Name {
			script = n.Script
		}
	}
	for _, n := range p.Names {
		folded := gazetteer.Fold(n.Text)
		if n.Demonym || n.Historical || n.Colloquial || folded == filed {
			continue
		}
		if folded == asked {
			return written
		}
		if usual == "" && n.Preferred && n.Script == script {
			usual = n.Text
		}
	}
	return usual
}
