package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// The form of a model, little-endian: magic, version, classes, log2 of the
// slots, scale of the weights; then the slots, each a feature (0 for an empty
// one) and a 16-bit weight for each class. A feature stands in the first free
// slot from the one that its highest bits name.
const (
	magic      = "CMLM"
	version    = 1
	headerSize = 16
	maxClasses = 64
	maxLog     = 24
)

// Model scores classes. Its methods may be called by several goroutines at once.
type Model struct {
	classes int
	shift   uint // of a feature to its first slot
	mask    uint32
	stride  int // bytes of a slot
	scale   float32
	slots   []byte
}

// ErrFormat is wrapped by every error of Read.
var ErrFormat = errors.New("not a model")

// Read returns the model that b holds. It keeps b and reads it in place.
func Read(b []byte) (*Model, error) {
	if len(b) < headerSize || string(b[:4]) != magic {
		return nil, fmt.Errorf("%w: no header", ErrFormat)
	}
	if b[4] != version {
		return nil, fmt.Errorf("%w: version %d, want %d", ErrFormat, b[4], version)
	}
	k, log := int(b[5]), uint(b[6])
	if k == 0 || k > maxClasses || log > maxLog {
		return nil, fmt.Errorf("%w: %d classes, 2^%d slots", ErrFormat, k, log)
	}
	m := &Model{
		classes: k, shift: 32 - log, mask: 1<<log - 1, stride: 4 + 2*k,
		scale: math.Float32frombits(binary.LittleEndian.Uint32(b[8:])), slots: b[headerSize:],
	}
	if len(m.slots) != m.stride<<log {
		return nil, fmt.Errorf("%w: %d bytes of slots, want %d", ErrFormat, len(m.slots), m.stride<<log)
	}
	return m, nil
}

// Classes is the number of classes.
func (m *Model) Classes() int { return m.classes }

// Scores writes to out, which has an element for each class, the sum of the
// weights of the features.
func (m *Model) Scores(b Bag, out []float32) {
	var sum [maxClasses]int32
	k := m.classes
	for _, f := range b {
		s := m.find(f)
		for c := range len(s) / 2 {
			sum[c] += int32(int16(binary.LittleEndian.Uint16(s[2*c:])))
		}
	}
	for c := range k {
		out[c] = float32(sum[c]) * m.scale
	}
}

// Score is Scores of a model with one class.
func (m *Model) Score(b Bag) float32 {
	sum := int32(0)
	for _, f := range b {
		if s := m.find(f); s != nil {
			sum += int32(int16(binary.LittleEndian.Uint16(s)))
		}
	}
	return float32(sum) * m.scale
}

// find returns the weights of the feature, nil where the model doesn't know it.
func (m *Model) find(f uint32) []byte {
	i := uint32(uint64(f) >> m.shift)
	for range m.mask + 1 {
		s := m.slots[int(i)*m.stride:][:m.stride]
		switch binary.LittleEndian.Uint32(s) {
		case f:
			return s[4:]
		case 0:
			return nil
		}
		i = (i + 1) & m.mask
	}
	return nil
}

// Encode writes the weights, by feature one for each class, as Read wants
// them. Features whose weights all round to nothing are left out. The same
// weights give the same bytes.
func Encode(classes int, weights map[uint32][]float64) ([]byte, error) {
	if classes < 1 || classes > maxClasses {
		return nil, fmt.Errorf("encode model: %d classes, want 1 to %d", classes, maxClasses)
	}
	largest := 0.0
	for _, ws := range weights {
		for _, w := range ws {
			largest = max(largest, math.Abs(w))
		}
	}
	scale := largest / math.MaxInt16
	keys := make([]uint32, 0, len(weights))
	for f, ws := range weights {
		if slices.ContainsFunc(ws, func(w float64) bool { return math.Abs(w) > largest/4096 }) {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	log := bits.Len(uint(len(keys) * 8 / 5))
	if log > maxLog {
		return nil, fmt.Errorf("encode model: %d features are too many", len(keys))
	}
	m := &Model{classes: classes, shift: uint(32 - log), mask: 1<<log - 1, stride: 4 + 2*classes}
	b := make([]byte, headerSize+m.stride<<log)
	copy(b, magic)
	b[4], b[5], b[6] = version, byte(classes), byte(log)
	binary.LittleEndian.PutUint32(b[8:], math.Float32bits(float32(scale)))
	m.slots = b[headerSize:]
	for _, f := range keys {
		i := uint32(uint64(f) >> m.shift)
		for binary.LittleEndian.Uint32(m.slots[int(i)*m.stride:]) != 0 {
			i = (i + 1) & m.mask
		}
		s := m.slots[int(i)*m.stride:]
		binary.LittleEndian.PutUint32(s, f)
		for c, w := range weights[f] {
			binary.LittleEndian.PutUint16(s[4+2*c:], uint16(int16(math.Round(w/scale))))
		}
	}
	return b, nil
}

// Softmax turns scores into probabilities, in place.
func Softmax(scores []float32) {
	if len(scores) == 0 {
		return
	}
	largest := slices.Max(scores)
	sum := float32(0)
	for i, s := range scores {
		scores[i] = float32(math.Exp(float64(s - largest)))
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}
