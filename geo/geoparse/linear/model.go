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
// slots, bytes of a weight, scale of the weights; then a filter of eight bits
// for each slot, then the slots, each a feature (0 for an empty one) and a
// weight for each class. A feature stands in the first free slot from the one that
// its highest bits name; with three bits more they name its bit in the filter.
//
// Most features that a text asks for are unknown to the model. The filter turns
// away nine in ten of them from memory that fits the processor's cache.
const (
	magic      = "CMLM"
	version    = 2
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
	size    int // bytes of a weight: 1, or 2 for models with one class
	scale   float32
	filter  []byte
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
	m := newModel(k, log)
	if int(b[7]) != m.size {
		return nil, fmt.Errorf("%w: weights of %d bytes, want %d", ErrFormat, b[7], m.size)
	}
	m.scale = math.Float32frombits(binary.LittleEndian.Uint32(b[8:]))
	b = b[headerSize:]
	if want := (1 + m.stride) << log; len(b) != want {
		return nil, fmt.Errorf("%w: %d bytes of slots, want %d", ErrFormat, len(b), want)
	}
	m.filter, m.slots = b[:1<<log], b[1<<log:]
	return m, nil
}

// newModel returns a model without its bytes. Ranking weighs small differences, so
// models with one class have finer weights.
func newModel(classes int, log uint) *Model {
	m := &Model{classes: classes, shift: 32 - log, mask: 1<<log - 1, size: 1}
	if classes == 1 {
		m.size = 2
	}
	m.stride = (4 + m.size*classes + 3) &^ 3
	return m
}

// Classes is the number of classes.
func (m *Model) Classes() int { return m.classes }

// Scores writes to out, which has an element for each class, the sum of the
// weights of the features.
func (m *Model) Scores(b Bag, out []float32) {
	var sum [maxClasses]int32
	k := m.classes
	out = out[:k]
	for _, f := range b {
		s := m.find(f)
		if s == nil {
			continue
		}
		if m.size == 2 {
			sum[0] += int32(int16(binary.LittleEndian.Uint16(s)))
			continue
		}
		for c, w := range s[:k] {
			sum[c] += int32(int8(w))
		}
	}
	for c := range out {
		out[c] = float32(sum[c]) * m.scale
	}
}

// Score is Scores of a model with one class.
func (m *Model) Score(b Bag) float32 {
	var out [maxClasses]float32
	m.Scores(b, out[:])
	return out[0]
}

// find returns the weights of the feature, nil where the model doesn't know it.
func (m *Model) find(f uint32) []byte {
	if bit := uint64(f) << 3 >> m.shift; m.filter[bit>>3]&(1<<(bit&7)) == 0 {
		return nil
	}
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
	scale := largest / math.MaxInt8
	if classes == 1 {
		scale = largest / math.MaxInt16
	}
	keys := make([]uint32, 0, len(weights))
	for f, ws := range weights {
		if slices.ContainsFunc(ws, func(w float64) bool { return math.Round(w/scale) != 0 }) {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	log := bits.Len(uint(len(keys) * 8 / 5))
	if log > maxLog {
		return nil, fmt.Errorf("encode model: %d features are too many", len(keys))
	}
	m := newModel(classes, uint(log))
	b := make([]byte, headerSize+(1+m.stride)<<log)
	copy(b, magic)
	b[4], b[5], b[6], b[7] = version, byte(classes), byte(log), byte(m.size)
	binary.LittleEndian.PutUint32(b[8:], math.Float32bits(float32(scale)))
	m.filter, m.slots = b[headerSize:headerSize+1<<log], b[headerSize+1<<log:]
	for _, f := range keys {
		bit := uint64(f) << 3 >> m.shift
		m.filter[bit>>3] |= 1 << (bit & 7)
		i := uint32(uint64(f) >> m.shift)
		for binary.LittleEndian.Uint32(m.slots[int(i)*m.stride:]) != 0 {
			i = (i + 1) & m.mask
		}
		s := m.slots[int(i)*m.stride:]
		binary.LittleEndian.PutUint32(s, f)
		for c, w := range weights[f] {
			if m.size == 2 {
				binary.LittleEndian.PutUint16(s[4:], uint16(int16(math.Round(w/scale))))
			} else {
				s[4+c] = byte(int8(math.Round(w / scale)))
			}
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
