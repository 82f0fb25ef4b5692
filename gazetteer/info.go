package gazetteer

import "time"

// Info says what a compiled gazetteer holds and where it comes from.
type Info struct {
	// Format is the version of the compiled form.
	Format int `json:"format"`
	// Version identifies the content, as Gazetteer.Version.
	Version string `json:"version"`
	// Built is when it was compiled, zero where nobody said.
	Built time.Time `json:"built,omitzero"`
	// World says whether settlements of the whole world are in.
	World bool `json:"world"`
	// Places and Names count what is in, each place once.
	Places int `json:"places"`
	Names  int `json:"names"`
	// Kinds counts the places of each kind.
	Kinds map[Kind]int `json:"kinds"`
	// Sources are the layers in the order in which they were laid.
	Sources []Source `json:"sources"`
	// Dropped counts names of places that are not in.
	Dropped int `json:"dropped"`
	// Bytes is the size of the compiled form.
	Bytes int64 `json:"bytes"`
}

// Source is one layer of a gazetteer.
type Source struct {
	Name        string `json:"name"`
	Licence     string `json:"licence"`
	Attribution string `json:"attribution"`
	// Places counts the places whose facts are from here, Names the names that
	// no later layer brought.
	Places int          `json:"places"`
	Names  int          `json:"names"`
	Kinds  map[Kind]int `json:"kinds"`
}
