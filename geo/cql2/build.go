package cql2

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"
)

// builder makes the nodes for both readers, within the limits.
type builder struct {
	nodes, coordinates, depth int
	options                   Options
}

// enter counts a level of nesting, leave ends it.
func (b *builder) enter() error {
	if b.depth++; b.depth > MaxDepth {
		return fmt.Errorf("the expression is nested more than %d deep", MaxDepth)
	}
	return nil
}

func (b *builder) leave() { b.depth-- }

func (b *builder) count() error {
	if b.nodes++; b.nodes > MaxNodes {
		return fmt.Errorf("the expression has more than %d operators, properties and values", MaxNodes)
	}
	return nil
}

func (b *builder) leaf(n node) (*node, error) { return &n, b.count() }

// make builds an operator or function of its arguments, and refuses arguments
// of the wrong sort; whether the types of properties fit is for Compile.
func (b *builder) make(o op, pos int, args ...*node) (*node, error) {
	n := &node{op: o, pos: pos, args: args}
	if err := b.count(); err != nil {
		return nil, err
	}
	if err := n.checkArgs(); err != nil {
		return nil, fmt.Errorf("%s%w", at(pos), err)
	}
	if o == opAnd || o == opOr {
		n.flatten()
	}
	return n, nil
}

// at says where something is, if that is known.
func at(pos int) string {
	if pos == 0 {
		return ""
	}
	return fmt.Sprintf("character %d: ", pos)
}

func (n *node) flatten() {
	var flat []*node
	for _, a := range n.args {
		if a.op == n.op {
			flat = append(flat, a.args...)
		} else {
			flat = append(flat, a)
		}
	}
	n.args = flat
}

func (n *node) checkArgs() error {
	if err := n.checkCount(); err != nil {
		return err
	}
	for i, a := range n.args {
		want := ""
		switch o := n.op; {
		case o <= opNot:
			want = a.unless(a.op.isPredicate() || a.op == opBool || a.op == opProperty, "a condition")
		case o == opIsNull:
			want = a.unless(a.op == opProperty, "a property")
		case o == opLike && i == 1:
			want = a.unless(a.isPattern(), "a pattern in quotes")
		case o <= opBetween:
			want = a.unless(a.isScalar(), "a property or a value")
		case o.isArithmetic():
			want = a.unless(a.op.isArithmetic() || a.op == opNumber || a.op == opProperty, "a number")
		case o == opCaseI || o == opAccentI:
			want = a.unless(a.op == opString || a.op == opProperty || a.op == opCaseI || a.op == opAccentI, "a property or a text")
		case o.isSpatial():
			want = a.unless(a.op == opGeometry || a.op == opBBox || a.op == opProperty, "a property or a geometry")
		case o.isTemporal():
			if err := a.toInstant(); err != nil {
				return fmt.Errorf("%s: %w", o, err)
			}
			want = a.unless(a.op == opInstant || a.op == opInterval || a.op == opProperty, "a property, a day, a time or an interval")
		}
		if want != "" {
			return fmt.Errorf("%s needs %s, not %s", n.op, want, a.describe())
		}
	}
	if n.op == opInterval {
		return n.checkInterval()
	}
	return nil
}

// unless is what is wanted where the node isn't that.
func (n *node) unless(fits bool, want string) string {
	if fits {
		return ""
	}
	return want
}

func (n *node) checkCount() error {
	count, want := len(n.args), "two arguments"
	fits := count == 2
	switch o := n.op; {
	case o <= opOr:
		fits, want = count >= 2, "at least two arguments"
	case o == opNot || o == opIsNull || o == opCaseI || o == opAccentI:
		fits, want = count == 1, "one argument"
	case o == opBetween:
		fits, want = count == 3, "three arguments"
	case o == opIn:
		fits, want = count >= 2 && count <= MaxListValues+1, fmt.Sprintf("a list of 1 to %d values", MaxListValues)
		count--
	}
	if !fits {
		return fmt.Errorf("%s needs %s, not %d", n.op, want, count)
	}
	return nil
}

func (n *node) isScalar() bool {
	switch n.op {
	case opProperty, opString, opNumber, opBool, opInstant, opCaseI, opAccentI:
		return true
	}
	return n.op.isArithmetic()
}

func (n *node) isPattern() bool {
	for n.op == opCaseI || n.op == opAccentI {
		n = n.args[0]
	}
	return n.op == opString
}

// toInstant makes an instant of a plain string that stands where only a day or
// a time can.
func (n *node) toInstant() error {
	if n.op != opString {
		return nil
	}
	instant, err := parseInstant(n.text)
	if err == nil {
		*n = node{op: opInstant, pos: n.pos, instant: instant}
	}
	return err
}

func (n *node) checkInterval() error {
	for _, a := range n.args {
		if a.op == opString && (a.text == ".." || a.text == "") {
			*a = node{op: opOpen, pos: a.pos}
		}
		if err := a.toInstant(); err != nil {
			return fmt.Errorf("INTERVAL: %w", err)
		}
		if a.op != opInstant && a.op != opOpen && a.op != opProperty {
			return fmt.Errorf("INTERVAL needs properties, days, times or '..', not %s", a.describe())
		}
	}
	from, to := n.args[0], n.args[1]
	if from.op == opInstant && to.op == opInstant && from.instant.after(to.instant) {
		return fmt.Errorf("INTERVAL: '%s' lies after '%s'", from.instant.text, to.instant.text)
	}
	return nil
}

// describe names the node for a message.
func (n *node) describe() string {
	switch n.op {
	case opProperty:
		return fmt.Sprintf("the property %q", clip(n.text))
	case opString:
		return fmt.Sprintf("the text %q", clip(n.text))
	case opNumber:
		return "the number " + string(appendNumber(nil, n.number))
	case opBool, opInstant:
		return string(n.appendText(nil))
	case opGeometry, opBBox:
		return "a geometry"
	case opOpen:
		return "an open end"
	}
	return "what " + n.op.String() + " gives"
}

// position makes degrees of a coordinate pair, checks and counts it.
func (b *builder) position(lon, lat float64) (orb.Point, error) {
	if b.coordinates++; b.coordinates > MaxCoordinates {
		return orb.Point{}, fmt.Errorf("the geometries have more than %d positions", MaxCoordinates)
	}
	if b.options.Position != nil {
		p := b.options.Position(orb.Point{lon, lat})
		lon, lat = p[0], p[1]
	}
	if !(lon >= -180 && lon <= 180) {
		return orb.Point{}, fmt.Errorf("the longitude %s lies outside -180 to 180 degrees", appendNumber(nil, lon))
	}
	if !(lat >= -90 && lat <= 90) {
		return orb.Point{}, fmt.Errorf("the latitude %s lies outside -90 to 90 degrees; the order is longitude, latitude", appendNumber(nil, lat))
	}
	return orb.Point{lon, lat}, nil
}

// bbox makes a box of four numbers, or of six with heights, which are left out.
func (b *builder) bbox(numbers []float64, pos int) (*node, error) {
	switch len(numbers) {
	case 4:
	case 6:
		numbers = []float64{numbers[0], numbers[1], numbers[3], numbers[4]}
	default:
		return nil, fmt.Errorf("BBOX needs four numbers west, south, east, north (or six with heights), not %d", len(numbers))
	}
	southWest, err := b.position(numbers[0], numbers[1])
	if err != nil {
		return nil, fmt.Errorf("BBOX: %w", err)
	}
	northEast, err := b.position(numbers[2], numbers[3])
	if err != nil {
		return nil, fmt.Errorf("BBOX: %w", err)
	}
	if southWest.Lat() > northEast.Lat() {
		return nil, errors.New("BBOX: its south lies north of its north; the order is west, south, east, north")
	}
	return b.leaf(node{op: opBBox, pos: pos, geometry: orb.Bound{Min: southWest, Max: northEast}})
}

// checkLine and checkRing refuse what is no line and no ring.
func checkLine(line orb.LineString) error {
	if len(line) < 2 {
		return fmt.Errorf("a line needs two positions, not %d", len(line))
	}
	return nil
}

func checkRing(ring orb.Ring) error {
	if len(ring) < 4 {
		return fmt.Errorf("a ring needs four positions, not %d", len(ring))
	}
	if !ring.Closed() {
		return errors.New("a ring must end where it starts")
	}
	return nil
}
