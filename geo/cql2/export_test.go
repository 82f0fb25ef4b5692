package cql2

import "github.com/paulmach/orb"

// Intersects and Within are the spatial relations of geometries.
func Intersects(a, b orb.Geometry) bool { return intersects(a, b) }
func Within(a, b orb.Geometry) bool     { return within(a, b) }

// ParseLong is ParseText without its bound on size.
func ParseLong(s string) (Expr, error) { return parseText(s, Options{}) }
