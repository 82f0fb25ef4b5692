package gazetteer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

// The compiled form is one file: a header (magic, format version), the
// sections one after another, the table of sections, and a trailer that says
// where the table lies, how long the file is, and the checksum of header, table
// and trailer. Numbers are little-endian. The writer never seeks, and a file
// that was cut short has no trailer. Checksums are CRC-32C (RFC 3720, B.4).
const (
	formatVersion = 1

	headerMagic  = "\x89CMG\r\n\x1a\n" // not text, and broken by whatever takes it for text
	trailerMagic = "CMGAZEND"

	headerSize  = len(headerMagic) + 8
	entrySize   = 24 // section, its checksum, offset, length
	trailerSize = 32 // offset of the table, length of the file, number of entries, checksum, magic
)

// section is a part of the file.
type section uint32

const (
	sectionInfo      section = iota // JSON of Info
	sectionWords                    // strings that places share
	sectionPlaces                   // packed places in the order of their ids
	sectionOffsets                  // where each place begins and the last ends, 5 bytes each
	sectionNames                    // automaton: folded name to cost and postings
	sectionPostings                 // count, then ordinal of the place and index of its name
	sectionSounds                   // automaton: sound key to a name's offset in the postings, or to several
	sectionSpellings                // count, then offsets in the postings
	sectionPoints                   // longitude, latitude, ordinal, along a Z-order curve
	sectionCountries                // code and ordinal
	sectionCount
)

func (s section) String() string {
	return [...]string{"info", "words", "places", "offsets", "names", "postings", "sounds", "spellings", "points", "countries"}[s]
}

const (
	offsetSize  = 5  // bytes of an offset of a place
	pointSize   = 12 // bytes of an entry of the points
	countrySize = 6  // bytes of an entry of the countries
)

// ErrFormat is wrapped by the errors about a file that is no compiled
// gazetteer, is of another version or is damaged.
var ErrFormat = errors.New("not an intact gazetteer file")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type sectionEntry struct {
	checksum       uint32
	offset, length uint64
}

func appendHeader(b []byte) []byte {
	b = append(b, headerMagic...)
	b = binary.LittleEndian.AppendUint32(b, formatVersion)
	return binary.LittleEndian.AppendUint32(b, uint32(sectionCount))
}

// appendTrailer appends the table and the trailer that end a file whose
// sections end at offset end.
func appendTrailer(b []byte, end uint64, table *[sectionCount]sectionEntry) []byte {
	start := len(b)
	for id, e := range table {
		b = binary.LittleEndian.AppendUint32(b, uint32(id))
		b = binary.LittleEndian.AppendUint32(b, e.checksum)
		b = binary.LittleEndian.AppendUint64(b, e.offset)
		b = binary.LittleEndian.AppendUint64(b, e.length)
	}
	b = binary.LittleEndian.AppendUint64(b, end)
	b = binary.LittleEndian.AppendUint64(b, end+uint64(len(table)*entrySize)+trailerSize)
	b = binary.LittleEndian.AppendUint32(b, uint32(sectionCount))
	sum := crc32.Update(crc32.Checksum(appendHeader(nil), castagnoli), castagnoli, b[start:])
	b = binary.LittleEndian.AppendUint32(b, sum)
	return append(b, trailerMagic...)
}

// readSections checks header, table and trailer of a whole file.
func readSections(data []byte) (table [sectionCount]sectionEntry, err error) {
	fail := func(format string, args ...any) ([sectionCount]sectionEntry, error) {
		return table, fmt.Errorf("%w: %s", ErrFormat, fmt.Sprintf(format, args...))
	}
	if len(data) < headerSize || !bytes.HasPrefix(data, []byte(headerMagic)) {
		return fail("it does not begin like one")
	}
	if v := binary.LittleEndian.Uint32(data[len(headerMagic):]); v != formatVersion {
		return fail("format version %d, this program reads %d: import it anew", v, formatVersion)
	}
	if len(data) < headerSize+trailerSize || !bytes.HasSuffix(data, []byte(trailerMagic)) {
		return fail("it is cut short at %d bytes", len(data))
	}
	trailer := data[len(data)-trailerSize:]
	at := binary.LittleEndian.Uint64(trailer)
	size := binary.LittleEndian.Uint64(trailer[8:])
	count := binary.LittleEndian.Uint32(trailer[16:])
	if size != uint64(len(data)) || count != uint32(sectionCount) || at != size-trailerSize-uint64(count)*entrySize {
		return fail("%d bytes, %d of them noted", len(data), size)
	}
	checked := data[at : len(data)-trailerSize+20]
	if sum := crc32.Update(crc32.Checksum(data[:headerSize], castagnoli), castagnoli, checked); sum != binary.LittleEndian.Uint32(trailer[20:]) {
		return fail("the checksum of its table is wrong")
	}
	for id := range table {
		e := checked[id*entrySize:]
		table[id] = sectionEntry{binary.LittleEndian.Uint32(e[4:]), binary.LittleEndian.Uint64(e[8:]), binary.LittleEndian.Uint64(e[16:])}
		if binary.LittleEndian.Uint32(e) != uint32(id) || table[id].offset > at || table[id].length > at-table[id].offset {
			return fail("section %s lies outside", section(id))
		}
	}
	return table, nil
}
