package gazetteer

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"sort"
)

// file is a compiled gazetteer: its bytes and what was read of them at once.
// Every offset in it is checked when it is followed, for the sections'
// checksums are only compared by verify: reading a whole file to open it would
// take seconds.
type file struct {
	sections      [sectionCount][]byte
	table         [sectionCount]sectionEntry
	info          Info
	words         []string
	names, sounds automaton
	count         int // of places
}

func parseFile(data []byte) (*file, error) {
	table, err := readSections(data)
	if err != nil {
		return nil, err
	}
	f := &file{table: table}
	for id, e := range table {
		f.sections[id] = data[e.offset:][:e.length:e.length]
	}
	for _, id := range []section{sectionInfo, sectionWords} { // small, and needed whole
		if err := f.verify(id); err != nil {
			return nil, err
		}
	}
	if err := json.Unmarshal(f.sections[sectionInfo], &f.info); err != nil {
		return nil, fmt.Errorf("%w: info: %w", ErrFormat, err)
	}
	if f.words, err = unpackWords(f.sections[sectionWords]); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	if f.names, err = openAutomaton(f.sections[sectionNames]); err != nil {
		return nil, fmt.Errorf("%w: names: %w", ErrFormat, err)
	}
	if f.sounds, err = openAutomaton(f.sections[sectionSounds]); err != nil {
		return nil, fmt.Errorf("%w: sounds: %w", ErrFormat, err)
	}
	offsets, points, countries := len(f.sections[sectionOffsets]), len(f.sections[sectionPoints]), len(f.sections[sectionCountries])
	f.count = offsets/offsetSize - 1
	if f.count < 0 || offsets%offsetSize != 0 || points != f.count*pointSize || countries%countrySize != 0 || f.info.Places != f.count {
		return nil, fmt.Errorf("%w: the sizes of its sections contradict each other", ErrFormat)
	}
	f.info.Bytes = int64(len(data))
	return f, nil
}

// verify compares a section with its checksum.
func (f *file) verify(id section) error {
	return f.check(id, crc32.Checksum(f.sections[id], castagnoli))
}

func (f *file) check(id section, sum uint32) error {
	if sum != f.table[id].checksum {
		return fmt.Errorf("%w: the checksum of section %s is wrong", ErrFormat, id)
	}
	return nil
}

// verifyFrom compares all sections, as r has them, with their checksums.
func (f *file) verifyFrom(r io.ReaderAt) error {
	for id, e := range f.table {
		sum := crc32.New(castagnoli)
		if _, err := io.Copy(sum, io.NewSectionReader(r, int64(e.offset), int64(e.length))); err != nil {
			return fmt.Errorf("read section %s: %w", section(id), err)
		}
		if err := f.check(section(id), sum.Sum32()); err != nil {
			return err
		}
	}
	return nil
}

// record returns the packed place with the ordinal.
func (f *file) record(ordinal int) ([]byte, error) {
	if ordinal < 0 || ordinal >= f.count {
		return nil, fmt.Errorf("%w: place %d of %d", ErrFormat, ordinal, f.count)
	}
	at := f.sections[sectionOffsets][ordinal*offsetSize:]
	start, end := packed(at[:offsetSize]), packed(at[offsetSize:][:offsetSize])
	if places := f.sections[sectionPlaces]; start <= end && end <= uint64(len(places)) && end-start <= maxRecord {
		return places[start:end], nil
	}
	return nil, fmt.Errorf("%w: place %d lies at %d to %d", ErrFormat, ordinal, start, end)
}

// place unpacks the place with the ordinal. Nothing of it lies in the mapping.
func (f *file) place(ordinal int) (*Place, error) {
	record, err := f.record(ordinal)
	if err != nil {
		return nil, err
	}
	p, err := unpackPlace(string(record), f.words)
	if err != nil {
		return nil, fmt.Errorf("%w: place %d: %w", ErrFormat, ordinal, err)
	}
	return p, nil
}

// find returns the ordinal of the place with the id; -1 if there is none.
func (f *file) find(id string) (int, error) {
	low, high := 0, f.count
	for low < high {
		middle := (low + high) / 2
		record, err := f.record(middle)
		if err != nil {
			return -1, err
		}
		found := recordID(record)
		if string(found) == id {
			return middle, nil
		}
		if string(found) < id {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return -1, nil
}

// country returns the ordinal of the country with the code; -1 if there is none.
func (f *file) country(code string) int {
	entries := f.sections[sectionCountries]
	n := len(entries) / countrySize
	entry := func(i int) []byte { return entries[i*countrySize:][:countrySize] }
	i := sort.Search(n, func(i int) bool { return string(entry(i)[:2]) >= code })
	if i == n || string(entry(i)[:2]) != code {
		return -1
	}
	return int(binary.LittleEndian.Uint32(entry(i)[2:]))
}

// postings reads what is filed at the offset.
func (f *file) postings(offset uint64) ([]posting, error) {
	n := varintsAt(f.sections[sectionPostings], offset)
	count := n.next()
	if n.bad || count == 0 || count > maxHits {
		return nil, fmt.Errorf("%w: %w: %d at %d", ErrFormat, errPostings, count, offset)
	}
	list := make([]posting, 0, count)
	for range count {
		ordinal, name := n.next(), n.next()
		if n.bad || ordinal >= uint64(f.count) || name >= maxNames {
			return nil, fmt.Errorf("%w: %w at %d", ErrFormat, errPostings, offset)
		}
		list = append(list, posting{uint32(ordinal), uint16(name)})
	}
	return list, nil
}
