package gazetteer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// maxRecord bounds a packed place, in bytes: 400 names and a shape.
const maxRecord = 4 << 20

// Flags of a packed place and of its names.
const (
	placeDisputed = 1 << iota
	placeCapital
	placeShape
	placeUncertainty
	placeGeoNames // its number there is that of its id
)

const (
	namePreferred = 1 << iota
	nameHistorical
	nameDemonym
	nameColloquial
	nameShort
)

// degree is the unit of packed coordinates: 1e-7 degrees, about a centimetre.
const degree = 1e7

// appendPlace packs p. Its first bytes are the id, so that records can be
// searched by id without unpacking them.
func appendPlace(b []byte, p *Place, words *words) ([]byte, error) {
	b = appendString(b, p.ID)
	number, numbered := strings.CutPrefix(p.ID, "gn:")
	numbered = numbered && p.External["geonames"] == number
	var flags byte
	for bit, set := range map[byte]bool{
		placeDisputed: p.Disputed, placeCapital: p.Capital, placeShape: p.Shape != nil,
		placeUncertainty: p.Uncertainty != 0, placeGeoNames: numbered,
	} {
		if set {
			flags |= bit
		}
	}
	b = append(b, flags)
	b = words.append(b, string(p.Kind), p.Country, p.Source)
	b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(p.Point[0]*degree))))
	b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(p.Point[1]*degree))))
	b = binary.AppendUvarint(b, uint64(p.Population))
	if p.Uncertainty != 0 {
		b = binary.AppendUvarint(b, bits.ReverseBytes64(math.Float64bits(p.Uncertainty)))
	}
	b = appendExternal(b, p.External, numbered, words)
	b = binary.AppendUvarint(b, uint64(len(p.Names)))
	for _, n := range p.Names {
		b = appendName(b, n, words)
	}
	called := slices.IndexFunc(p.Names, func(n Name) bool { return n.Text == p.Name })
	b = binary.AppendUvarint(b, uint64(called+1))
	if called < 0 {
		b = appendString(b, p.Name)
	}
	if p.Shape != nil {
		shape, err := wkb.Marshal(p.Shape, binary.LittleEndian)
		if err != nil {
			return b, fmt.Errorf("shape: %w", err)
		}
		b = append(b, shape...)
	}
	return b, nil
}

func appendExternal(b []byte, ids map[string]string, numbered bool, words *words) []byte {
	authorities := make([]string, 0, len(ids))
	for a := range ids {
		if !numbered || a != "geonames" {
			authorities = append(authorities, a)
		}
	}
	slices.Sort(authorities)
	b = binary.AppendUvarint(b, uint64(len(authorities)))
	for _, a := range authorities {
		b = appendString(words.append(b, a), ids[a])
	}
	return b
}

func appendName(b []byte, n Name, words *words) []byte {
	var flags byte
	if n.Preferred {
		flags |= namePreferred
	}
	if n.Historical {
		flags |= nameHistorical
	}
	if n.Demonym {
		flags |= nameDemonym
	}
	if n.Colloquial {
		flags |= nameColloquial
	}
	if n.Short {
		flags |= nameShort
	}
	return appendString(words.append(append(b, flags), n.Lang, n.Script), n.Text)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

var errRecord = errors.New("corrupt place record")

// parsePlaceRecord unpacks a record. The place shares the record's memory, which is why
// it comes as a string.
func unpackPlace(record string, words []string) (*Place, error) {
	c := cursor{s: record, words: words}
	p := &Place{ID: c.text()}
	flags := c.byte()
	p.Kind, p.Country, p.Source = Kind(c.word()), c.word(), c.word()
	p.Disputed, p.Capital = flags&placeDisputed != 0, flags&placeCapital != 0
	p.Point = orb.Point{float64(int32(c.uint32())) / degree, float64(int32(c.uint32())) / degree}
	p.Population = int64(c.uvarint() & math.MaxInt64)
	if flags&placeUncertainty != 0 {
		p.Uncertainty = math.Float64frombits(bits.ReverseBytes64(c.uvarint()))
	}
	c.external(p, flags&placeGeoNames != 0)
	p.Names = make([]Name, c.count(maxNames))
	for i := range p.Names {
		p.Names[i] = c.name()
	}
	switch called := c.count(len(p.Names)); called {
	case 0:
		p.Name = c.text()
	default:
		p.Name = p.Names[called-1].Text
	}
	if c.bad || p.ID == "" || !p.Kind.Valid() || !onEarth(p.Point) || !(p.Uncertainty >= 0) {
		return nil, fmt.Errorf("%w %q", errRecord, clip(p.ID))
	}
	if flags&placeShape != 0 {
		shape, err := wkb.Unmarshal([]byte(c.s))
		if err != nil {
			return nil, fmt.Errorf("%w %q: shape: %w", errRecord, clip(p.ID), err)
		}
		p.Shape = shape
	}
	return p, nil
}

func onEarth(p orb.Point) bool {
	return p[0] >= -180 && p[0] <= 180 && p[1] >= -90 && p[1] <= 90
}

// recordID returns the id of a record without copying it; nil if it is corrupt.
func recordID(record []byte) []byte {
	n, size := binary.Uvarint(record)
	if size <= 0 || n > uint64(len(record)-size) {
		return nil
	}
	return record[size:][:n]
}

// cursor reads a packed record and notes when it is shorter than it says.
type cursor struct {
	s     string
	words []string
	bad   bool
}

func (c *cursor) take(n uint64) string {
	if n > uint64(len(c.s)) {
		c.s, c.bad = "", true
		return ""
	}
	t := c.s[:n]
	c.s = c.s[n:]
	return t
}

func (c *cursor) byte() byte {
	if t := c.take(1); t != "" {
		return t[0]
	}
	return 0
}

func (c *cursor) uint32() uint32 {
	t := c.take(4)
	if t == "" {
		return 0
	}
	return uint32(t[0]) | uint32(t[1])<<8 | uint32(t[2])<<16 | uint32(t[3])<<24
}

func (c *cursor) uvarint() (n uint64) {
	for shift := 0; shift < 64; shift += 7 {
		b := c.byte()
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	c.bad = true
	return 0
}

func (c *cursor) text() string { return c.take(c.uvarint()) }

func (c *cursor) word() string {
	n := c.uvarint()
	if n >= uint64(len(c.words)) {
		c.bad = true
		return ""
	}
	return c.words[n]
}

// count reads a number that must not exceed limit.
func (c *cursor) count(limit int) int {
	n := c.uvarint()
	if n > uint64(limit) {
		c.s, c.bad = "", true
		return 0
	}
	return int(n)
}

func (c *cursor) external(p *Place, numbered bool) {
	n := c.count(maxExternal)
	p.External = make(map[string]string, n+1)
	if numbered {
		p.External["geonames"] = strings.TrimPrefix(p.ID, "gn:")
	}
	for range n {
		authority := c.word()
		p.External[authority] = c.text()
	}
}

func (c *cursor) name() Name {
	flags := c.byte()
	return Name{
		Lang: c.word(), Script: c.word(), Text: c.text(),
		Preferred: flags&namePreferred != 0, Historical: flags&nameHistorical != 0, Demonym: flags&nameDemonym != 0,
		Colloquial: flags&nameColloquial != 0, Short: flags&nameShort != 0,
	}
}
