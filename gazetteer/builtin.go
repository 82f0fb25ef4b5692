package gazetteer

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed data/*.tsv data/shapes/*.geojson
var builtin embed.FS

// dist holds what the build compiled, if it did: .gitkeep alone lets a plain
// `go build` succeed.
//
//go:embed all:dist
var dist embed.FS

const worldFile = "dist/world.cmg"

// Builtin opens the gazetteer in the binary: the world as it was compiled when
// the binary was built, else the authored tables alone, compiled now. Info says
// which. That takes some milliseconds: do it once.
func Builtin() (*Gazetteer, error) {
	g, err := openWorld()
	if errors.Is(err, fs.ErrNotExist) {
		g, err = loadAuthored()
	}
	if err != nil {
		return nil, fmt.Errorf("built-in gazetteer: %w", err)
	}
	return g, nil
}

func openWorld() (*Gazetteer, error) {
	data, err := dist.ReadFile(worldFile)
	if err != nil {
		return nil, err
	}
	return open(data, ownMemory)
}

func loadAuthored() (*Gazetteer, error) {
	data, err := Authored()
	if err != nil {
		return nil, err
	}
	return Load(data)
}

// ownMemory releases memory that is nobody else's.
func ownMemory() error { return nil }
