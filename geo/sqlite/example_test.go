package sqlite_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/sqlite"
)

func Example() {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(dir, "conflictmap.db"))
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()

	day, _ := geo.ParseDay("2020-09-27")
	a := geo.Article{ID: "1", Published: day, Text: "Stepanakert was shelled today."}
	_, err = db.Put(ctx, a, []geo.Mention{{
		Article: "1", Start: 0, End: 11, Name: "Stepanakert", Sentence: a.Text,
		Place: &gazetteer.Place{ID: "gn:1", Name: "Stepanakert", Kind: gazetteer.Settlement, Point: orb.Point{46.75, 39.82}},
		Role:  geo.Site, Event: geo.Explosion, Days: geo.Interval{From: day, To: day}, DatePrec: geo.DateDay, Claim: geo.Reported, Confidence: 0.9,
	}})
	if err != nil {
		log.Fatal(err)
	}

	s, err := db.Snapshot(ctx)
	if err != nil {
		log.Fatal(err)
	}
	defer s.Close()
	for e, err := range s.Events(ctx, geo.Filter{Datetime: geo.Interval{From: day}}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(e.Place.Name, e.Type, e.Days)
	}
	// Output: Stepanakert explosion 2020-09-27/2020-09-27
}
