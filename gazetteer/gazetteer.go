// Package gazetteer knows which places exist, what they are called and where
// they are.
//
// A Gazetteer is a compiled file, mapped into memory and read-only: opening
// takes milliseconds whatever its size, processes share its pages, and places
// are unpacked when they are asked for. Builtin is what the binary carries: the
// whole world's settlements if it was built with them, else the places that we
// author, the theatre "South Caucasus 2020" among them. Open opens a file that a
// Builder wrote, for instance from GeoNames' dumps. Load compiles tables like
// our authored ones; data/README.md describes them.
//
// Names are compared folded: case, diacritics, hyphens and apostrophes don't
// count, so "Şuşa", "SUSA" and "susa" are one. Where that finds little, Lookup
// compares how names sound, so that "Khankendy" finds Xankəndi and "Шуша" finds
// Shusha though nobody listed the spelling.
//
// Look-up says which places bear a name; which of them a text means is the
// geoparser's business.
//
// A damaged file gives errors, never wrong memory: Open checks its table, Verify
// its checksums, and a look-up that meets damage finds nothing and leaves the
// error in Err.
package gazetteer

import (
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Gazetteer is a set of places that can be found by name, by id and by
// position. It is read-only and safe for concurrent use.
type Gazetteer struct {
	mu      sync.RWMutex // held while the file's memory is read
	file    *file        // nil once closed
	release func() error

	damage atomic.Pointer[error]
	places cache[*Place]
	short  cache[[]Hit] // hits by offset of the postings
	long   cache[[]Hit] // likewise, the names that many places bear
	heads  cache[*head] // by first word, hashed with the seed
	seed   maphash.Seed
}

// Sizes of the caches, and the number of hits from which a list is long.
const (
	cachedPlaces = 1 << 13
	cachedShort  = 1 << 12
	cachedLong   = 1 << 5
	cachedHeads  = 1 << 15
	longList     = 32
)

// Open opens a compiled gazetteer. A file that is none, of another version or
// damaged where it shows at once is an error that wraps ErrFormat; Verify finds
// all other damage. The file may be replaced while it is open, but not changed.
func Open(path string) (*Gazetteer, error) {
	data, release, err := mapFile(path)
	if err != nil {
		return nil, fmt.Errorf("open gazetteer %s: %w", path, err)
	}
	g, err := open(data, release)
	if err != nil {
		return nil, fmt.Errorf("open gazetteer %s: %w", path, errors.Join(err, release()))
	}
	return g, nil
}

func open(data []byte, release func() error) (g *Gazetteer, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if v := recover(); v != nil {
			g, err = nil, fmt.Errorf("%w: %v", ErrFormat, v)
		}
	}()
	f, err := parseFile(data)
	if err != nil {
		return nil, err
	}
	return &Gazetteer{
		file:    f,
		release: release,
		places:  newCache[*Place](cachedPlaces),
		short:   newCache[[]Hit](cachedShort),
		long:    newCache[[]Hit](cachedLong),
		heads:   newCache[*head](cachedHeads),
		seed:    maphash.MakeSeed(),
	}, nil
}

// Close releases the file. What was found stays valid; later look-ups find
// nothing.
func (g *Gazetteer) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.file == nil {
		return nil
	}
	g.file = nil
	if err := g.release(); err != nil {
		return fmt.Errorf("close gazetteer: %w", err)
	}
	return nil
}

// Verify reads the whole file and compares it with its checksums. The error
// wraps ErrFormat.
func (g *Gazetteer) Verify() (err error) {
	err = g.read(func(f *file) error {
		for id := range sectionCount {
			if err := f.verify(id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("verify gazetteer: %w", err)
	}
	return nil
}

// Err returns the first damage that a look-up met, nil if none did.
func (g *Gazetteer) Err() error {
	if err := g.damage.Load(); err != nil {
		return *err
	}
	return nil
}

// errClosed is what read returns after Close.
var errClosed = errors.New("the gazetteer is closed")

// read calls what with the file while nobody can close it. Memory that can not
// be read, because somebody cut the file short or the disk failed, is an error.
func (g *Gazetteer) read(what func(*file) error) (err error) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if g.file == nil {
		return errClosed
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("%w: %v", ErrFormat, v)
		}
	}()
	return what(g.file)
}

// look is read for look-ups, which have no error to return: it keeps it for Err.
func (g *Gazetteer) look(what func(*file) error) (ok bool) {
	err := g.read(what)
	if err == nil {
		return true
	}
	if !errors.Is(err, errClosed) {
		first := err // a copy, so that err need not be on the heap
		g.damage.CompareAndSwap(nil, &first)
	}
	return false
}

// Place returns the place with the id.
func (g *Gazetteer) Place(id string) (p *Place, ok bool) {
	g.look(func(f *file) error {
		ordinal, err := f.find(id)
		if ordinal >= 0 {
			p, err = g.place(f, ordinal)
		}
		return err
	})
	return p, p != nil
}

// CountryPlace returns the country or territory with the ISO 3166-1 alpha-2
// code (XK is Kosovo).
func (g *Gazetteer) CountryPlace(code string) (p *Place, ok bool) {
	g.look(func(f *file) (err error) {
		if ordinal := f.country(code); ordinal >= 0 {
			p, err = g.place(f, ordinal)
		}
		return err
	})
	return p, p != nil
}

// Places yields every place in the order of the ids.
func (g *Gazetteer) Places() iter.Seq[*Place] {
	return func(yield func(*Place) bool) {
		for i := range g.Len() {
			var p *Place
			ok := g.look(func(f *file) (err error) {
				p, err = f.place(i)
				return err
			})
			if !ok || !yield(p) {
				return
			}
		}
	}
}

// Len is the number of places.
func (g *Gazetteer) Len() (n int) {
	g.look(func(f *file) error {
		n = f.count
		return nil
	})
	return n
}

// Version identifies the content of the data: twelve hexadecimal digits that
// change when any place does.
func (g *Gazetteer) Version() string { return g.Info().Version }

// Info says what the gazetteer holds.
func (g *Gazetteer) Info() (info Info) {
	g.look(func(f *file) error {
		info = f.info
		return nil
	})
	return info
}

// place unpacks a place, or finds it unpacked.
func (g *Gazetteer) place(f *file, ordinal int) (*Place, error) {
	if p, ok := g.places.get(uint64(ordinal)); ok {
		return p, nil
	}
	p, err := f.place(ordinal)
	if err == nil {
		g.places.put(uint64(ordinal), p)
	}
	return p, err
}
