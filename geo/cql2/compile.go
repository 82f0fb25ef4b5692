package cql2

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Compile checks that the expression names only the properties and compares
// each with its like. A plain string compared with a date is read as one, and 0
// and 1 compared with a boolean are false and true.
func Compile(e Expr, properties []Property) (*Program, error) {
	if e.IsZero() {
		return nil, errors.New("there is no expression")
	}
	c := &compiler{properties: properties}
	root, err := c.condition(e.root)
	if err != nil {
		return nil, err
	}
	slices.Sort(c.uses)
	return &Program{expr: e, root: root, uses: slices.Compact(c.uses)}, nil
}

type compiler struct {
	properties []Property
	uses       []int
}

func (n *node) errorf(format string, args ...any) error {
	return fmt.Errorf("%s%w", at(n.pos), fmt.Errorf(format, args...))
}

// property finds the property that the node names.
func (c *compiler) property(n *node) (int, Type, error) {
	for i, p := range c.properties {
		if p.Name == n.text {
			c.uses = append(c.uses, i)
			return i, p.Type, nil
		}
	}
	names := make([]string, len(c.properties))
	for i, p := range c.properties {
		names[i] = p.Name
	}
	if like := near(clip(n.text), names); like != "" {
		return 0, 0, n.errorf("there is no property %q; there is %s", clip(n.text), like)
	}
	return 0, 0, n.errorf("there is no property %q", clip(n.text))
}

// typeOf is the type of what a node gives.
func (c *compiler) typeOf(n *node) (Type, error) {
	switch o := n.op; {
	case o == opProperty:
		_, t, err := c.property(n)
		return t, err
	case o == opString || o == opCaseI || o == opAccentI:
		return String, nil
	case o == opNumber || o.isArithmetic():
		return Number, nil
	case o == opInstant:
		return Date, nil
	case o == opGeometry || o == opBBox:
		return Geometry, nil
	}
	return Boolean, nil
}

func (c *compiler) condition(n *node) (predicate, error) {
	switch o := n.op; {
	case o == opAnd:
		all, err := c.conditions(n.args)
		return and(all), err
	case o == opOr:
		all, err := c.conditions(n.args)
		return or(all), err
	case o == opNot:
		of, err := c.condition(n.args[0])
		return not{of}, err
	case o == opIsNull:
		i, _, err := c.property(n.args[0])
		return isNull(i), err
	case o.isComparison():
		return c.comparison(n, n.args[0], n.args[1])
	case o == opLike:
		return c.like(n)
	case o == opIn:
		return c.in(n)
	case o == opBetween:
		return c.between(n)
	case o.isSpatial():
		return c.spatial(n)
	case o.isTemporal():
		return c.temporal(n)
	}
	t, err := c.typeOf(n)
	if err == nil && t != Boolean {
		err = n.errorf("%s is %s and no condition", n.describe(), t)
	}
	if err != nil {
		return nil, err
	}
	return c.boolean(n)
}

func (c *compiler) conditions(nodes []*node) ([]predicate, error) {
	out := make([]predicate, 0, len(nodes))
	for _, n := range nodes {
		p, err := c.condition(n)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

// common is the type in which two operands are compared.
func (c *compiler) common(n, a, b *node) (Type, error) {
	at, err := c.typeOf(a)
	if err != nil {
		return 0, err
	}
	bt, err := c.typeOf(b)
	if err != nil {
		return 0, err
	}
	switch {
	case at == Geometry || bt == Geometry:
		return 0, n.errorf("%s can't compare geometries, S_INTERSECTS can", n.op)
	case at == bt:
		return at, nil
	case at == Date && b.op == opString, bt == Date && a.op == opString:
		return Date, nil
	case at == Boolean && b.isTruth(), bt == Boolean && a.isTruth():
		return Boolean, nil
	}
	return 0, n.errorf("%s is %s, %s is %s: they can't be compared", a.describe(), at, b.describe(), bt)
}

// isTruth reports whether the node is a number that clients send for a boolean.
func (n *node) isTruth() bool { return n.op == opNumber && (n.number == 0 || n.number == 1) }

func (c *compiler) comparison(n, a, b *node) (predicate, error) {
	t, err := c.common(n, a, b)
	if err != nil {
		return nil, err
	}
	return c.compare(n, n.op, t, a, b)
}

// compare makes the comparison of two operands of a type.
func (c *compiler) compare(n *node, o op, t Type, a, b *node) (predicate, error) {
	switch t {
	case String:
		x, err := c.text(a)
		if err != nil {
			return nil, err
		}
		y, err := c.text(b)
		x.foldLike(y)
		y.foldLike(x)
		return &texts{x, y, verdictOf(o)}, err
	case Number:
		x, err := c.number(a)
		if err != nil {
			return nil, err
		}
		y, err := c.number(b)
		return &numbers{x, y, verdictOf(o)}, err
	case Date:
		fine := a.isStamp() && b.isStamp()
		x, err := c.end(a, fine)
		if err != nil {
			return nil, err
		}
		y, err := c.end(b, fine)
		return &days{x, y, verdictOf(o)}, err
	}
	if o != opEq && o != opNe {
		return nil, n.errorf("booleans can't be compared by %s, only by = and <>", o)
	}
	x, err := c.boolean(a)
	if err != nil {
		return nil, err
	}
	y, err := c.boolean(b)
	return &sameBoolean{x, y, o == opEq}, err
}

func (c *compiler) boolean(n *node) (boolean, error) {
	if n.op != opProperty {
		return boolean{index: -1, fixed: n.truth || n.number == 1}, nil
	}
	i, _, err := c.property(n)
	return boolean{index: i}, err
}

func (c *compiler) number(n *node) (number, error) {
	switch {
	case n.op == opNumber:
		return fixedNumber(n.number), nil
	case n.op.isArithmetic():
		a, err := c.number(n.args[0])
		if err != nil {
			return nil, err
		}
		b, err := c.number(n.args[1])
		return &arithmetic{n.op, a, b}, err
	}
	i, t, err := c.property(n)
	if err == nil && t != Number {
		err = n.errorf("%s is %s, not a number", n.describe(), t)
	}
	return propertyNumber(i), err
}

// text compiles a property or a literal with the foldings around it.
func (c *compiler) text(n *node) (text, error) {
	var f folding
	for ; n.op == opCaseI || n.op == opAccentI; n = n.args[0] {
		f.caseI = f.caseI || n.op == opCaseI
		f.accentI = f.accentI || n.op == opAccentI
	}
	if n.op != opProperty {
		return text{index: -1, fixed: string(f.append(nil, n.text))}, nil
	}
	i, t, err := c.property(n)
	if err == nil && t != String {
		err = n.errorf("%s is %s, not text", n.describe(), t)
	}
	return text{index: i, folding: f}, err
}

// foldLike folds a literal like the property that it is compared with. The
// standard asks for CASEI on both sides; on one it would never match.
func (t *text) foldLike(o text) {
	if t.index < 0 {
		t.fixed = string(o.folding.append(nil, t.fixed))
	}
}

func (n *node) isStamp() bool { return n.op == opInstant && n.instant.stamp }

// end compiles an instant, in microseconds where fine.
func (c *compiler) end(n *node, fine bool) (end, error) {
	i := n.instant
	switch n.op {
	case opProperty:
		index, t, err := c.property(n)
		if err == nil && t != Date {
			err = n.errorf("%s is %s, not a date", n.describe(), t)
		}
		return end{index: index}, err
	case opString:
		var err error
		if i, err = parseInstant(n.text); err != nil {
			return end{}, n.errorf("%w", err)
		}
	}
	if fine {
		return end{index: -1, fixed: i.micros}, nil
	}
	return end{index: -1, fixed: i.day}, nil
}

func (c *compiler) like(n *node) (predicate, error) {
	if t, err := c.typeOf(n.args[0]); err != nil || t != String {
		return nil, cmp.Or(err, n.errorf("LIKE needs text, %s is %s", n.args[0].describe(), t))
	}
	of, err := c.text(n.args[0])
	if err != nil {
		return nil, err
	}
	f := of.folding // so that the pattern can do without CASEI of its own
	p := n.args[1]
	for ; p.op == opCaseI || p.op == opAccentI; p = p.args[0] {
		f.caseI = f.caseI || p.op == opCaseI
		f.accentI = f.accentI || p.op == opAccentI
	}
	return &like{of: of, pattern: parsePattern(p.text, f)}, nil
}

// in compiles a list: of texts to a set, of anything else to comparisons.
func (c *compiler) in(n *node) (predicate, error) {
	of, list := n.args[0], n.args[1:]
	t, err := c.typeOf(of)
	if err != nil {
		return nil, err
	}
	fixed := t == String
	for _, v := range list {
		fixed = fixed && v.isPattern()
	}
	if fixed {
		x, err := c.text(of)
		set := make(map[string]struct{}, len(list))
		for _, v := range list {
			literal, _ := c.text(v) // no property: no error
			literal.foldLike(x)
			set[literal.fixed] = struct{}{}
		}
		return &oneOf{x, set}, err
	}
	either := make(or, 0, len(list))
	for _, v := range list {
		t, err := c.common(n, of, v)
		if err != nil {
			return nil, err
		}
		p, err := c.compare(n, opEq, t, of, v)
		if err != nil {
			return nil, err
		}
		either = append(either, p)
	}
	return either, nil
}

func (c *compiler) between(n *node) (predicate, error) {
	both := and{}
	for i, o := range [...]op{opGe, opLe} {
		t, err := c.common(n, n.args[0], n.args[i+1])
		if err != nil {
			return nil, err
		}
		p, err := c.compare(n, o, t, n.args[0], n.args[i+1])
		if err != nil {
			return nil, err
		}
		both = append(both, p)
	}
	return both, nil
}
