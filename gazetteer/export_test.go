package gazetteer

import (
	"bytes"
	"math/rand/v2"
)

// OpenBytes opens a compiled gazetteer in memory.
func OpenBytes(data []byte) (*Gazetteer, error) { return open(data, ownMemory) }

// Compile returns the compiled form of what b holds.
func Compile(b *Builder) ([]byte, error) {
	var out bytes.Buffer
	_, err := b.compile(&out)
	return out.Bytes(), err
}

// AutomatonGet looks a key up in what vellum wrote.
func AutomatonGet(data []byte, key string) (uint64, bool, error) {
	a, err := openAutomaton(data)
	if err != nil {
		return 0, false, err
	}
	return get(a, key)
}

// AutomatonPath takes a random way from the start to a name, by transitions.
func AutomatonPath(data []byte, r *rand.Rand) (value uint64, err error) {
	a, err := openAutomaton(data)
	if err != nil {
		return 0, err
	}
	w, err := a.start()
	for err == nil {
		n := w.len()
		if v, ok := w.value(); ok && (n == 0 || r.IntN(4) == 0) || n == 0 {
			return v, nil
		}
		var target int
		var out uint64
		if target, out, err = w.transition(r.IntN(n)); err == nil {
			w.sum += out
			w.state, err = a.state(target)
		}
	}
	return 0, err
}

// Sound is the sound key of a name.
func Sound(name string) string { return string(appendSound(nil, []byte(Fold(name)))) }

// Sort sorts pairs within limit bytes of memory, with files in dir.
func Sort(pairs [][2]string, limit int, dir string) (sorted [][2]string, spilled bool, err error) {
	s := &sorter{dir: func() (string, error) { return dir, nil }, limit: limit}
	for _, p := range pairs {
		if err := s.add([]byte(p[0]), []byte(p[1])); err != nil {
			return nil, false, err
		}
	}
	spilled = len(s.runs) > 0
	err = s.each(func(key, value []byte) error {
		sorted = append(sorted, [2]string{string(key), string(value)})
		return nil
	})
	return sorted, spilled, err
}

// Sections is the number of sections of a file.
const Sections = int(sectionCount)
