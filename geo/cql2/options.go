package cql2

import "github.com/paulmach/orb"

// Options say how an expression is written that isn't written as the standard
// has it by default.
type Options struct {
	// Position gives the lon,lat degrees (WGS 84) of coordinates of another
	// reference system; nil where they are lon,lat. It is given any finite numbers.
	Position func(orb.Point) orb.Point
}

// ParseText reads CQL2 text; see the function ParseText.
func (o Options) ParseText(s string) (Expr, error) {
	if err := checkInput(s, MaxTextBytes, "text"); err != nil {
		return Expr{}, err
	}
	return parseText(s, o)
}

// ParseJSON reads CQL2 JSON.
func (o Options) ParseJSON(b []byte) (Expr, error) {
	s := string(b)
	if err := checkInput(s, MaxJSONBytes, "JSON"); err != nil {
		return Expr{}, err
	}
	return parseJSON(s, o)
}
