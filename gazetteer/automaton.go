package gazetteer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// automaton reads the finite-state transducers that vellum's builder writes
// (its file format 1, docs/format.md there). vellum's own reader allocates for
// each step and takes corrupt bytes for good ones until it panics; ours steps
// byte by byte without allocating, checks every address, and shows a state's
// transitions, which completion needs.
type automaton struct {
	data []byte
	root int
}

const (
	automatonVersion = 1
	automatonHeader  = 16 // version and type
	automatonFooter  = 16 // number of keys and address of the root

	// emptyState is the address of the final state without transitions.
	emptyState = 0

	flagSingle   = 1 << 7
	flagAdjacent = 1 << 6 // of a single transition: to the state just below
	flagFinal    = 1 << 6 // of a state with several
	lowBits      = 1<<6 - 1

	// frequentBytes are those with a code of less than a byte, by code less one.
	frequentBytes = "te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG"
)

var errAutomaton = errors.New("corrupt automaton")

func openAutomaton(data []byte) (automaton, error) {
	if len(data) < automatonHeader+automatonFooter {
		return automaton{}, fmt.Errorf("%w: %d bytes", errAutomaton, len(data))
	}
	if v := binary.LittleEndian.Uint64(data); v != automatonVersion {
		return automaton{}, fmt.Errorf("%w: version %d", errAutomaton, v)
	}
	a := automaton{data: data[:len(data)-automatonFooter]}
	root := binary.LittleEndian.Uint64(data[len(data)-8:])
	if root != emptyState && (root < automatonHeader || root >= uint64(len(a.data))) {
		return automaton{}, fmt.Errorf("%w: root at %d of %d", errAutomaton, root, len(a.data))
	}
	a.root = int(root)
	return a, nil
}

// state is one decoded state. Targets of transitions lie below it in the file,
// so no path has a cycle.
type state struct {
	bottom   int // its lowest byte
	final    bool
	finalOut uint64

	// One transition:
	single byte
	target int
	out    uint64
	one    bool
	// Several, in reverse order:
	bytes   []byte
	targets []byte // each targetSize bytes: the distance below bottom
	outs    []byte // each outSize bytes

	targetSize, outSize int
}

func (a automaton) state(at int) (state, error) {
	switch {
	case at == emptyState:
		return state{final: true}, nil
	case at < automatonHeader || at >= len(a.data):
		return state{}, fmt.Errorf("%w: state at %d of %d", errAutomaton, at, len(a.data))
	case a.data[at]&flagSingle != 0:
		return a.singleState(at)
	}
	return a.wideState(at)
}

// The header's sixteen bytes lie below every state, so reading a few bytes
// downwards never leaves the data.
func (a automaton) singleState(at int) (state, error) {
	top := a.data[at]
	s := state{one: true, bottom: at}
	if code := top & lowBits; code != 0 {
		s.single = frequentBytes[code-1]
	} else {
		s.bottom--
		s.single = a.data[s.bottom]
	}
	if top&flagAdjacent != 0 {
		s.target = s.bottom - 1
		return s, s.check(s.target)
	}
	s.bottom--
	targetSize, outSize, err := packSizes(a.data[s.bottom])
	if err != nil || s.bottom < targetSize+outSize {
		return state{}, fmt.Errorf("%w: state at %d", errAutomaton, at)
	}
	s.bottom -= targetSize
	delta := packed(a.data[s.bottom:][:targetSize])
	s.bottom -= outSize
	s.out = packed(a.data[s.bottom:][:outSize])
	s.target, err = s.below(delta)
	return s, err
}

func (a automaton) wideState(at int) (state, error) {
	top := a.data[at]
	s := state{final: top&flagFinal != 0, bottom: at}
	n := int(top & lowBits)
	if n == 0 {
		s.bottom--
		if n = int(a.data[s.bottom]); n == 1 {
			n = 256 // a single one would have been in the top byte
		}
	}
	s.bottom--
	var err error
	s.targetSize, s.outSize, err = packSizes(a.data[s.bottom])
	size := n * (1 + s.targetSize + s.outSize)
	if s.final {
		size += s.outSize
	}
	if err != nil || s.bottom-size < automatonHeader {
		return state{}, fmt.Errorf("%w: state at %d", errAutomaton, at)
	}
	take := func(size int) []byte {
		s.bottom -= size
		return a.data[s.bottom:][:size]
	}
	s.bytes = take(n)
	s.targets = take(n * s.targetSize)
	s.outs = take(n * s.outSize)
	if s.final {
		s.finalOut = packed(take(s.outSize))
	}
	return s, nil
}

// len is the number of transitions.
func (s *state) len() int {
	if s.one {
		return 1
	}
	return len(s.bytes)
}

// transition returns the target and the output of the i-th transition.
func (s *state) transition(i int) (target int, out uint64, err error) {
	if s.one {
		return s.target, s.out, nil
	}
	out = packed(s.outs[i*s.outSize:][:s.outSize])
	target, err = s.below(packed(s.targets[i*s.targetSize:][:s.targetSize]))
	return target, out, err
}

// next returns the target and the output of the transition on b.
func (s *state) next(b byte) (target int, out uint64, ok bool, err error) {
	i := 0
	if !s.one {
		i = bytes.IndexByte(s.bytes, b)
	} else if s.single != b {
		i = -1
	}
	if i < 0 {
		return 0, 0, false, nil
	}
	target, out, err = s.transition(i)
	return target, out, err == nil, err
}

// below resolves a target that is given as a distance from the state's bottom.
func (s *state) below(delta uint64) (int, error) {
	if delta == 0 {
		return emptyState, nil
	}
	if delta > uint64(s.bottom) {
		return 0, fmt.Errorf("%w: target %d below %d", errAutomaton, delta, s.bottom)
	}
	target := s.bottom - int(delta)
	return target, s.check(target)
}

func (s *state) check(target int) error {
	if target < automatonHeader {
		return fmt.Errorf("%w: target at %d", errAutomaton, target)
	}
	return nil
}

func packSizes(b byte) (target, out int, err error) {
	target, out = int(b>>4), int(b&0xf)
	if target > 8 || out > 8 {
		return 0, 0, errAutomaton
	}
	return target, out, nil
}

func packed(b []byte) (n uint64) {
	for i := len(b) - 1; i >= 0; i-- {
		n = n<<8 | uint64(b[i])
	}
	return n
}

// walk is a position in an automaton: a state and the sum of the outputs on
// the way there.
type walk struct {
	state
	sum uint64
}

func (a automaton) start() (walk, error) {
	s, err := a.state(a.root)
	return walk{state: s}, err
}

// step follows the bytes of key; false if there is no such way.
func step[T string | []byte](a automaton, w *walk, key T) (bool, error) {
	for i := range len(key) {
		target, out, ok, err := w.next(key[i])
		if !ok {
			return false, err
		}
		w.sum += out
		if w.state, err = a.state(target); err != nil {
			return false, err
		}
	}
	return true, nil
}

// value returns the value of the key that ends here.
func (w *walk) value() (uint64, bool) { return w.sum + w.finalOut, w.final }

// get returns the value of the key.
func get[T string | []byte](a automaton, key T) (uint64, bool, error) {
	w, err := a.start()
	if err != nil {
		return 0, false, err
	}
	if ok, err := step(a, &w, key); !ok {
		return 0, false, err
	}
	v, ok := w.value()
	return v, ok, nil
}
