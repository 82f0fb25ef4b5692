package cql2

import "slices"

func (c *compiler) spatial(n *node) (predicate, error) {
	var sides [2]side
	for i, a := range n.args {
		sides[i].index = -1
		if a.op != opProperty {
			sides[i].fix(a.geometry)
			continue
		}
		index, t, err := c.property(a)
		if err == nil && t != Geometry {
			err = a.errorf("%s is %s, %s needs a geometry", a.describe(), t, n.op)
		}
		if err != nil {
			return nil, err
		}
		sides[i].index = index
	}
	if n.op == opContains {
		return &spatial{opWithin, sides[1], sides[0]}, nil
	}
	return &spatial{n.op, sides[0], sides[1]}, nil
}

func (c *compiler) temporal(n *node) (predicate, error) {
	fine := true
	for _, a := range n.args {
		if a.op != opInterval && !n.op.takesInstants() {
			return nil, n.errorf("%s compares two intervals, %s is none; T_INTERSECTS takes both", n.op, a.describe())
		}
		fine = fine && a.isFine()
	}
	t := &temporal{op: n.op}
	for i, side := range [...]*[2]end{&t.a, &t.b} {
		var err error
		if *side, err = c.ends(n.args[i], fine); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// isFine reports whether the temporal operand has no day.
func (n *node) isFine() bool {
	if n.op != opInterval {
		return n.isStamp()
	}
	return !slices.ContainsFunc(n.args, func(a *node) bool { return a.op != opOpen && !a.isStamp() })
}

func (c *compiler) ends(n *node, fine bool) (ends [2]end, err error) {
	if n.op != opInterval {
		ends[0], err = c.end(n, fine)
		return [2]end{ends[0], ends[0]}, err
	}
	open := [...]int64{openFrom, openTo}
	for i, a := range n.args {
		if a.op == opOpen {
			ends[i] = end{index: -1, fixed: open[i]}
		} else if ends[i], err = c.end(a, fine); err != nil {
			return ends, err
		}
	}
	return ends, nil
}
