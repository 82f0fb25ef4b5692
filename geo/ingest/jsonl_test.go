package ingest_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/ingest"
)

func TestJSONL(t *testing.T) {
	dir := write(t, map[string]string{
		"in/docs.jsonl": `{"id":"a","published":"2020-09-27","source":"S","url":"https://example.org/a","title":"T","text":"\ufeffOne\r\n","mentions":[{"start":0}]}` + "\r\n" +
			`{"id":"b","published":"2020-09-27T22:00:00Z","text_file":"../texts/b.txt"}` + "\n" +
			`{"text":"BAKU, 28 September 2020 - Talks."}`,
		"texts/b.txt": "\ufeffTitle: stays\n\nTwo\r\n",
	})
	day := func(d int) geo.Day { day, _ := geo.Date(2020, 9, d); return day }
	docs, errs := readAll(ingest.Options{}, filepath.Join(dir, "in", "docs.jsonl"))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	last := geo.Article{Published: day(28), Text: "BAKU, 28 September 2020 - Talks."}
	last.ID = last.NewID()
	want := []geo.Article{
		{ID: "a", Source: "S", URL: "https://example.org/a", Title: "T", Published: day(27), Text: "\ufeffOne\r\n"},
		{ID: "b", Published: day(27), Title: "\ufeffTitle: stays", Text: "\ufeffTitle: stays\n\nTwo\r\n"},
		last,
	}
	for i, w := range want {
		if docs[i].Article != w {
			t.Errorf("document %d:\ngot  %+v\nwant %+v", i+1, docs[i].Article, w)
		}
	}
}

func TestJSONLRefusals(t *testing.T) {
	const good = `{"id":"good","published":"2020-09-27","text":"Shells."}`
	for name, c := range map[string]struct{ line, want string }{
		"no JSON":            {"Shells fell.", "not a document: invalid character 'S'"},
		"an array":           {"[1]", "not a document: json: cannot unmarshal array"},
		"id is a number":     {`{"id":1}`, "not a document: json: cannot unmarshal number"},
		"two in one line":    {good + good, "not a document: invalid character '{' after top-level value"},
		"invalid UTF-8":      {"{\"text\":\"\xff\"}", "not UTF-8: byte 0xff at byte offset 9 of the line"},
		"NUL":                {`{"published":"2020-09-27","text":"a\u0000b"}`, "not a text: NUL byte at byte offset 1"},
		"no text":            {`{"published":"2020-09-27"}`, "neither text nor text_file is given"},
		"null text":          {`{"published":"2020-09-27","text":null}`, "neither text nor text_file is given"},
		"empty text":         {`{"published":"2020-09-27","text":" "}`, "the text is empty"},
		"both":               {`{"text":"a","text_file":"b"}`, "both text and text_file are given"},
		"file is missing":    {`{"text_file":"none.txt"}`, "none.txt: no such file or directory"},
		"file is a folder":   {`{"text_file":"."}`, "is a directory"},
		"NUL in file":        {`{"text_file":"a\u0000"}`, `text_file "a\x00" holds a NUL byte`},
		"wrong day":          {`{"published":"2020-02-30","text":"a"}`, `published: "2020-02-30" is not a date`},
		"no day":             {`{"id":"x","text":"On Sunday."}`, `document "x": no publication day`},
		"control in id":      {`{"id":"a\nb","published":"2020-09-27","text":"a"}`, `id "a\nb" holds the control character 0x0a`},
		"line too long":      {`{"text":"` + strings.Repeat("x", 49<<20) + `"}`, "the line has over 50331648 bytes"},
		"text too long":      {`{"text":"` + strings.Repeat("x", 17<<20) + `"}`, "the text has 17825792 bytes, the limit is 16777216 (16 MiB)"},
		"nested without end": {strings.Repeat(`[`, 1<<20), "not a document: "},
	} {
		t.Run(name, func(t *testing.T) {
			opts := ingest.Options{JSONL: true, Stdin: strings.NewReader(c.line + "\n" + good + "\n")}
			docs, errs := readAll(opts, "-")
			if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), "standard input:1: ") || !strings.Contains(errs[0].Error(), c.want) {
				t.Errorf("errors %v, want %q", errs, c.want)
			}
			if len(docs) != 1 || docs[0].Article.ID != "good" || docs[0].Where != "standard input:2" {
				t.Errorf("the document behind the bad one is lost: %v", docs)
			}
		})
	}
}

func FuzzJSONL(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","published":"2020-09-27","text":"Shells."}`, "{}\n\n[]\n", `{"text":"\ud800 1 May 2020"}`, "{\"text\":\"\xff\"}", `{"text":"1 May 2020","url":"http://["}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if strings.Contains(in, "text_file") {
			t.Skip("reads files")
		}
		docs, errs := readAll(ingest.Options{JSONL: true, Stdin: strings.NewReader(in)}, "-")
		if got, most := len(docs)+len(errs), strings.Count(in, "\n")+1; got > most {
			t.Errorf("%d results of %d lines", got, most)
		}
		for _, d := range docs {
			if d.Article.ID == "" || d.Article.Published == 0 || d.Article.Text == "" {
				t.Errorf("incomplete article %+v", d.Article)
			}
		}
	})
}
