// Package geo holds the domain of conflictmap as plain values: an Article
// comes in, its Mentions say what it tells about places, site mentions add up
// to Events, and a Filter selects among them.
//
// Nothing here reads, writes or remembers: parsing lives in geo/geoparse,
// storage in geo/sqlite, output in geo/layer. Roles, event types, claims and
// dates follow the annotation guidelines; the precision codes are those of the
// UCDP Georeferenced Event Dataset codebook.
package geo

import "errors"

// ErrNotFound is returned, wrapped, for an id that names nothing.
var ErrNotFound = errors.New("not found")
