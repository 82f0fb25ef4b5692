package gazetteer

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Bounds on what a Builder takes.
const (
	maxID       = 80 // bytes
	maxSource   = 1000
	maxExternal = 16
	maxLayers   = 1 << 10

	defaultMemory = 256 << 20
	minMemory     = 1 << 20
)

// BuilderOptions say where a Builder works and what it notes in Info.
type BuilderOptions struct {
	// TempDir is where temporary files go, the system's folder for them where
	// empty. They take some 300 bytes a place. Small gazetteers need none.
	TempDir string
	// Memory is about how many bytes the Builder uses; 0 is 256 MiB.
	Memory int64
	// Built is noted as the time of building.
	Built time.Time
	// World notes that settlements of the whole world are in.
	World bool
	// Check, if set, is called again and again while WriteFile compiles; its
	// error ends that. It is how a user's interrupt gets there.
	Check func() error
}

// Builder compiles places and names into a gazetteer file. It takes them in
// any order and number, in layers: where several layers have a place, the facts
// are those of the last, which keeps population, shape and ids elsewhere of the
// others where it has none itself, and the names are those of all.
//
// A Builder is used once, by one goroutine: NextLayer, AddPlace and AddName as
// often as there is something to add, WriteFile, Close.
type Builder struct {
	options BuilderOptions
	layers  []Source
	rows    *sorter // packed places and names by id
	words   *words
	dropped int
	seq     uint32
	dir     string // holds the temporary files; empty until there are any
	buf     []byte
	key     []byte
	spent   bool
}

// NewBuilder returns an empty Builder.
func NewBuilder(o BuilderOptions) (*Builder, error) {
	if o.Memory == 0 {
		o.Memory = defaultMemory
	}
	if o.Memory < minMemory {
		return nil, fmt.Errorf("new gazetteer builder: memory of %d bytes, at least %d", o.Memory, minMemory)
	}
	b := &Builder{options: o, words: newWords()}
	b.rows = newSorter(b.share(), b.tempDir)
	return b, nil
}

// share is how many bytes one of the sorters that work at a time may use.
func (b *Builder) share() int { return int(min(b.options.Memory/4, math.MaxInt32)) }

// tempDir makes the folder for temporary files when it is first needed.
func (b *Builder) tempDir() (string, error) {
	if b.dir == "" {
		dir, err := os.MkdirTemp(b.options.TempDir, "gazetteer-")
		if err != nil {
			return "", fmt.Errorf("make folder for temporary files: %w", err)
		}
		b.dir = dir
	}
	return b.dir, nil
}

// Close removes the temporary files. It may be called at any time, twice too.
func (b *Builder) Close() error {
	b.spent = true
	err := b.rows.close()
	if b.dir != "" {
		err = errors.Join(err, os.RemoveAll(b.dir))
		b.dir = ""
	}
	return err
}

// NextLayer starts a layer: one source of places and names, which Info lists
// under the name. What a layer adds wins over all before.
func (b *Builder) NextLayer(name, licence, attribution string) {
	b.layers = append(b.layers, Source{Name: name, Licence: licence, Attribution: attribution, Kinds: make(map[Kind]int)})
}

// Kinds of rows: a place comes before the names that were added to it.
const (
	placeRow = iota
	nameRow
)

// AddPlace adds p, with its names, to the current layer; a place that the layer
// has already is replaced. The Builder keeps nothing of p. Names that are too
// long or have no letter are dropped and counted in Info; anything else that is
// wrong with p is an error.
func (b *Builder) AddPlace(p *Place) error {
	err := b.ready()
	if err == nil {
		err = checkPlace(p)
	}
	if err != nil {
		return fmt.Errorf("add place %q: %w", clip(p.ID), err)
	}
	c := *p
	c.Names = b.usable(p)
	if c.Source == "" {
		c.Source = b.layers[len(b.layers)-1].Name
	}
	if b.buf, err = appendPlace(b.buf[:0], &c, b.words); err == nil {
		err = b.words.err()
	}
	if err == nil && len(b.buf) > maxRecord {
		err = fmt.Errorf("%d bytes, at most %d", len(b.buf), maxRecord)
	}
	if err == nil {
		err = b.row(p.ID, placeRow)
	}
	if err != nil {
		return fmt.Errorf("add place %q: %w", clip(p.ID), err)
	}
	return nil
}

// AddName adds a name to the place with the id, whichever layer has it, before
// or after. A name whose place never comes, and one that is too long or has no
// letter, is dropped and counted in Info.
func (b *Builder) AddName(placeID string, n Name) error {
	err := b.ready()
	if err == nil {
		err = checkID(placeID)
	}
	if err != nil {
		return fmt.Errorf("add name to %q: %w", clip(placeID), err)
	}
	if !usableName(n.Text) {
		b.dropped++
		return nil
	}
	b.buf = appendName(b.buf[:0], scripted(n), b.words)
	if err := errors.Join(b.words.err(), b.row(placeID, nameRow)); err != nil {
		return fmt.Errorf("add name to %q: %w", placeID, err)
	}
	return nil
}

func (b *Builder) ready() error {
	switch {
	case b.spent:
		return errors.New("the builder is closed")
	case len(b.layers) == 0:
		return errors.New("no layer was started")
	case len(b.layers) > maxLayers:
		return fmt.Errorf("more than %d layers", maxLayers)
	case b.seq == math.MaxUint32:
		return errors.New("too many places and names")
	}
	return nil
}

// row files b.buf under the id so that rows of one place come out together:
// places before names, later layers before earlier ones; of a layer's places
// the last first, its names as they came.
func (b *Builder) row(id string, kind byte) error {
	b.seq++
	order := b.seq
	if kind == placeRow {
		order = ^order
	}
	layer := uint16(len(b.layers) - 1)
	b.key = append(append(b.key[:0], id...), 0, kind)
	b.key = binary.BigEndian.AppendUint16(b.key, ^layer)
	b.key = binary.BigEndian.AppendUint32(b.key, order)
	return b.rows.add(b.key, b.buf)
}

// usable returns the names of p that can be kept, its own name first.
func (b *Builder) usable(p *Place) []Name {
	names := make([]Name, 0, len(p.Names)+1)
	own := -1
	for _, n := range p.Names {
		switch {
		case !usableName(n.Text) || len(names) == maxNames-1 && own < 0 && n.Text != p.Name || len(names) == maxNames:
			b.dropped++
			continue
		case own < 0 && n.Text == p.Name && !n.Demonym:
			own = len(names)
		}
		names = append(names, scripted(n))
	}
	if own < 0 {
		return append([]Name{scripted(Name{Text: p.Name, Preferred: true})}, names...)
	}
	first := names[own]
	copy(names[1:own+1], names[:own])
	names[0] = first
	return names
}

func scripted(n Name) Name {
	if n.Script == "" {
		n.Script = Script(n.Text, n.Lang)
	}
	return n
}

func usableName(text string) bool {
	return len(text) <= maxNameSize && utf8.ValidString(text) && Fold(text) != ""
}

// checkPlace says what makes a place unfit for any gazetteer.
func checkPlace(p *Place) error {
	switch {
	case checkID(p.ID) != nil:
		return checkID(p.ID)
	case !usableName(p.Name):
		return fmt.Errorf("name %q has no letter or is longer than %d bytes", clip(p.Name), maxNameSize)
	case !p.Kind.Valid():
		return fmt.Errorf("unknown kind %q", clip(string(p.Kind)))
	case p.Country != "" && !isCountryCode(p.Country):
		return fmt.Errorf("country %q is not a code of two capital letters", clip(p.Country))
	case !onEarth(p.Point):
		return fmt.Errorf("point %v is not longitude and latitude in degrees", p.Point)
	case !(p.Uncertainty >= 0 && p.Uncertainty <= maxUncertainty):
		return fmt.Errorf("uncertainty %g is not from 0 to %d metres", p.Uncertainty, maxUncertainty)
	case p.Population < 0 || p.Population > maxPopulation:
		return fmt.Errorf("population %d is not from 0 to %d", p.Population, int64(maxPopulation))
	case len(p.Source) > maxSource || !utf8.ValidString(p.Source):
		return fmt.Errorf("source %q is no text or longer than %d bytes", clip(p.Source), maxSource)
	case len(p.External) > maxExternal:
		return fmt.Errorf("%d ids elsewhere, at most %d", len(p.External), maxExternal)
	}
	for authority, id := range p.External {
		if authority == "" || len(authority) > maxID || len(id) > maxID {
			return fmt.Errorf("id %q elsewhere (%q)", clip(id), clip(authority))
		}
	}
	return nil
}

// checkID accepts printable ids without spaces.
func checkID(id string) error {
	if id == "" || len(id) > maxID || !utf8.ValidString(id) ||
		strings.ContainsFunc(id, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		return fmt.Errorf("id %q is empty, longer than %d bytes or not printable", clip(id), maxID)
	}
	return nil
}
