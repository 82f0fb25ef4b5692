package geoparse

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// Seam names a decision of the parser that a model may take.
type Seam string

// The seams with models.
const (
	SpanSeam  Seam = "span"  // which tokens name a place
	PlaceSeam Seam = "place" // which of the places that bear the name
	RoleSeam  Seam = "role"
	EventSeam Seam = "event" // the type of a site's event
	DateSeam  Seam = "date"  // which of the text's dates is the event's

	ConfidenceSeam Seam = "confidence" // how sure the parser may be of a mention
)

// Seams lists the seams in the order in which a text passes them.
func Seams() []Seam {
	return []Seam{SpanSeam, PlaceSeam, RoleSeam, EventSeam, DateSeam, ConfidenceSeam}
}

// Models are what was learned for the seams. A seam without a model decides by rules.
type Models map[Seam]*linear.Model

//go:embed models
var embedded embed.FS

// BuiltinModels returns the models that the training command wrote into models/.
func BuiltinModels() (Models, error) {
	ms := make(Models)
	for _, s := range Seams() {
		b, err := embedded.ReadFile("models/" + string(s) + ".bin")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("model of seam %s: %w", s, err)
		}
		if ms[s], err = linear.Read(b); err != nil {
			return nil, fmt.Errorf("model of seam %s: %w", s, err)
		}
	}
	return ms, nil
}
