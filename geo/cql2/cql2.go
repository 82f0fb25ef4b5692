// Package cql2 reads and evaluates the filter language of OGC API - Features
// Part 3, the Common Query Language (CQL2, OGC 21-065), as text and as JSON.
//
// ParseText and ParseJSON give an Expr, Compile checks it against the
// properties of a collection and gives a Program, which says of each row
// whether it matches.
//
// The language is whole but for arrays and for the spatial relations beyond
// intersects, disjoint, within and contains. Some things are read that the
// standard doesn't have and that clients send: != for <>, ILIKE, ENVELOPE for
// BBOX, times without a zone, and plain strings where a day is compared. A
// date property is a civil day: a time compared with one stands for the day
// that it shows, in its own zone.
//
// Expressions come from outside. Their size, depth and number of values are
// bounded (MaxDepth and its like), and no pattern or shape makes Match slow beyond the
// product of the sizes.
package cql2

import "github.com/paulmach/orb"

// What an expression may have at most. Longer, deeper and larger ones are
// refused by ParseText and ParseJSON.
const (
	MaxTextBytes   = 8 << 10
	MaxJSONBytes   = 64 << 10
	MaxDepth       = 64   // parentheses, NOT and functions within each other
	MaxNodes       = 500  // operators, properties and values
	MaxCoordinates = 1000 // positions of all geometries together
	MaxListValues  = 200  // of an IN
)

// Expr is a parsed expression. The zero Expr is none.
type Expr struct {
	root *node
	text string // canonical
}

// ParseText reads CQL2 text. The error says which token at which character,
// counted from 1, isn't understood and what was expected there.
func ParseText(s string) (Expr, error) { return Options{}.ParseText(s) }

// ParseJSON reads CQL2 JSON.
func ParseJSON(b []byte) (Expr, error) { return Options{}.ParseJSON(b) }

func newExpr(root *node) Expr { return Expr{root: root, text: string(root.appendText(nil))} }

// IsZero reports whether there is no expression.
func (e Expr) IsZero() bool { return e.root == nil }

// String is the expression in a canonical form of CQL2 text, in which equal
// expressions have equal strings, whether they came as text or as JSON.
// ParseText reads it back unless it has more than MaxTextBytes.
func (e Expr) String() string { return e.text }

// Type is the type of a property.
type Type int

// The types.
const (
	String Type = iota + 1
	Number
	Boolean
	Date
	Geometry
)

// String names the type as messages do.
func (t Type) String() string {
	switch t {
	case String:
		return "text"
	case Number:
		return "a number"
	case Boolean:
		return "a boolean"
	case Date:
		return "a date"
	case Geometry:
		return "a geometry"
	}
	return "nothing"
}

// Property is what an expression can name.
type Property struct {
	Name string
	Type Type
}

// Value is the value of a property of a row; the zero Value is null.
type Value struct {
	Type   Type // 0: null
	Text   string
	Number float64
	True   bool
	Day    int32 // days since 0000-12-31, so that 0001-01-01 is 1
	// Geometry is in lon,lat degrees (WGS 84).
	Geometry orb.Geometry
}

// Row is what a Program is asked about.
type Row interface {
	// Value returns the value of the i-th property that Compile was given.
	Value(i int) Value
}

// Program is an expression that was checked against properties. Any number of
// goroutines may use it.
type Program struct {
	expr Expr
	root predicate
	uses []int
}

// Match reports whether the expression is true of the row; unknown is false
// (three-valued logic, as in SQL).
func (p *Program) Match(r Row) bool { return p.root.eval(r) == yes }

// Uses lists the indexes of the properties that the expression names, ascending.
func (p *Program) Uses() []int { return p.uses }

// String is the expression's.
func (p *Program) String() string { return p.expr.String() }
