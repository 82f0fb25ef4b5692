// Package linear holds linear models over hashed features: what the seams of
// the geoparser decide with once they have been trained.
//
// A feature is a template ("the word before") with its values, hashed to 32
// bits; a model is a table from features to a weight for each class. Scoring
// is one pass over the features of a decision: no strings, no garbage. A model
// is read in place from its bytes, so that loading an embedded one costs nothing.
//
// Limits: features of a model share 32 bits. With 200,000 features in a model,
// about one unseen feature in 20,000 is mistaken for a known one.
package linear

// Template names a kind of feature. Each seam numbers its own.
type Template uint16

// seed starts the hash of a template's features; never 0, which the value 0
// would leave as it is.
func (t Template) seed() uint64 { return (uint64(t) + 1) * mul }

// Bag is the features of one decision. Its memory may be used again: b = b[:0].
type Bag []uint32

// Flag adds a feature without a value.
func (b *Bag) Flag(t Template) { *b = append(*b, fold(t.seed())) }

// Add adds a feature with one value.
func (b *Bag) Add(t Template, v uint64) { *b = append(*b, fold(mix(t.seed(), v))) }

// Add2 adds a feature with two values; their order matters.
func (b *Bag) Add2(t Template, v, w uint64) {
	*b = append(*b, fold(mix(mix(t.seed(), v), w)))
}

// Add3 adds a feature with three values; their order matters.
func (b *Bag) Add3(t Template, v, w, x uint64) {
	*b = append(*b, fold(mix(mix(mix(t.seed(), v), w), x)))
}

// When adds a feature without a value if it holds.
func (b *Bag) When(t Template, holds bool) {
	if holds {
		b.Flag(t)
	}
}

// mul is the 64-bit golden ratio, the multiplier of Fibonacci hashing.
const mul = 0x9E3779B97F4A7C15

// mix combines a hash with a value, after the finaliser of SplitMix64.
func mix(h, v uint64) uint64 {
	h ^= v
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	return h ^ h>>31
}

// fold takes 32 bits of the hash, never 0, which marks an empty slot.
func fold(h uint64) uint32 {
	h = mix(h, mul)
	if f := uint32(h >> 32); f != 0 {
		return f
	}
	return 1
}

// Hash is the value of a word for features: FNV-1a, 64 bits.
func Hash(s string) uint64 { return HashMore(0xcbf29ce484222325, s) }

// HashMore is the hash of the text hashed to h with s after it.
func HashMore(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001b3
	}
	return h
}

// Example is one decision among the classes of a model, with the right answer.
type Example struct {
	Features Bag
	Label    int     // 0 to classes-1
	Weight   float64 // how much it counts; 0 stands for 1
	Group    int     // the document it comes from
}

// Choice is one decision among candidates, scored alike by a model with one class.
type Choice struct {
	Candidates []Bag
	Right      []bool // by candidate; one or more hold
	Weight     float64
	Group      int
}

// Sequence is the tokens of a sentence with their labels.
type Sequence struct {
	Features []Bag
	Labels   []uint8
	Weight   float64
	Group    int
}

// transition is the template that sequence models keep the weights of label
// pairs under, apart from what seams number from 0.
const transition Template = 0xFFFF

// Transition is the feature whose weight for a class is that of the class
// following the label before; start is the label before the first token.
func Transition(before int) uint32 {
	var b Bag
	b.Add(transition, uint64(before))
	return b[0]
}
