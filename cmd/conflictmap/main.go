// Command conflictmap reads news articles, finds the places of conflict events
// in them and serves the events as a map and as layers for GIS programs.
//
// `conflictmap --help` lists the commands. What a command gives goes to
// standard output, all that accompanies it to standard error. The exit status is
// 0 when everything went well, 1 when something failed (with an ingest: even one
// article) and 2 when the command line is wrong.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/conflictmap/conflictmap/gazetteer/geonames"
)

// The exit statuses.
const (
	exitFailure = 1
	exitUsage   = 2
)

// defaultDB is the database that the commands use unless told otherwise.
const defaultDB = "conflictmap.db"

// defaultGazetteer is the file that an import writes unless told otherwise.
const defaultGazetteer = "conflictmap.cmg"

// commandLine is the grammar; the commands are in files of their own.
type commandLine struct {
	Serve     serveCommand  `cmd:"" help:"Serve the map page and the layers."`
	Ingest    ingestCommand `cmd:"" help:"Read articles into the database."`
	Parse     parseCommand  `cmd:"" help:"Print what a text says about places; nothing is stored."`
	Export    exportCommand `cmd:"" help:"Write a layer as GeoJSON, CSV or GeoPackage."`
	Gazetteer struct {
		Lookup lookupCommand `cmd:"" help:"Show the places of a name."`
		Import importCommand `cmd:"" help:"Compile a gazetteer from dumps of GeoNames."`
		Info   infoCommand   `cmd:"" help:"Show what the gazetteer holds and whose data it is."`
	} `cmd:"" help:"Ask the gazetteer, or make another."`
	Eval evalCommand `cmd:"" help:"Score the geoparser on gold files."`

	Version kong.VersionFlag `help:"Print the version and quit."`
}

// environment is what the commands have of the world.
type environment struct {
	ctx    context.Context // ends at the first interrupt
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	now    func() time.Time
}

// warn prints a message for the user, each of its lines under the program's name.
func (e *environment) warn(message string) {
	for line := range strings.SplitSeq(strings.TrimRight(message, "\n"), "\n") {
		fmt.Fprintf(e.stderr, "conflictmap: %s\n", line)
	}
}

// usageError marks what is wrong with the command line and not with the work.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// The first interrupt ends the work in good order, a second one at once.
	context.AfterFunc(ctx, stop)
	env := &environment{ctx: ctx, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, now: time.Now}

	var grammar commandLine
	parser, err := kong.New(&grammar,
		kong.Name("conflictmap"),
		kong.Description("Find the places of conflict events in news articles and show them on a map."),
		kong.Vars{
			"version": fmt.Sprintf("conflictmap %s (%s %s/%s)", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH),
			"db":      defaultDB, "cmg": defaultGazetteer, "export": geonames.ExportURL,
		},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Bind(env),
	)
	if err != nil {
		env.warn(err.Error())
		return exitFailure
	}
	command, err := parser.Parse(os.Args[1:])
	if err != nil {
		env.warn(err.Error())
		env.warn("`conflictmap --help` lists commands and flags")
		return exitUsage
	}
	err = command.Run()
	switch {
	case err == nil:
		return 0
	case errors.As(err, new(usageError)):
		env.warn(err.Error())
		return exitUsage
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		env.warn("interrupted")
		return exitFailure
	}
	env.warn(err.Error())
	return exitFailure
}

// version is that of the sources, as far as the Go toolchain recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(unknown)"
	}
	return info.Main.Version
}
