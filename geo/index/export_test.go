package index

import (
	"context"

	"github.com/conflictmap/conflictmap/geo"
)

// MentionOf is mentionOf.
func MentionOf(r *geo.Record) Mention { return mentionOf(r) }

// Remade makes a view anew as an update with nothing new would.
func Remade(ctx context.Context, v *View) (*View, error) { return newLoader(v).view(ctx, v.state) }
