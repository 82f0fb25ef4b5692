package cql2

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// jsonParser makes nodes of decoded JSON.
type jsonParser struct{ builder }

func parseJSON(s string, o Options) (Expr, error) {
	if err := checkBrackets(s); err != nil {
		return Expr{}, err
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return Expr{}, fmt.Errorf("the JSON is not well-formed: %w", err)
	}
	if d.More() {
		return Expr{}, fmt.Errorf("the JSON is not well-formed: more follows the first value, at byte %d", d.InputOffset()+1)
	}
	p := jsonParser{builder{options: o}}
	root, err := p.node(v)
	if err != nil {
		return Expr{}, err
	}
	if !root.op.isPredicate() && root.op != opBool && root.op != opProperty {
		return Expr{}, fmt.Errorf("the expression must be a condition, not %s", root.describe())
	}
	return newExpr(root), nil
}

// checkBrackets refuses deep JSON before anything is made of it. A level of an
// expression has two of JSON, an object and a list; a geometry has six.
func checkBrackets(s string) error {
	const most = 2*MaxDepth + 8
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > most {
				return fmt.Errorf("the expression is nested more than %d deep", MaxDepth)
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return nil
}

func (p *jsonParser) node(v any) (*node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	switch v := v.(type) {
	case bool:
		return p.leaf(node{op: opBool, truth: v})
	case string:
		return p.leaf(node{op: opString, text: v})
	case json.Number:
		n, err := parseNumber(v.String())
		if err != nil {
			return nil, fmt.Errorf("the number %s %w", clip(v.String()), err)
		}
		return p.leaf(node{op: opNumber, number: n})
	case map[string]any:
		return p.object(v)
	case nil:
		return nil, errors.New(`null can't be compared: use {"op": "isNull"}`)
	}
	return nil, errors.New("a list stands where a value is expected")
}

// object reads what the member that names its kind says.
func (p *jsonParser) object(o map[string]any) (*node, error) {
	if _, ok := o["op"]; ok {
		return p.operation(o)
	}
	if _, ok := o["type"]; ok {
		g, err := p.geometry(o, true)
		if err != nil {
			return nil, err
		}
		return p.leaf(node{op: opGeometry, geometry: g})
	}
	if len(o) != 1 {
		return nil, fmt.Errorf(`an object needs "op" and "args", "type" and "coordinates", or exactly one member of %s`, jsonKinds)
	}
	for kind, v := range o {
		return p.kind(kind, v)
	}
	return nil, nil // not reached
}

const jsonKinds = `"property", "date", "timestamp", "interval", "bbox"`

func (p *jsonParser) kind(kind string, v any) (*node, error) {
	switch kind {
	case "property":
		name, ok := v.(string)
		if !ok || name == "" {
			return nil, errors.New(`"property" needs the name of one`)
		}
		return p.leaf(node{op: opProperty, text: name})
	case "date", "timestamp":
		s, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("%q needs a text", kind)
		}
		i, err := parseInstant(s)
		if err != nil {
			return nil, err
		}
		return p.leaf(node{op: opInstant, instant: i.as(kind == "timestamp")})
	case "interval":
		return p.call(opInterval, v)
	case "bbox":
		numbers, err := numbersOf(v)
		if err != nil {
			return nil, fmt.Errorf("\"bbox\": %w", err)
		}
		return p.bbox(numbers, 0)
	case "casei", "accenti": // as the drafts of the standard had them
		o, _ := opNamed(kind, opCaseI, opAccentI)
		return p.call(o, []any{v})
	}
	return nil, fmt.Errorf("%q is unknown; there are \"op\", %s and geometries", clip(kind), jsonKinds)
}

// operation reads {"op": …, "args": […]}.
func (p *jsonParser) operation(o map[string]any) (*node, error) {
	name, ok := o["op"].(string)
	if !ok {
		return nil, errors.New(`"op" needs the name of an operator or function`)
	}
	for member := range o {
		if member != "op" && member != "args" {
			return nil, fmt.Errorf("%q has a member %q; it can have \"args\" only", clip(name), clip(member))
		}
	}
	op, ok := opNamed(name, opAnd, opTStarts)
	if !ok || op == opInterval {
		return nil, unknownFunction(name)
	}
	return p.call(op, o["args"])
}

func (p *jsonParser) call(o op, v any) (*node, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("%s needs a list of arguments", o)
	}
	if o == opIn && len(list) == 2 {
		values, ok := list[1].([]any)
		if !ok {
			return nil, errors.New("IN needs a property and a list of values")
		}
		list = append([]any{list[0]}, values...)
	} else if o == opIn {
		return nil, errors.New("IN needs a property and a list of values")
	}
	args := make([]*node, 0, min(len(list), MaxNodes))
	for _, v := range list {
		n, err := p.node(v)
		if err != nil {
			return nil, err
		}
		args = append(args, n)
	}
	return p.make(o, 0, args...)
}

// numbersOf reads a list of numbers.
func numbersOf(v any) ([]float64, error) {
	list, ok := v.([]any)
	if !ok {
		return nil, errors.New("a list of numbers is missing")
	}
	if len(list) > 6 {
		return nil, fmt.Errorf("the list has %d numbers", len(list))
	}
	numbers := make([]float64, len(list))
	for i, v := range list {
		n, ok := v.(json.Number)
		if !ok {
			return nil, errors.New("something that is no number stands in a list of numbers")
		}
		var err error
		if numbers[i], err = parseNumber(n.String()); err != nil {
			return nil, fmt.Errorf("the number %s %w", clip(n.String()), err)
		}
	}
	return numbers, nil
}
