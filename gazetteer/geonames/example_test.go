package geonames_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/gazetteer/geonames"
)

func ExampleImport() {
	dir, err := os.MkdirTemp("", "gazetteer-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	output := filepath.Join(dir, "az.cmg")
	files := []string{"testdata/AZ.txt", "testdata/alternateNamesV2.txt"}
	if _, err := geonames.Import(context.Background(), files, geonames.Options{Output: output, Built: time.Unix(0, 0)}); err != nil {
		fmt.Println(err)
		return
	}
	g, err := gazetteer.Open(output)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer g.Close()
	for _, hit := range g.Lookup("city of winds") {
		fmt.Println(hit.Place.Name, hit.Place.Country, hit.Name.Colloquial)
	}
	// Output: Baku AZ true
}
