package cql2

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// textParser reads CQL2 text by recursive descent, one function for each rank
// of operators.
type textParser struct {
	builder
	lex        lexer
	tok, ahead token
}

func parseText(s string, o Options) (Expr, error) {
	p := &textParser{builder: builder{options: o}, lex: lexer{in: s}}
	p.advance()
	p.advance()
	root, err := p.or()
	if err != nil {
		return Expr{}, err
	}
	if p.tok.kind != endToken {
		return Expr{}, p.unexpected("AND, OR or the end")
	}
	if !root.op.isPredicate() && root.op != opBool && root.op != opProperty {
		return Expr{}, fmt.Errorf("the expression must be a condition, not %s", root.describe())
	}
	return newExpr(root), nil
}

// advance takes the token and hands it back.
func (p *textParser) advance() token {
	t := p.tok
	p.tok, p.ahead = p.ahead, p.lex.next()
	return t
}

// pos is the character at which the token starts, from 1.
func (p *textParser) pos(t token) int { return utf8.RuneCountInString(p.lex.in[:t.start]) + 1 }

func (p *textParser) fail(t token, err error) error {
	return fmt.Errorf("character %d: %w", p.pos(t), err)
}

// unexpected says that the token isn't what is wanted.
func (p *textParser) unexpected(want string) error {
	t := p.tok
	what := clip(p.lex.in[t.start:t.end])
	switch {
	case t.kind == endToken:
		return p.fail(t, fmt.Errorf("the text ends where %s is expected", want))
	case t.kind == badToken:
		return p.fail(t, fmt.Errorf("%s %s", what, t.text))
	case t.word("NULL"):
		return p.fail(t, errors.New("NULL can't be compared: write IS NULL or IS NOT NULL"))
	}
	return p.fail(t, fmt.Errorf("%s stands where %s is expected", what, want))
}

func (p *textParser) expect(symbol string) error {
	if !p.tok.is(symbol) {
		return p.unexpected(symbol)
	}
	p.advance()
	return nil
}

// within reads "(", what read reads, and ")".
func (p *textParser) within(read func() error) error {
	if err := p.expect("("); err != nil {
		return err
	}
	if err := read(); err != nil {
		return err
	}
	if !p.tok.is(")") {
		return p.unexpected(", or )")
	}
	p.advance()
	return nil
}

// list reads what read reads, once or more often, with commas.
func (p *textParser) list(read func() error) error {
	for {
		if err := read(); err != nil {
			return err
		}
		if !p.tok.is(",") {
			return nil
		}
		p.advance()
	}
}

func (p *textParser) or() (*node, error)  { return p.chain(opOr, p.and) }
func (p *textParser) and() (*node, error) { return p.chain(opAnd, p.not) }

func (p *textParser) chain(o op, operand func() (*node, error)) (*node, error) {
	first := p.tok
	n, err := operand()
	args := []*node{n}
	for err == nil && p.tok.word(o.String()) {
		p.advance()
		n, err = operand()
		args = append(args, n)
	}
	if err != nil || len(args) == 1 {
		return n, err
	}
	return p.make(o, p.pos(first), args...)
}

func (p *textParser) not() (*node, error) {
	if !p.tok.word("NOT") {
		return p.condition()
	}
	t := p.advance()
	if err := p.enter(); err != nil {
		return nil, p.fail(t, err)
	}
	defer p.leave()
	n, err := p.not()
	if err != nil {
		return nil, err
	}
	return p.make(opNot, p.pos(t), n)
}

// condition reads a comparison, or a value that may be a condition itself.
func (p *textParser) condition() (*node, error) {
	left, err := p.sum()
	if err != nil {
		return nil, err
	}
	t := p.tok
	if t.kind == symbolToken {
		o, ok := opNamed(t.text, opEq, opGe)
		if !ok {
			return left, nil
		}
		p.advance()
		right, err := p.sum()
		if err != nil {
			return nil, err
		}
		return p.make(o, p.pos(t), left, right)
	}
	if t.word("IS") {
		return p.null(left)
	}
	negated := t.word("NOT")
	if negated {
		p.advance()
	}
	n, err := p.matches(left)
	if err != nil {
		return nil, err
	}
	if n == nil && negated {
		return nil, p.unexpected("IN, BETWEEN or LIKE")
	}
	if n == nil {
		return left, nil
	}
	if negated {
		return p.make(opNot, p.pos(t), n)
	}
	return n, nil
}

func (p *textParser) null(of *node) (*node, error) {
	t := p.advance()
	negated := p.tok.word("NOT")
	if negated {
		p.advance()
	}
	if !p.tok.word("NULL") {
		return nil, p.unexpected("NULL")
	}
	p.advance()
	n, err := p.make(opIsNull, p.pos(t), of)
	if err != nil || !negated {
		return n, err
	}
	return p.make(opNot, p.pos(t), n)
}

// matches reads IN, BETWEEN and LIKE with what follows; nil if none is there.
func (p *textParser) matches(left *node) (*node, error) {
	t := p.tok
	args := []*node{left}
	add := func() error {
		n, err := p.sum()
		args = append(args, n)
		return err
	}
	switch {
	case t.word("IN"):
		p.advance()
		if err := p.within(func() error { return p.list(add) }); err != nil {
			return nil, err
		}
		return p.make(opIn, p.pos(t), args...)
	case t.word("BETWEEN"):
		p.advance()
		if err := add(); err != nil {
			return nil, err
		}
		if !p.tok.word("AND") {
			return nil, p.unexpected("AND")
		}
		p.advance()
		if err := add(); err != nil {
			return nil, err
		}
		return p.make(opBetween, p.pos(t), args...)
	case t.word("LIKE"), t.word("ILIKE"):
		p.advance()
		if err := add(); err != nil {
			return nil, err
		}
		return p.like(t, args)
	}
	return nil, nil
}

func (p *textParser) like(t token, args []*node) (n *node, err error) {
	if t.word("ILIKE") {
		if err := p.enter(); err != nil { // as the CASEI that it stands for
			return nil, p.fail(t, err)
		}
		defer p.leave()
		for i, a := range args {
			if args[i], err = p.make(opCaseI, p.pos(t), a); err != nil {
				return nil, err
			}
		}
	}
	return p.make(opLike, p.pos(t), args...)
}

func (p *textParser) sum() (*node, error)     { return p.arithmetic(opAdd, opSub, p.product) }
func (p *textParser) product() (*node, error) { return p.arithmetic(opMul, opIntDiv, p.power) }

// arithmetic reads operands with the operators from to last between them.
func (p *textParser) arithmetic(from, last op, operand func() (*node, error)) (*node, error) {
	left, err := operand()
	for err == nil {
		t := p.tok
		o, ok := opNamed(t.text, from, last)
		if !ok || t.kind != symbolToken && !t.word(opIntDiv.String()) {
			return left, nil
		}
		p.advance()
		var right *node
		if right, err = operand(); err == nil {
			left, err = p.make(o, p.pos(t), left, right)
		}
	}
	return nil, err
}

func (p *textParser) power() (*node, error) {
	left, err := p.factor()
	if err != nil || !p.tok.is("^") {
		return left, err
	}
	t := p.advance()
	right, err := p.factor()
	if err != nil {
		return nil, err
	}
	return p.make(opPow, p.pos(t), left, right)
}

// factor reads a value with its signs. The minus of anything but a number is a
// product with -1, as JSON has it.
func (p *textParser) factor() (*node, error) {
	t, minus := p.tok, false
	for p.tok.is("-") || p.tok.is("+") {
		minus = minus != p.advance().is("-")
	}
	n, err := p.primary()
	if err != nil || !minus {
		return n, err
	}
	if n.op == opNumber {
		n.number = 0 - n.number
		return n, nil
	}
	one, err := p.leaf(node{op: opNumber, number: -1, pos: p.pos(t)})
	if err != nil {
		return nil, err
	}
	return p.make(opMul, p.pos(t), one, n)
}

func (p *textParser) primary() (*node, error) {
	const want = "a property, a value, a function or ("
	t := p.tok
	switch t.kind {
	case numberToken:
		p.advance()
		return p.leaf(node{op: opNumber, pos: p.pos(t), number: t.number})
	case stringToken:
		p.advance()
		return p.leaf(node{op: opString, pos: p.pos(t), text: t.text})
	case quotedToken:
		if t.text == "" {
			return nil, p.unexpected("the name of a property")
		}
		p.advance()
		return p.leaf(node{op: opProperty, pos: p.pos(t), text: t.text})
	case nameToken:
		return p.name(want)
	}
	if !t.is("(") {
		return nil, p.unexpected(want)
	}
	if err := p.enter(); err != nil {
		return nil, p.fail(t, err)
	}
	defer p.leave()
	var n *node
	err := p.within(func() (err error) {
		n, err = p.or()
		return err
	})
	return n, err
}

func (p *textParser) name(want string) (*node, error) {
	t := p.tok
	if t.word("TRUE") || t.word("FALSE") {
		p.advance()
		return p.leaf(node{op: opBool, pos: p.pos(t), truth: t.word("TRUE")})
	}
	if isReserved(t.text) {
		return nil, p.unexpected(want)
	}
	if p.ahead.is("(") || p.ahead.word("Z") && geometryNamed(t.text) != "" {
		return p.function()
	}
	p.advance()
	return p.leaf(node{op: opProperty, pos: p.pos(t), text: t.text})
}
