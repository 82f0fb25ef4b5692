package main

import (
	"errors"
	"fmt"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/ingest"
)

type ingestCommand struct {
	gazetteerFlag
	DB        string   `help:"Database file, made where there is none (default: ${db})." default:"${db}" placeholder:"FILE"`
	Published geo.Day  `help:"Day of publication, for articles that don't tell or tell wrong: YYYY-MM-DD." placeholder:"DAY"`
	Source    string   `help:"Who published the articles, whatever the files say." placeholder:"NAME"`
	URL       string   `help:"Where the article can be read, whatever the file says." placeholder:"URL"`
	JSONL     bool     `name:"jsonl" help:"Read files and - as JSON Lines, whatever they are called."`
	Paths     []string `arg:"" name:"path" help:"Text files, JSON Lines files (*.jsonl), folders of both, or - for standard input."`
}

// Help is what `conflictmap ingest --help` says beyond the flags.
func (ingestCommand) Help() string {
	return `A text file is one article. It may open with lines "Title: …", "Source: …", "URL: …" and
"Date: YYYY-MM-DD", ended by an empty line. A line of JSON Lines is one article, an object with the keys
id, published, source, url, title and text, or text_file in place of text.

The day of publication comes from --published, or else from the file's own words: its header, its dateline,
the first full date. Articles that can't be read are reported and left out; the others are stored. Articles
that are stored already stay as they are, so an ingest that was cut off is completed by running it again.`
}

// Run takes the articles into the database.
func (c *ingestCommand) Run(env *environment) (err error) {
	parser, done, err := c.parser()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	db, err := openStore(env, c.DB, env.warn)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	opts := ingest.Options{Published: c.Published, Source: c.Source, URL: c.URL, JSONL: c.JSONL, Stdin: env.stdin}
	meter := newMeter(env.stderr, env.now)
	report, err := ingest.Run(env.ctx, ingest.Read(opts, c.Paths...), parser, db, func(p ingest.Progress) {
		if p.Err != nil {
			meter.clear()
			env.warn(p.Err.Error())
		}
		meter.show(p.Report)
	})
	meter.clear()
	fmt.Fprintf(env.stdout, "%s added with %s, %d stored already, %d failed\n",
		count(report.Added, "article"), count(report.Mentions, "mention"), report.Known, report.Failed)
	if err == nil && report.Failed > 0 {
		err = fmt.Errorf("%d of %s not stored", report.Failed, count(report.Added+report.Known+report.Failed, "article"))
	}
	return err
}

// count writes a number with its noun: "1 article", "2 articles".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
