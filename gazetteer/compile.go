package gazetteer

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"maps"
	"slices"

	"github.com/blevesearch/vellum"
)

// compiler writes the sections one after another.
type compiler struct {
	b     *Builder
	w     io.Writer
	table [sectionCount]sectionEntry
	at    uint64 // bytes written
	open  section
	sum   hash.Hash // of what makes up the content
	info  Info
}

// compile writes the compiled form to w and spends the Builder.
func (b *Builder) compile(w io.Writer) (Info, error) {
	if b.spent {
		return Info{}, errors.New("the builder is closed")
	}
	b.spent = true
	c := &compiler{b: b, w: w, sum: sha256.New(), info: Info{
		Format: formatVersion, Built: b.options.Built, World: b.options.World, Kinds: make(map[Kind]int), Sources: b.layers,
	}}
	if _, err := c.Write(appendHeader(nil)); err != nil {
		return Info{}, err
	}
	names, points := newSorter(b.share(), b.tempDir), newSorter(b.share(), b.tempDir)
	sounds := newSorter(b.share(), b.tempDir)
	err := c.writePlaces(names, points)
	if err == nil {
		err = c.writePoints(points)
	}
	if err == nil {
		err = c.writeNames(names, sounds)
	}
	if err == nil {
		err = c.writeSounds(sounds)
	}
	if err == nil {
		err = c.writeInfo()
	}
	if err == nil {
		_, err = w.Write(appendTrailer(nil, c.at, &c.table))
	}
	return c.info, errors.Join(err, names.close(), points.close(), sounds.close(), b.Close())
}

// Write appends to the section that was begun last.
func (c *compiler) Write(b []byte) (int, error) {
	if check := c.b.options.Check; check != nil {
		if err := check(); err != nil {
			return 0, err
		}
	}
	n, err := c.w.Write(b)
	c.at += uint64(n)
	e := &c.table[c.open]
	e.checksum = crc32.Update(e.checksum, castagnoli, b)
	if c.open == sectionPlaces || c.open == sectionWords {
		c.sum.Write(b) // never fails
	}
	return n, err
}

func (c *compiler) begin(id section) {
	c.open = id
	c.table[id] = sectionEntry{offset: c.at}
}

func (c *compiler) end() { c.table[c.open].length = c.at - c.table[c.open].offset }

// section writes a whole section.
func (c *compiler) section(id section, write func(io.Writer) error) error {
	c.begin(id)
	if err := write(c); err != nil {
		return fmt.Errorf("section %s: %w", id, err)
	}
	c.end()
	return nil
}

// writePlaces writes the places and sorts their names and points.
func (c *compiler) writePlaces(names, points *sorter) error {
	offsets := &spool{dir: c.b.tempDir}
	countries := make(map[string]country)
	var record, key []byte
	start := c.at
	err := c.section(sectionPlaces, func(io.Writer) error {
		return c.b.places(func(p *Place, layer int, from []int) (err error) {
			ordinal := uint32(c.info.Places)
			c.count(p, layer, from)
			countries[p.Country] = better(countries[p.Country], country{p.Kind, ordinal, layer, p.Population})
			if _, err := offsets.Write(appendOffset(key[:0], c.at-start)); err != nil {
				return err
			}
			if record, err = appendPlace(record[:0], p, c.b.words); err != nil {
				return err
			}
			if len(record) > maxRecord {
				return fmt.Errorf("place %s has %d bytes, at most %d", p.ID, len(record), maxRecord)
			}
			if _, err := c.Write(record); err != nil {
				return err
			}
			lon, lat := packedPoint(p.Point)
			key = binary.BigEndian.AppendUint64(key[:0], zOrder(grid(lon, lat)))
			if err := points.add(key, appendPoint(nil, lon, lat, ordinal)); err != nil {
				return err
			}
			return c.fileNames(p, ordinal, names)
		})
	})
	if err != nil {
		return errors.Join(err, offsets.close())
	}
	if c.info.Places == 0 {
		return errors.Join(errors.New("no places"), offsets.close())
	}
	if _, err := offsets.Write(appendOffset(nil, c.at-start)); err != nil {
		return errors.Join(err, offsets.close())
	}
	if err := c.section(sectionOffsets, offsets.copyTo); err != nil {
		return err
	}
	return c.section(sectionCountries, func(w io.Writer) error {
		_, err := w.Write(packCountries(countries))
		return err
	})
}

func appendOffset(b []byte, offset uint64) []byte {
	b = binary.LittleEndian.AppendUint64(b, offset)
	return b[:len(b)-8+offsetSize]
}

// count adds a place to the figures.
func (c *compiler) count(p *Place, layer int, names []int) {
	c.info.Places++
	c.info.Names += len(names)
	c.info.Kinds[p.Kind]++
	c.info.Sources[layer].Places++
	c.info.Sources[layer].Kinds[p.Kind]++
	for _, l := range names {
		c.info.Sources[l].Names++
	}
}

// country is a candidate for the place of a country's code.
type country struct {
	kind       Kind
	ordinal    uint32
	layer      int
	population int64
}

// better chooses the one of the later layer, then the more populous one.
func better(a, b country) country {
	if b.kind != Country || a.kind == Country && cmp.Or(cmp.Compare(a.layer, b.layer), cmp.Compare(a.population, b.population)) >= 0 {
		return a
	}
	return b
}

func packCountries(countries map[string]country) (b []byte) {
	for _, code := range slices.Sorted(maps.Keys(countries)) {
		if c := countries[code]; code != "" && c.kind == Country {
			b = append(b, code...)
			b = binary.LittleEndian.AppendUint32(b, c.ordinal)
		}
	}
	return b
}

// fileNames sorts the names of a place by folded name and, below that, weight.
func (c *compiler) fileNames(p *Place, ordinal uint32, names *sorter) error {
	var key []byte
	keys, best := filed(p)
	for _, folded := range keys {
		n := p.Names[best[folded]]
		key = append(append(key[:0], folded...), 0)
		key = binary.BigEndian.AppendUint64(key, weight(p, n))
		key = binary.BigEndian.AppendUint32(key, ordinal)
		key = binary.BigEndian.AppendUint16(key, uint16(best[folded]))
		if err := names.add(key, []byte{byte(cost(p, n))}); err != nil {
			return err
		}
	}
	return nil
}

// nameTail is what follows the folded name in the key of a filed one.
const nameTail = 1 + 8 + 4 + 2

func (c *compiler) writePoints(points *sorter) error {
	return c.section(sectionPoints, func(w io.Writer) error {
		return points.each(func(_, entry []byte) error {
			_, err := w.Write(entry)
			return err
		})
	})
}

// newAutomaton starts an automaton; suffixes are shared within a table of some
// megabytes.
func newAutomaton(w io.Writer) (*vellum.Builder, error) {
	return vellum.New(w, &vellum.BuilderOpts{Encoder: automatonVersion, RegistryTableSize: 20_000, RegistryMRUSize: 2})
}

// writeNames writes the postings of each name and the automaton of names, and
// sorts their sounds.
func (c *compiler) writeNames(names, sounds *sorter) error {
	spooled := &spool{dir: c.b.tempDir}
	automaton, err := newAutomaton(spooled)
	if err != nil {
		return err
	}
	var folded, packed, sound []byte
	var list []posting
	cheapest := byte(maxCost)
	start := c.at
	flush := func() error {
		if len(list) == 0 {
			return nil
		}
		offset := c.at - start
		if err := automaton.Insert(folded, nameValue(int(cheapest), offset)); err != nil {
			return fmt.Errorf("name %q: %w", folded, err)
		}
		sound = appendSound(sound[:0], folded)
		if len(sound) > 0 {
			same := byte(0)
			if bytes.Equal(sound, folded) {
				same = 1
			}
			sound = append(sound, 0, cheapest)
			sound = binary.BigEndian.AppendUint64(sound, offset)
			if err := sounds.add(sound, []byte{same}); err != nil {
				return err
			}
		}
		packed = appendPostings(packed[:0], list)
		_, err := c.Write(packed)
		return err
	}
	err = c.section(sectionPostings, func(io.Writer) error {
		err := names.each(func(key, value []byte) error {
			name, tail := key[:len(key)-nameTail], key[len(key)-nameTail+9:]
			if !bytes.Equal(name, folded) {
				if err := flush(); err != nil {
					return err
				}
				folded, list, cheapest = append(folded[:0], name...), list[:0], maxCost
			}
			cheapest = min(cheapest, value[0])
			if len(list) < maxHits {
				list = append(list, posting{binary.BigEndian.Uint32(tail), binary.BigEndian.Uint16(tail[4:])})
			}
			return nil
		})
		return errors.Join(err, flush())
	})
	if err := errors.Join(err, automaton.Close()); err != nil {
		return errors.Join(err, spooled.close())
	}
	return c.section(sectionNames, spooled.copyTo)
}

// writeSounds writes which names sound alike.
func (c *compiler) writeSounds(sounds *sorter) error {
	spooled := &spool{dir: c.b.tempDir}
	automaton, err := newAutomaton(spooled)
	if err != nil {
		return err
	}
	var key, packed []byte
	var offsets []uint64
	start := c.at
	flush := func() error {
		if len(offsets) == 0 {
			return nil
		}
		if len(offsets) == 1 {
			return automaton.Insert(key, offsets[0]<<1|soundsAlone)
		}
		err := automaton.Insert(key, (c.at-start)<<1)
		packed = binary.AppendUvarint(packed[:0], uint64(len(offsets)))
		for _, o := range offsets {
			packed = binary.AppendUvarint(packed, o)
		}
		_, errWrite := c.Write(packed)
		return errors.Join(err, errWrite)
	}
	err = c.section(sectionSpellings, func(io.Writer) error {
		err := sounds.each(func(k, same []byte) error {
			sound, offset := k[:len(k)-10], binary.BigEndian.Uint64(k[len(k)-8:])
			if !bytes.Equal(sound, key) {
				if err := flush(); err != nil {
					return err
				}
				key, offsets = append(key[:0], sound...), offsets[:0]
			}
			if same[0] == 0 && len(offsets) < maxSpellings {
				offsets = append(offsets, offset)
			}
			return nil
		})
		return errors.Join(err, flush())
	})
	if err := errors.Join(err, automaton.Close()); err != nil {
		return errors.Join(err, spooled.close())
	}
	return c.section(sectionSounds, spooled.copyTo)
}

// writeInfo writes the shared strings and, at last, what is known of the whole.
func (c *compiler) writeInfo() error {
	err := c.section(sectionWords, func(w io.Writer) error {
		_, err := w.Write(c.b.words.pack())
		return err
	})
	if err != nil {
		return err
	}
	c.info.Dropped = c.b.dropped
	c.info.Version = hex.EncodeToString(c.sum.Sum(nil))[:12]
	return c.section(sectionInfo, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(c.info)
	})
}
