package index

import "github.com/conflictmap/conflictmap/geo"

// MentionOf is mentionOf.
func MentionOf(r *geo.Record) Mention { return mentionOf(r) }
