package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/ingest"
)

type parseCommand struct {
	gazetteerFlag
	Published geo.Day `help:"Day of publication, for a text that doesn't tell or tells wrong: YYYY-MM-DD." placeholder:"DAY"`
	JSONL     bool    `name:"jsonl" help:"Read documents from JSON Lines; print a line per document, {\"id\": …, \"mentions\": […]}."`
	File      string  `arg:"" optional:"" default:"-" help:"The text, or - for standard input."`
}

// Help is what `conflictmap parse --help` says beyond the flags.
func (parseCommand) Help() string {
	return `Prints one JSON object per mention of a place, in the order of the text. The offsets start and end count
Unicode code points from 0, end exclusive. What isn't known or doesn't apply is null.`
}

// Run prints the mentions of one text, or of each document.
func (c *parseCommand) Run(env *environment) (err error) {
	if err := c.check(); err != nil {
		return err
	}
	parser, done, err := c.parser()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	failed, undated := 0, 0
	docs := ingest.Read(ingest.Options{Published: c.Published, JSONL: c.JSONL, Undated: c.JSONL, Stdin: env.stdin}, c.File)
	for r := range ingest.ParseAll(env.ctx, docs, parser) {
		if r.Err != nil && !c.JSONL {
			return r.Err
		}
		if r.Err != nil {
			failed++
			env.warn(r.Err.Error())
			continue
		}
		if r.Document.Article.Published == 0 {
			undated++
		}
		if err := c.print(env.stdout, r); err != nil {
			return err
		}
	}
	if undated > 0 {
		env.warn(count(undated, "document") + ` without a day of publication: words such as "Sunday" date nothing there; give --published YYYY-MM-DD`)
	}
	if failed > 0 {
		return fmt.Errorf("%s not parsed", count(failed, "document"))
	}
	return env.ctx.Err()
}

// check refuses what parse takes for a text only by mistake.
func (c *parseCommand) check() error {
	if info, err := os.Stat(c.File); c.File != "-" && err == nil && info.IsDir() {
		return usageError{fmt.Errorf("%s is a folder; parse reads one file", c.File)}
	}
	if !c.JSONL && strings.EqualFold(filepath.Ext(c.File), ".jsonl") {
		return usageError{fmt.Errorf("%s holds documents; give --jsonl", c.File)}
	}
	return nil
}

// print writes what was found in one document, mention by mention: the lines
// of a text that is all names are many times its size.
func (c *parseCommand) print(w io.Writer, r ingest.Result) error {
	out := bufio.NewWriter(w)
	if err := c.printMentions(out, r); err != nil {
		return fmt.Errorf("write the mentions of %s: %w", r.Document.Where, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the mentions of %s: %w", r.Document.Where, err)
	}
	return nil
}

// printMentions writes the lines, or the one line of a document with its
// mentions. The writer keeps its first error for Flush.
func (c *parseCommand) printMentions(out *bufio.Writer, r ingest.Result) error {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	write := func(before string, v any) error {
		line.Reset()
		line.WriteString(before)
		if err := enc.Encode(v); err != nil {
			return err
		}
		_, err := out.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n")))
		return err
	}
	before, between, after := "", "\n", "\n"
	if c.JSONL {
		if err := write(`{"id":`, r.Document.Article.ID); err != nil {
			return err
		}
		before, between, after = `,"mentions":[`, ",", "]}\n"
	} else if len(r.Mentions) == 0 {
		return nil
	}
	for i := range r.Mentions {
		l := newMentionLine(&r.Mentions[i])
		if err := write(before, &l); err != nil {
			return err
		}
		before = between
	}
	if len(r.Mentions) == 0 {
		after = before + after
	}
	_, err := out.WriteString(after)
	return err
}

// mentionLine is a mention as parse prints it. The keys and their order are
// part of the interface.
type mentionLine struct {
	Start      int                 `json:"start"`
	End        int                 `json:"end"`
	Name       string              `json:"name"`
	Place      *string             `json:"place"`
	PlaceID    *string             `json:"place_id"`
	Country    *string             `json:"country"`
	Kind       *gazetteer.Kind     `json:"kind"`
	Lat        *float64            `json:"lat"`
	Lon        *float64            `json:"lon"`
	Role       geo.Role            `json:"role"`
	Event      *geo.EventType      `json:"event"`
	From       *geo.Day            `json:"from"`
	To         *geo.Day            `json:"to"`
	DatePrec   *geo.DatePrecision  `json:"date_prec"`
	WherePrec  *geo.WherePrecision `json:"where_prec"`
	Claim      *geo.Claim          `json:"claim"`
	ClaimedBy  *string             `json:"claimed_by"`
	Confidence float64             `json:"confidence"`
	Sentence   string              `json:"sentence"`
	Demonym    bool                `json:"demonym"`
	countLine
}

// countLine is what a mention states of the dead and the injured; the highest
// figure is null where there may be more ("at least 16").
type countLine struct {
	DeathsLow     *int     `json:"deaths_low"`
	DeathsHigh    *int     `json:"deaths_high"`
	DeathsWords   []string `json:"deaths_words"`
	InjuriesLow   *int     `json:"injuries_low"`
	InjuriesHigh  *int     `json:"injuries_high"`
	InjuriesWords []string `json:"injuries_words"`
}

func newCountLine(m *geo.Mention) countLine {
	l := countLine{DeathsWords: m.Deaths.Words, InjuriesWords: m.Injuries.Words}
	l.DeathsLow, l.DeathsHigh = ends(&m.Deaths)
	l.InjuriesLow, l.InjuriesHigh = ends(&m.Injuries)
	return l
}

func ends(c *geo.Count) (low, high *int) {
	switch {
	case !c.Stated():
		return nil, nil
	case c.Open:
		return &c.Low, nil
	}
	return &c.Low, &c.High
}

func newMentionLine(m *geo.Mention) mentionLine {
	l := mentionLine{
		Start: m.Start, End: m.End, Name: m.Name, Role: m.Role,
		Event: known(m.Event), From: known(m.Days.From), To: known(m.Days.To),
		DatePrec: known(m.DatePrec), WherePrec: known(m.WherePrec),
		Claim: known(m.Claim), ClaimedBy: known(m.ClaimedBy),
		Confidence: m.Confidence, Sentence: m.Sentence, Demonym: m.Demonym,
		countLine: newCountLine(m),
	}
	if p := m.Place; p != nil {
		l.Place, l.PlaceID, l.Country, l.Kind = known(p.Name), known(p.ID), known(p.Country), known(p.Kind)
		l.Lon, l.Lat = new(p.Point.Lon()), new(p.Point.Lat())
	}
	return l
}

// known returns nil, JSON's null, for the zero value.
func known[T comparable](v T) *T {
	if v == *new(T) {
		return nil
	}
	return &v
}
