package tile_test

import (
	"fmt"

	"github.com/paulmach/orb/encoding/mvt"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/tile"
)

func ExampleScene_Tile() {
	d := &data{}
	d.add(townAt("Stepanakert", 46.7515, 39.8152), nil, geo.Explosion, 12)
	d.add(townAt("Shusha", 46.7497, 39.7601), nil, geo.Battle, 30)
	d.add(townAt("Goris", 46.3382, 39.5111), nil, geo.Protest, 1)

	scene := tile.New(d.list, d.brief, tile.Options{})
	id, err := tile.ParseID("7", "80", "48")
	if err != nil {
		fmt.Println(err)
		return
	}
	layers, err := mvt.Unmarshal(scene.Tile(id))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, layer := range layers {
		for _, f := range layer.Features {
			p := f.Properties
			fmt.Println(layer.Name, p["label"], p["count"], p["event"], p["explosion"], p["battle"])
		}
	}
	// Output:
	// points Goris <nil> protest <nil> <nil>
	// clusters Shusha 42 battle 12 30
}
