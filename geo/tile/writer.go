package tile

import (
	"encoding/binary"
	"math"
)

// The fields of vector_tile.proto, each as the key that stands before its value:
// its number and the type of the encoding.
const (
	varint, eightBytes, length, fourBytes = 0, 1, 2, 5

	tileLayer    = 3<<3 | length
	layerName    = 1<<3 | length
	layerFeature = 2<<3 | length
	layerKey     = 3<<3 | length
	layerValue   = 4<<3 | length
	layerExtent  = 5<<3 + varint
	layerVersion = 15<<3 + varint
	featureID    = 1<<3 + varint
	featureTags  = 2<<3 | length
	featureType  = 3<<3 + varint
	featureShape = 4<<3 | length
	valueString  = 1<<3 | length
	valueFloat   = 2<<3 | fourBytes
	valueDouble  = 3<<3 | eightBytes
	valueUint    = 5<<3 + varint
	valueBool    = 7<<3 + varint
)

// The commands of a geometry, and the version of the format.
const (
	moveTo        = 1
	lineTo        = 2
	closePath     = 7
	versionNumber = 2
)

type geometryType byte

const (
	pointType geometryType = 1
	lineType  geometryType = 2
	areaType  geometryType = 3
)

// writer writes one layer. A feature is begun, gets attributes and a geometry,
// and is ended.
type writer struct {
	name   string
	keys   map[string]uint32
	values map[value]uint32
	// Encoded, in the order of the numbers given out.
	keyBytes, valueBytes []byte
	features             []byte

	// The feature that is being written.
	id    uint64
	kind  geometryType
	tags  []byte
	shape []byte
	at    [2]int32 // of the pen
	body  []byte   // scratch
}

// value is an attribute's value: text, or bits by the key of their type.
type value struct {
	kind byte
	text string
	bits uint64
}

// manyKeys is how many attributes features may have before the list of keys grows.
const manyKeys = 24

func newWriter(name string) *writer { return &writer{name: name} }

// size is how many bytes the layer has so far, nearly.
func (w *writer) size() int { return len(w.keyBytes) + len(w.valueBytes) + len(w.features) }

func (w *writer) begin(id uint64, kind geometryType) {
	if w.keys == nil { // most layers of most tiles stay empty
		w.keys, w.values = make(map[string]uint32, manyKeys), map[value]uint32{}
	}
	w.id, w.kind, w.tags, w.shape, w.at = id, kind, w.tags[:0], w.shape[:0], [2]int32{}
}

func (w *writer) end() {
	b := appendUint(w.body[:0], featureID, w.id)
	b = appendBytes(b, featureTags, w.tags)
	b = appendUint(b, featureType, uint64(w.kind))
	b = appendBytes(b, featureShape, w.shape)
	w.features = appendBytes(w.features, layerFeature, b)
	w.body = b
}

// str sets an attribute to a text, unless that is empty.
func (w *writer) str(key, text string) {
	if text != "" {
		w.tag(key, value{kind: valueString, text: text})
	}
}

// num sets an attribute to a count, 0 included.
func (w *writer) num(key string, n int) { w.tag(key, value{kind: valueUint, bits: uint64(max(n, 0))}) }

// some sets an attribute to a count, unless that is 0.
func (w *writer) some(key string, n int) {
	if n != 0 {
		w.num(key, n)
	}
}

func (w *writer) double(key string, v float64) {
	w.tag(key, value{kind: valueDouble, bits: math.Float64bits(v)})
}

func (w *writer) float(key string, v float64) {
	w.tag(key, value{kind: valueFloat, bits: uint64(math.Float32bits(float32(v)))})
}

func (w *writer) flag(key string) { w.tag(key, value{kind: valueBool, bits: 1}) }

func (w *writer) tag(key string, v value) {
	k, ok := w.keys[key]
	if !ok {
		k = uint32(len(w.keys))
		w.keys[key] = k
		w.keyBytes = appendText(w.keyBytes, layerKey, key)
	}
	n, ok := w.values[v]
	if !ok {
		n = uint32(len(w.values))
		w.values[v] = n
		w.valueBytes = appendBytes(w.valueBytes, layerValue, v.append(w.body[:0]))
	}
	w.tags = binary.AppendUvarint(binary.AppendUvarint(w.tags, uint64(k)), uint64(n))
}

func (v value) append(b []byte) []byte {
	switch v.kind {
	case valueString:
		return appendText(b, v.kind, v.text)
	case valueFloat:
		return binary.LittleEndian.AppendUint32(append(b, v.kind), uint32(v.bits))
	case valueDouble:
		return binary.LittleEndian.AppendUint64(append(b, v.kind), v.bits)
	}
	return appendUint(b, v.kind, v.bits)
}

// point gives the feature its position.
func (w *writer) point(x, y int32) {
	w.command(moveTo, 1)
	w.move(x, y)
}

// path adds a line; closed, it is a ring whose last point is not its first one.
func (w *writer) path(points [][2]int32, closed bool) {
	w.command(moveTo, 1)
	w.move(points[0][0], points[0][1])
	w.command(lineTo, len(points)-1)
	for _, p := range points[1:] {
		w.move(p[0], p[1])
	}
	if closed {
		w.command(closePath, 1)
	}
}

func (w *writer) command(name, count int) {
	w.shape = binary.AppendUvarint(w.shape, uint64(count)<<3|uint64(name))
}

func (w *writer) move(x, y int32) {
	dx, dy := x-w.at[0], y-w.at[1]
	w.shape = binary.AppendUvarint(binary.AppendUvarint(w.shape, uint64(zigzag(dx))), uint64(zigzag(dy)))
	w.at = [2]int32{x, y}
}

func zigzag(n int32) uint32 { return uint32(n<<1) ^ uint32(n>>31) }

// append appends the layer to a tile, nothing for one without features.
func (w *writer) append(b []byte) []byte {
	if len(w.features) == 0 {
		return b
	}
	head := appendUint(nil, layerVersion, versionNumber)
	head = appendText(head, layerName, w.name)
	tail := appendUint(nil, layerExtent, Extent)
	b = append(b, tileLayer)
	b = binary.AppendUvarint(b, uint64(len(head)+w.size()+len(tail)))
	for _, part := range [][]byte{head, w.features, w.keyBytes, w.valueBytes, tail} {
		b = append(b, part...)
	}
	return b
}

func appendUint(b []byte, key byte, n uint64) []byte {
	return binary.AppendUvarint(append(b, key), n)
}

func appendBytes(b []byte, key byte, v []byte) []byte {
	return append(binary.AppendUvarint(append(b, key), uint64(len(v))), v...)
}

func appendText(b []byte, key byte, v string) []byte {
	return append(binary.AppendUvarint(append(b, key), uint64(len(v))), v...)
}
