package geoparse

import (
	"slices"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/linear"
)

// The scene model tells how likely the sentence's event happened at a place. It
// learns from single sentences in which readers marked the place of the event, and
// what it says is one of the features of the role model.

// The classes of the scene model.
const (
	elsewhere = iota
	atScene
	// SceneClasses is how many there are.
	SceneClasses
)

// LearnScenes adds the examples of a sentence that tells of an event: marked are the
// first and last code points (exclusive) of the places where it happened.
func (p *Parser) LearnScenes(a geo.Article, marked [][2]int, group int, l *Lessons) {
	d := p.read(a.Text, 0)
	tops := p.recognise(d)
	resolve(tops)
	isMarked := make([]bool, len(tops))
	for n, t := range tops {
		isMarked[n] = slices.Contains(marked, [2]int{d.toks[t.first].start, d.toks[t.last].end})
	}
	s := newRoleScout(d, tops, p.readRoles(d, tops, true))
	for n, t := range tops {
		label := elsewhere
		if isMarked[n] {
			label = atScene
		} else if overlaps(d, t, marked) || t.demonym || holdsMarked(tops, isMarked, n) {
			continue
		}
		l.Scene = append(l.Scene, linear.Example{Features: slices.Clone(s.sceneFeatures(n)), Label: label, Group: group})
	}
}

// overlaps reports whether the toponym is a marked one with other borders.
func overlaps(d *document, t *toponym, marked [][2]int) bool {
	for _, m := range marked {
		if d.toks[t.first].start < m[1] && m[0] < d.toks[t.last].end {
			return true
		}
	}
	return false
}

// holdsMarked reports whether the toponym contains a marked one: the readers
// marked the narrower of the two, and the event happened in both.
func holdsMarked(tops []*toponym, isMarked []bool, n int) bool {
	for k, t := range tops {
		if isMarked[k] && t.sent == tops[n].sent && (contains(tops[n].place, t.place) || samePlace(t, tops[n])) {
			return true
		}
	}
	return false
}

// sceneFeatures returns the features of toponym n that its sentence gives, valid
// until the next call.
func (s *roleScout) sceneFeatures(n int) linear.Bag {
	s.bag = s.bag[:0]
	r := &s.rs[n]
	s.bag.Flag(roleBias)
	kind := s.kindOf(r.ctx.t)
	s.words(r, kind)
	s.verbs(r, kind)
	s.events(r)
	s.around(r)
	return s.bag
}

// newRoleScout returns a scout that knows what the scene model says, if there is one.
func (p *Parser) newRoleScout(d *document, tops []*toponym, rs []roleReading) *roleScout {
	s := newRoleScout(d, tops, rs)
	m := p.models[SceneSeam]
	if m == nil {
		return s
	}
	s.scenes = make([]float32, len(tops))
	var out [SceneClasses]float32
	for n := range tops {
		m.Scores(s.sceneFeatures(n), out[:])
		s.scenes[n] = out[atScene] - out[elsewhere]
	}
	return s
}
