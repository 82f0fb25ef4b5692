package layer

import (
	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// eventFootprint is where an event is drawn: where its best mention is put by
// the text, unless another mention knows the position better; else at its place.
func eventFootprint(e *geo.Event) orb.Geometry {
	if g := movedTo(e); g != nil {
		return g
	}
	return footprintOf(e.Place)
}

// movedTo is the geometry of the best mention if the event is known no better
// than by it, nil for the place's own.
func movedTo(e *geo.Event) orb.Geometry {
	if e.WherePrec != e.Best.WherePrec {
		return nil
	}
	return e.Best.Geometry
}

// offsetWords are those of the best mention if the event is known no better than by it.
func offsetWords(e *geo.Event) string {
	if e.WherePrec != e.Best.WherePrec {
		return ""
	}
	return e.Best.Offset
}

// uncertaintyAt is the place's uncertainty, in metres; null elsewhere, since
// nobody stated how far "15 km south of" it may be off.
func uncertaintyAt(p *gazetteer.Place, moved orb.Geometry) any {
	if moved != nil {
		return nil
	}
	return metres(p)
}
