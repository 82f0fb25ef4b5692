package cql2

import (
	"bytes"
	"cmp"
	"math"
	"strings"
)

// logic is a truth value of three-valued logic. The order makes AND the lowest
// and OR the highest of its arguments.
type logic uint8

const (
	no logic = iota
	unknown
	yes
)

func truth(b bool) logic {
	if b {
		return yes
	}
	return no
}

// predicate is a compiled condition. It is not changed by eval.
type predicate interface {
	eval(Row) logic
}

type and []predicate

func (a and) eval(r Row) logic {
	out := yes
	for _, p := range a {
		if out = min(out, p.eval(r)); out == no {
			break
		}
	}
	return out
}

type or []predicate

func (o or) eval(r Row) logic {
	out := no
	for _, p := range o {
		if out = max(out, p.eval(r)); out == yes {
			break
		}
	}
	return out
}

type not struct{ of predicate }

func (n not) eval(r Row) logic { return yes - n.of.eval(r) }

// isNull asks whether a property has no value.
type isNull int

func (i isNull) eval(r Row) logic { return truth(r.Value(int(i)).Type == 0) }

// verdict says of the outcomes less, equal and greater which make a comparison true.
type verdict [3]bool

func verdictOf(o op) verdict {
	return verdict{
		o == opLt || o == opLe || o == opNe,
		o == opEq || o == opLe || o == opGe,
		o == opGt || o == opGe || o == opNe,
	}
}

func (v verdict) of(order int) logic { return truth(v[order+1]) }

// boolean is a property or a constant as an operand.
type boolean struct {
	index int // -1: fixed
	fixed bool
}

func (b boolean) of(r Row) (value, ok bool) {
	if b.index < 0 {
		return b.fixed, true
	}
	v := r.Value(b.index)
	return v.True, v.Type == Boolean
}

func (b boolean) eval(r Row) logic {
	v, ok := b.of(r)
	if !ok {
		return unknown
	}
	return truth(v)
}

// sameBoolean is the comparison of two booleans by = or <>.
type sameBoolean struct {
	a, b boolean
	same bool
}

func (s *sameBoolean) eval(r Row) logic {
	a, ok := s.a.of(r)
	if !ok {
		return unknown
	}
	b, ok := s.b.of(r)
	if !ok {
		return unknown
	}
	return truth((a == b) == s.same)
}

// days compares days or, of two literals, times.
type days struct {
	a, b    end
	verdict verdict
}

func (d *days) eval(r Row) logic {
	a, ok := d.a.of(r)
	if !ok {
		return unknown
	}
	b, ok := d.b.of(r)
	if !ok {
		return unknown
	}
	return d.verdict.of(cmp.Compare(a, b))
}

// number is a numeric operand; false: null, which is what no number can be, too.
type number interface {
	of(Row) (float64, bool)
}

type fixedNumber float64

func (n fixedNumber) of(Row) (float64, bool) { return float64(n), true }

type propertyNumber int

func (n propertyNumber) of(r Row) (float64, bool) {
	v := r.Value(int(n))
	return v.Number, v.Type == Number
}

type arithmetic struct {
	op   op
	a, b number
}

func (n *arithmetic) of(r Row) (float64, bool) {
	a, ok := n.a.of(r)
	if !ok {
		return 0, false
	}
	b, ok := n.b.of(r)
	if !ok {
		return 0, false
	}
	return finite(calculate(n.op, a, b))
}

func calculate(o op, a, b float64) float64 {
	switch o {
	case opAdd:
		return a + b
	case opSub:
		return a - b
	case opMul:
		return a * b
	case opDiv:
		return a / b
	case opMod:
		return math.Mod(a, b)
	case opIntDiv:
		return math.Trunc(a / b)
	}
	return math.Pow(a, b)
}

type numbers struct {
	a, b    number
	verdict verdict
}

func (n *numbers) eval(r Row) logic {
	a, ok := n.a.of(r)
	if !ok {
		return unknown
	}
	b, ok := n.b.of(r)
	if !ok {
		return unknown
	}
	return n.verdict.of(cmp.Compare(a, b))
}

// text is a property or a literal, which is folded already, as an operand.
type text struct {
	index   int // -1: fixed
	fixed   string
	folding folding
}

func (t *text) of(r Row) (string, bool) {
	if t.index < 0 {
		return t.fixed, true
	}
	v := r.Value(t.index)
	return v.Text, v.Type == String
}

// texts compares by code points, which is the order of bytes in UTF-8.
type texts struct {
	a, b    text
	verdict verdict
}

func (t *texts) eval(r Row) logic {
	a, ok := t.a.of(r)
	if !ok {
		return unknown
	}
	b, ok := t.b.of(r)
	if !ok {
		return unknown
	}
	if t.a.folding.none() && t.b.folding.none() {
		return t.verdict.of(strings.Compare(a, b))
	}
	var aRoom, bRoom [foldRoom]byte
	return t.verdict.of(bytes.Compare(t.a.folding.append(aRoom[:0], a), t.b.folding.append(bRoom[:0], b)))
}

// foldRoom is how long a text can be that is folded without allocating.
const foldRoom = 256

// oneOf is IN over fixed texts, folded.
type oneOf struct {
	of   text
	list map[string]struct{}
}

func (o *oneOf) eval(r Row) logic {
	s, ok := o.of.of(r)
	if !ok {
		return unknown
	}
	if o.of.folding.none() {
		_, ok = o.list[s]
		return truth(ok)
	}
	var room [foldRoom]byte
	_, ok = o.list[string(o.of.folding.append(room[:0], s))]
	return truth(ok)
}

// like is LIKE with a fixed pattern.
type like struct {
	of      text
	pattern pattern
}

func (l *like) eval(r Row) logic {
	s, ok := l.of.of(r)
	if !ok {
		return unknown
	}
	if l.of.folding.none() {
		return truth(l.pattern.matches(s))
	}
	return truth(l.pattern.matchesFolded(s, l.of.folding))
}
