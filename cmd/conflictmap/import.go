package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/gazetteer/geonames"
)

type importCommand struct {
	Output  string   `short:"o" help:"File to write (default: ${cmg}). What it held before stays until the new one is complete." default:"${cmg}" placeholder:"FILE"`
	Fetch   []string `help:"Dumps to download first, by name: allCountries, cities500, AZ, alternateNamesV2, countryInfo, …" placeholder:"NAMES"`
	BaseURL string   `name:"base-url" help:"Where the dumps are (default: ${export})." default:"${export}" placeholder:"URL"`
	Cache   string   `help:"Folder that keeps what was downloaded (default: conflictmap/geonames in the user's cache folder)." placeholder:"DIR"`
	TempDir string   `name:"temp-dir" help:"Folder for temporary files, which take about as much room as the unpacked dumps." placeholder:"DIR"`
	Plain   bool     `help:"Leave out the authored tables, which are laid over the dumps otherwise."`
	JSON    bool     `name:"json" help:"Print the counts as a JSON object."`
	Files   []string `arg:"" optional:"" name:"file" help:"Dumps of GeoNames: text, zip or gzip."`
}

// Help is what `conflictmap gazetteer import --help` says beyond the flags.
func (importCommand) Help() string {
	return `Takes allCountries, dumps of countries, citiesN, alternateNamesV2, admin1CodesASCII, admin2Codes, countryInfo
and hierarchy, in any order and number, told by their content. One of them must hold places. A malformed line is reported
with its number and left out. Give the result to other commands with --gazetteer.

Downloads that were cut off go on where they stopped; what hasn't changed on the server isn't loaded again.`
}

// Run compiles a gazetteer.
func (c *importCommand) Run(env *environment) error {
	if len(c.Files)+len(c.Fetch) == 0 {
		return usageError{errors.New("name the dumps to import, or what to download with --fetch")}
	}
	options := geonames.Options{Output: c.Output, TempDir: c.TempDir, Built: env.now().UTC().Truncate(time.Second)}
	if !c.Plain {
		authored, err := gazetteer.Authored()
		if err != nil {
			return err
		}
		options.Authored = authored
	}
	meter := newMeter(env.stderr, env.now)
	defer meter.clear()
	files, err := c.fetch(env, meter)
	if err != nil {
		return err
	}
	options.Progress = func(p geonames.Progress) {
		meter.line(func() string { return fmt.Sprintf("%s: %d rows read", filepath.Base(p.Step), p.Rows) })
	}
	options.Problem = func(err error) {
		meter.clear()
		env.warn(err.Error())
	}
	begin := env.now()
	report, err := geonames.Import(env.ctx, append(files, c.Files...), options)
	meter.clear()
	if n := report.Malformed(); n > geonames.MaxProblems {
		env.warn(fmt.Sprintf("%s left out in all", count(int(n), "malformed line")))
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.stdout, report)
	}
	return printImport(env.stdout, c.Output, &report, env.now().Sub(begin))
}

// fetch downloads what is asked for.
func (c *importCommand) fetch(env *environment, meter *meter) ([]string, error) {
	if len(c.Fetch) == 0 {
		return nil, nil
	}
	dir := c.Cache
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("where to keep downloads: %w; say it with --cache", err)
		}
		dir = filepath.Join(cache, "conflictmap", "geonames")
	}
	files, err := geonames.Fetch(env.ctx, geonames.FetchOptions{
		Client: fetchClient(), BaseURL: c.BaseURL, Dir: dir,
		Progress: func(p geonames.FetchProgress) {
			meter.line(func() string { return fetchLine(p) })
		},
	}, c.Fetch...)
	meter.clear()
	return files, err
}

// fetchClient bounds each step of a request, but not the time of a transfer:
// allCountries takes a while.
func fetchClient() *http.Client {
	const limit = 30 * time.Second
	return &http.Client{Transport: &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: limit}).DialContext,
		TLSHandshakeTimeout:   limit,
		ResponseHeaderTimeout: limit,
		ForceAttemptHTTP2:     true,
	}}
}

func fetchLine(p geonames.FetchProgress) string {
	const mega = 1e6
	switch {
	case p.Unchanged:
		return fmt.Sprintf("%s: unchanged, %.1f MB", p.File, float64(p.Bytes)/mega)
	case p.Total < 0:
		return fmt.Sprintf("%s: %.1f MB", p.File, float64(p.Bytes)/mega)
	}
	return fmt.Sprintf("%s: %.1f of %.1f MB", p.File, float64(p.Bytes)/mega, float64(p.Total)/mega)
}

func printImport(w io.Writer, output string, r *geonames.Report, took time.Duration) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "TABLE\tHOLDS\tROWS\tPLACES\tNAMES\tSKIPPED\tMALFORMED")
	for i := range r.Tables {
		s := &r.Tables[i]
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%d\n", s.Name, s.Format, s.Rows, s.Places, s.Names, s.Skipped, s.Malformed)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%s: %s under %s, %.1f MB, in %.1f s\n", output, count(r.Info.Places, "place"), count(r.Info.Names, "name"),
		float64(r.Info.Bytes)/1e6, took.Seconds())
	return err
}
