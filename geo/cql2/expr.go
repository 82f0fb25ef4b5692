package cql2

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// node is a node of the syntax tree. What its fields hold depends on op.
type node struct {
	op       op
	pos      int // character in the text, from 1; 0: not from text
	args     []*node
	text     string  // name of a property, value of a string
	number   float64 // value of a number
	truth    bool    // value of a boolean
	instant  instant
	geometry orb.Geometry // a BBOX is a Bound; its west lies east of its east where it crosses the antimeridian
}

// op says what a node is.
type op uint8

const (
	opAnd op = iota + 1
	opOr
	opNot
	opEq
	opNe
	opLt
	opLe
	opGt
	opGe
	opLike
	opIn // the first argument in the others
	opBetween
	opIsNull
	opAdd
	opSub
	opMul
	opDiv
	opMod
	opIntDiv
	opPow
	opCaseI
	opAccentI
	opInterval
	opIntersects
	opDisjoint
	opWithin
	opContains
	opTAfter
	opTBefore
	opTContains
	opTDisjoint
	opTDuring
	opTEquals
	opTFinishedBy
	opTFinishes
	opTIntersects
	opTMeets
	opTMetBy
	opTOverlappedBy
	opTOverlaps
	opTStartedBy
	opTStarts
	opProperty
	opString
	opNumber
	opBool
	opInstant
	opOpen // the open end of an interval
	opGeometry
	opBBox
)

// String is the operator or function as CQL2 text writes it.
func (o op) String() string {
	return [...]string{
		opAnd: "AND", opOr: "OR", opNot: "NOT",
		opEq: "=", opNe: "<>", opLt: "<", opLe: "<=", opGt: ">", opGe: ">=",
		opLike: "LIKE", opIn: "IN", opBetween: "BETWEEN", opIsNull: "isNull",
		opAdd: "+", opSub: "-", opMul: "*", opDiv: "/", opMod: "%", opIntDiv: "div", opPow: "^",
		opCaseI: "CASEI", opAccentI: "ACCENTI", opInterval: "INTERVAL",
		opIntersects: "S_INTERSECTS", opDisjoint: "S_DISJOINT", opWithin: "S_WITHIN", opContains: "S_CONTAINS",
		opTAfter: "T_AFTER", opTBefore: "T_BEFORE", opTContains: "T_CONTAINS", opTDisjoint: "T_DISJOINT",
		opTDuring: "T_DURING", opTEquals: "T_EQUALS", opTFinishedBy: "T_FINISHEDBY", opTFinishes: "T_FINISHES",
		opTIntersects: "T_INTERSECTS", opTMeets: "T_MEETS", opTMetBy: "T_METBY", opTOverlappedBy: "T_OVERLAPPEDBY",
		opTOverlaps: "T_OVERLAPS", opTStartedBy: "T_STARTEDBY", opTStarts: "T_STARTS",
		opProperty: "property", opString: "string", opNumber: "number", opBool: "boolean", opInstant: "instant",
		opOpen: "..", opGeometry: "geometry", opBBox: "BBOX",
	}[o]
}

func (o op) isComparison() bool { return o >= opEq && o <= opGe }
func (o op) isArithmetic() bool { return o >= opAdd && o <= opPow }
func (o op) isSpatial() bool    { return o >= opIntersects && o <= opContains }
func (o op) isTemporal() bool   { return o >= opTAfter && o <= opTStarts }
func (o op) isPredicate() bool  { return o <= opIsNull || o.isSpatial() || o.isTemporal() }

// opNamed finds the operator or function among from to last, in any case.
func opNamed(name string, from, last op) (op, bool) {
	for o := from; o <= last; o++ {
		if strings.EqualFold(name, o.String()) {
			return o, true
		}
	}
	return 0, false
}

// The ranks of what binds tighter than what.
const (
	rankOr = iota + 1
	rankAnd
	rankNot
	rankComparison
	rankSum
	rankProduct
	rankPower
	rankPrimary
)

func (n *node) rank() int {
	switch o := n.op; {
	case o == opOr:
		return rankOr
	case o == opAnd:
		return rankAnd
	case o == opNot:
		return rankNot
	case o <= opIsNull:
		return rankComparison
	case o == opAdd || o == opSub:
		return rankSum
	case o == opPow:
		return rankPower
	case o.isArithmetic():
		return rankProduct
	}
	return rankPrimary
}

// appendText appends the canonical text. Each node takes at most one level of
// parentheses, so that what was read from JSON within MaxDepth can be read as text.
func (n *node) appendText(b []byte) []byte {
	switch {
	case n.op == opNot:
		return n.appendNot(b)
	case n.op <= opIsNull:
		return n.appendCondition(b, "")
	case n.op.isArithmetic():
		b = n.args[0].appendAbove(b, n.leftRank())
		b = append(b, ' ')
		b = append(b, n.op.String()...)
		b = append(b, ' ')
		return n.args[1].appendAbove(b, n.rank()+1)
	case n.op < opProperty:
		b = append(b, n.op.String()...)
		b = append(b, '(')
		return append(n.appendArgs(b, 0), ')')
	}
	return n.appendLeaf(b)
}

// leftRank is how tight the left argument must bind: + and * can be chained, ^ can't.
func (n *node) leftRank() int {
	if n.op == opPow {
		return rankPrimary
	}
	return n.rank()
}

func (n *node) appendAbove(b []byte, rank int) []byte {
	if n.rank() >= rank {
		return n.appendText(b)
	}
	return append(n.appendText(append(b, '(')), ')')
}

func (n *node) appendArgs(b []byte, from int) []byte {
	for i, a := range n.args[from:] {
		if i > 0 {
			b = append(b, ", "...)
		}
		if n.op == opInterval && a.op == opInstant {
			b = appendString(b, a.instant.text)
			continue
		}
		b = a.appendText(b)
	}
	return b
}

func (n *node) appendNot(b []byte) []byte {
	of := n.args[0]
	switch of.op {
	case opLike, opIn, opBetween, opIsNull:
		return of.appendCondition(b, "NOT ")
	case opNot:
		return of.appendText(append(b, "NOT "...))
	}
	return of.appendAbove(append(b, "NOT "...), rankPrimary)
}

// appendCondition appends anything that binds as tight as a comparison or looser.
func (n *node) appendCondition(b []byte, not string) []byte {
	switch n.op {
	case opAnd, opOr:
		for i, a := range n.args {
			if i > 0 {
				b = append(b, ' ')
				b = append(b, n.op.String()...)
				b = append(b, ' ')
			}
			b = a.appendAbove(b, n.rank()+1)
		}
		return b
	case opIsNull:
		b = append(n.args[0].appendText(b), " IS "...)
		return append(append(b, not...), "NULL"...)
	}
	b = append(n.args[0].appendText(b), ' ')
	b = append(append(b, not...), n.op.String()...)
	b = append(b, ' ')
	switch n.op {
	case opIn:
		return append(n.appendArgs(append(b, '('), 1), ')')
	case opBetween:
		b = append(n.args[1].appendText(b), " AND "...)
		return n.args[2].appendText(b)
	}
	return n.args[1].appendText(b)
}

func (n *node) appendLeaf(b []byte) []byte {
	switch n.op {
	case opProperty:
		return appendName(b, n.text)
	case opString:
		return appendString(b, n.text)
	case opNumber:
		return appendNumber(b, n.number)
	case opBool:
		return append(b, strings.ToUpper(strconv.FormatBool(n.truth))...)
	case opInstant:
		word := "DATE("
		if n.instant.stamp {
			word = "TIMESTAMP("
		}
		return append(appendString(append(b, word...), n.instant.text), ')')
	case opOpen:
		return append(b, "'..'"...)
	}
	return appendGeometry(b, n.geometry)
}

// appendName quotes the names that need it.
func appendName(b []byte, name string) []byte {
	plain := !isReserved(name)
	for i, r := range name {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		plain = plain && (letter || i > 0 && '0' <= r && r <= '9')
	}
	if plain {
		return append(b, name...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(name, `"`, `""`)...)
	return append(b, '"')
}

func appendString(b []byte, s string) []byte {
	b = append(b, '\'')
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '\'':
			b = append(b, "''"...)
		case c == '\\':
			b = append(b, `\\`...)
		case '\a' <= c && c <= '\r':
			b = append(b, '\\', "abtnvfr"[c-'\a'])
		default:
			b = append(b, c)
		}
	}
	return append(b, '\'')
}

func appendNumber(b []byte, n float64) []byte { return strconv.AppendFloat(b, n, 'g', -1, 64) }

// finite turns -0 into 0, which compares equal, and reports whether n is a number.
func finite(n float64) (float64, bool) {
	return n + 0, !math.IsNaN(n) && !math.IsInf(n, 0)
}
