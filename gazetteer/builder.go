package gazetteer

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/paulmach/orb/encoding/wkb"
)

// BuilderOptions say where a Builder works and what it notes in Info.
type BuilderOptions struct {
	// TempDir holds the temporary files, the system's where empty.
	TempDir string
	// Memory bounds what the Builder keeps in memory, in bytes; 0 is 256 MiB.
	Memory int64
	// Built is noted as the time of building.
	Built time.Time
	// World notes that settlements of the whole world are in.
	World bool
}

// Builder writes compiled gazetteers.
type Builder struct {
	options BuilderOptions
	layers  []Source
	places  []*Place
	byID    map[string]*Place
	names   []named
}

type named struct {
	id   string
	name Name
}

// NewBuilder returns an empty Builder.
func NewBuilder(o BuilderOptions) (*Builder, error) {
	return &Builder{options: o, byID: make(map[string]*Place)}, nil
}

// NextLayer starts a layer: one source of places and names.
func (b *Builder) NextLayer(name, licence, attribution string) {
	b.layers = append(b.layers, Source{Name: name, Licence: licence, Attribution: attribution})
}

// AddPlace adds p to the current layer.
func (b *Builder) AddPlace(p *Place) error {
	if len(b.layers) == 0 {
		return fmt.Errorf("add place %s: no layer", p.ID)
	}
	layer := &b.layers[len(b.layers)-1]
	layer.Places++
	layer.Names += len(p.Names)
	c := *p
	if old, ok := b.byID[p.ID]; ok {
		c.Names = mergeNames(c.Names, old.Names)
		*old = c
		return nil
	}
	b.places = append(b.places, &c)
	b.byID[p.ID] = &c
	return nil
}

// AddName adds a name to the place with the id, which may come later.
func (b *Builder) AddName(placeID string, n Name) error {
	if len(b.layers) == 0 {
		return fmt.Errorf("add name to %s: no layer", placeID)
	}
	b.names = append(b.names, named{placeID, n})
	return nil
}

// Close removes the temporary files. It may be called at any time, twice too.
func (b *Builder) Close() error { return nil }

type jsonPlace struct {
	Place
	Shape []byte
}

// WriteFile compiles what was added into the file at path.
func (b *Builder) WriteFile(path string) (Info, error) {
	info := Info{Format: 1, Built: b.options.Built, World: b.options.World, Sources: b.layers, Kinds: make(map[Kind]int)}
	for _, n := range b.names {
		if p, ok := b.byID[n.id]; ok {
			p.Names = mergeNames(p.Names, []Name{n.name})
		} else {
			info.Dropped++
		}
	}
	var out struct {
		Info   Info
		Places []jsonPlace
	}
	for _, p := range b.places {
		info.Places++
		info.Names += len(p.Names)
		info.Kinds[p.Kind]++
		j := jsonPlace{Place: *p}
		if p.Shape != nil {
			shape, err := wkb.Marshal(p.Shape)
			if err != nil {
				return Info{}, err
			}
			j.Shape = shape
		}
		j.Place.Shape = nil
		out.Places = append(out.Places, j)
	}
	out.Info = info
	data, err := json.Marshal(out)
	if err != nil {
		return Info{}, err
	}
	temp := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".tmp")
	return info, errors.Join(os.WriteFile(temp, data, 0o644), os.Rename(temp, path))
}
