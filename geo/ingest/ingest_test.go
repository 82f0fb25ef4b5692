package ingest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geotest"
	"github.com/conflictmap/conflictmap/geo/ingest"
)

// write puts files into a new folder and returns it.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readAll collects articles and errors.
func readAll(opts ingest.Options, paths ...string) (docs []ingest.Document, errs []error) {
	for d, err := range ingest.Read(opts, paths...) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		docs = append(docs, d)
	}
	return docs, errs
}

func TestHeaderIsNoPartOfTheText(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want geo.Article
	}{
		"all fields": {
			"Title: Shells fall\nSource: Sample\nURL: https://example.org/1\nDate: 2020-09-27\n\nShells fell.\n",
			geo.Article{Title: "Shells fall", Source: "Sample", URL: "https://example.org/1", Text: "Shells fell.\n"},
		},
		"any case, unknown fields, CRLF, byte order mark": {
			"\ufefftitle: Shells fall\r\nAuthor: A\r\ndate: 2020-09-27\r\n\r\nShells\r\nfell.",
			geo.Article{Title: "Shells fall", Text: "Shells\r\nfell."},
		},
		"long value on two lines": {
			"Title: Shells\n fall\nDate: 2020-09-27\n\n\nShells fell.",
			geo.Article{Title: "Shells fall", Text: "Shells fell."},
		},
		"prose with a colon": {
			"Date: a fruit.\nIt grows on palms.\n\nOn 2020-09-27 shells fell.",
			geo.Article{Text: "Date: a fruit.\nIt grows on palms.\n\nOn 2020-09-27 shells fell."},
		},
		"a paragraph behind a date": {
			"Date: 2020-09-27 Heavy fighting broke out on Sunday morning in the mountains.\n\nShells fell.",
			geo.Article{Text: "Date: 2020-09-27 Heavy fighting broke out on Sunday morning in the mountains.\n\nShells fell."},
		},
		"title in the first line": {
			"Shells fall on a town\n\n2020-09-27. Shells fell.",
			geo.Article{Title: "Shells fall on a town", Text: "Shells fall on a town\n\n2020-09-27. Shells fell."},
		},
		"title after the mark": {
			" date 2020-09-27 Shells fall\n\nShells fell.",
			geo.Article{Title: "Shells fall", Text: " date 2020-09-27 Shells fall\n\nShells fell."},
		},
		"first line is a sentence": {
			"On 2020-09-27 shells fell.\n\nMore fell.",
			geo.Article{Text: "On 2020-09-27 shells fell.\n\nMore fell."},
		},
		"first line goes on": {
			"Shells fall\n2020-09-27. Shells fell.",
			geo.Article{Text: "Shells fall\n2020-09-27. Shells fell."},
		},
		"markup is text": {
			"Title: <script>alert(1)</script>\nDate: 2020-09-27\n\n<script>alert(2)</script> fell on Shusha.",
			geo.Article{Title: "<script>alert(1)</script>", Text: "<script>alert(2)</script> fell on Shusha."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readOne(ingest.Options{}, c.file)
			if err != nil {
				t.Fatal(err)
			}
			c.want.Published, _ = geo.Date(2020, 9, 27)
			c.want.ID = c.want.NewID()
			if got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestRealArticles(t *testing.T) {
	dir := geotest.Shared(t, "seeds")
	docs, errs := readAll(ingest.Options{}, dir)
	if len(docs) != 1 || docs[0].Article.Published.String() != "2020-09-27" {
		t.Fatalf("got %d articles, want the one with a date in its first line", len(docs))
	}
	file, err := os.ReadFile(filepath.Join(dir, "000_7dbcb7b3f6d05c1d.txt"))
	if err != nil || docs[0].Article.Text != string(file) {
		t.Errorf("the text isn't the file to the letter (%v)", err)
	}
	const want = `no publication day: the text says "Sunday (September 27th)" without a year; give --published YYYY-MM-DD`
	if len(errs) != 1 || !strings.HasSuffix(errs[0].Error(), want) {
		t.Errorf("errors are %v, want one that ends in %q", errs, want)
	}
	gold, errs := readAll(ingest.Options{}, geotest.Shared(t, "gold", "seeds.jsonl"))
	if len(gold) != 2 || len(errs) > 0 {
		t.Errorf("gold: %d documents, errors %v", len(gold), errs)
	}
}

func TestRefusals(t *testing.T) {
	dated := "On 27 September 2020 "
	for name, c := range map[string]struct{ file, want string }{
		"NUL":              {dated + "shells\x00 fell", "not a text: NUL byte at byte offset 27"},
		"invalid UTF-8":    {dated + "shells \xff fell", "not UTF-8: byte 0xff at byte offset 28"},
		"cut off rune":     {dated + "\xe2\x80", "not UTF-8: byte 0xe2 at byte offset 21"},
		"UTF-16":           {"\xff\xfeO\x00n\x00", "NUL byte at byte offset 3 (the file looks like text/plain; charset=utf-16le)"},
		"PNG":              {"\x89PNG\r\n\x1a\n\x01\x02", "not UTF-8: byte 0x89 at byte offset 0 (the file looks like image/png)"},
		"ELF":              {"\x7fELF\x02\x01\x01\x00\x00", "NUL byte at byte offset 7"},
		"control":          {dated + strings.Repeat("\x01a", 40), "not a text: 40 control characters, the first 0x01 at byte offset 21"},
		"empty":            {"", "the text is empty"},
		"blank":            {"\ufeff \r\n\t", "the text is empty"},
		"only a header":    {"Title: a\nDate: 2020-09-27\n\n \n", "no text after the header"},
		"field twice":      {"Title: a\nTitle: b\n\ntext", "header: Title stands there 2 times"},
		"50 MB":            {strings.Repeat("x", 50_000_000), "the text has at least 16777217 bytes, the limit is 16777216 (16 MiB)"},
		"URL that runs":    {"URL: javascript:alert(1)\nDate: 2020-09-27\n\ntext", `url "javascript:alert(1)" is not of the form`},
		"URL without":      {"URL: //example.org\nDate: 2020-09-27\n\ntext", `url "//example.org" is not of the form`},
		"title too long":   {"Title: " + strings.Repeat("x", 2001) + "\nDate: 2020-09-27\n\ntext", "title has 2001 bytes, the limit is 2000"},
		"title that beeps": {"Title: a\x07\nDate: 2020-09-27\n\n" + strings.Repeat("text ", 50), `header: control character 0x07 in "Title: a\a\nDate`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readOne(ingest.Options{}, c.file)
			if err == nil || !strings.HasPrefix(err.Error(), "standard input: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestSizeOfFileIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "big.txt")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 50_000_000); err != nil {
		t.Fatal(err)
	}
	_, errs := readAll(ingest.Options{}, path)
	want := path + ": the text has 50000000 bytes, the limit is 16777216 (16 MiB)"
	if len(errs) != 1 || errs[0].Error() != want {
		t.Errorf("errors %v, want %q", errs, want)
	}
}

func TestDirectory(t *testing.T) {
	dir := write(t, map[string]string{
		"b.txt":            "On 2 October 2020.",
		"a/z.TXT":          "On 1 October 2020.",
		"a/bad.txt":        "No day.",
		"c.jsonl":          `{"published":"2020-10-03","text":"Three."}` + "\n" + `{"text":1}` + "\n\n" + `{"published":"2020-10-04","text":"Four."}`,
		"notes.md":         "On 9 October 2020.",
		".hidden.txt":      "On 9 October 2020.",
		".git/x.txt":       "On 9 October 2020.",
		"empty/.gitignore": "",
	})
	docs, errs := readAll(ingest.Options{}, dir)
	var got []string
	for _, d := range docs {
		name, err := filepath.Rel(dir, d.Where)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, filepath.ToSlash(name)+" "+d.Article.Published.String())
	}
	want := []string{"a/z.TXT 2020-10-01", "b.txt 2020-10-02", "c.jsonl:1 2020-10-03", "c.jsonl:4 2020-10-04"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("read %q, want %q", got, want)
	}
	if len(errs) != 2 || !strings.Contains(errs[0].Error(), "bad.txt: no publication day") || !strings.Contains(errs[1].Error(), "c.jsonl:2: not a document") {
		t.Errorf("errors %v", errs)
	}
}

func TestPathsThatGiveNothing(t *testing.T) {
	dir := write(t, map[string]string{"x.md": "a"})
	for path, want := range map[string]string{
		dir:                            dir + ": the folder holds no .txt or .jsonl file",
		filepath.Join(dir, "none.txt"): filepath.Join(dir, "none.txt") + ": no such file or directory",
		"-":                            "standard input: there is none",
	} {
		if _, errs := readAll(ingest.Options{}, path); len(errs) != 1 || errs[0].Error() != want {
			t.Errorf("%s: errors %v, want %q", path, errs, want)
		}
	}
}

func TestReadStops(t *testing.T) {
	dir := write(t, map[string]string{"a.txt": "On 1 May 2020.", "b.txt": "On 1 May 2020.", "c.jsonl": "{}\n{}"})
	n := 0
	for range ingest.Read(ingest.Options{}, dir, dir, filepath.Join(dir, "c.jsonl")) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("read %d articles, want to stop at 3", n)
	}
}
