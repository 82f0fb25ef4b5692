package server

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/index"
)

// View is one state of the data as queries see it; *index.View is one. It never
// changes and is shared by requests.
type View interface {
	Version() string
	LayerReader
	Finder
	Counter
	Marker
	Relater
}

// LayerReader reads what a query selects. A sequence ends with its first error.
type LayerReader interface {
	Events(context.Context, index.Query) iter.Seq2[geo.Event, error]
	Mentions(context.Context, index.Query) iter.Seq2[geo.Record, error]
	Places(context.Context, index.Query) iter.Seq2[geo.PlaceSummary, error]
}

// Finder finds single features, and places by the beginning of a name. The error for an id that isn't there wraps
// geo.ErrNotFound.
type Finder interface {
	Event(ctx context.Context, id string) (geo.Event, error)
	Mention(ctx context.Context, id string) (geo.Record, error)
	Place(ctx context.Context, id string) (geo.PlaceSummary, error)
	PlacesNamed(prefix string, limit int) []gazetteer.Hit
}

// Counter counts what a query selects, and all that there is at a place.
type Counter interface {
	Count(ctx context.Context, collection string, q index.Query) (int, error)
	Histogram(ctx context.Context, collection string, q index.Query, step index.Step) (bins []index.Bin, coarse int, err error)
	Facets(ctx context.Context, collection string, q index.Query, limit int) (*index.Facets, error)
	PlaceCounts(id string) (events, mentions int)
}

// Marker says where things are.
type Marker interface {
	Marks(ctx context.Context, collection string, q index.Query) (*index.Marks, error)
	Extent(collection string) (bounds orb.Bound, days geo.Interval, ok bool)
}
