package ingest

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
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
)

// maxLine bounds a line of JSON Lines in bytes. Escapes make JSON longer than
// the text it holds, so it is more than MaxText.
const maxLine = 3 * MaxText

// line is one document of a JSON Lines file. Other keys, such as the mentions
// of gold files, are left alone.
type line struct {
	ID        string  `json:"id"`
	Published string  `json:"published"`
	Source    string  `json:"source"`
	URL       string  `json:"url"`
	Title     string  `json:"title"`
	Text      *string `json:"text"`
	TextFile  string  `json:"text_file"`
}

// readJSONL yields one article per line. Empty lines are skipped.
func (o Options) readJSONL(name, dir string, r io.Reader, yield yieldFunc) bool {
	in := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		where := fmt.Sprintf("%s:%d", name, n)
		raw, err := readLine(in)
		switch {
		case errors.Is(err, io.EOF):
			return true
		case errors.Is(err, bufio.ErrTooLong):
			if !refuse(yield, where, fmt.Errorf("the line has over %d bytes", maxLine)) {
				return false
			}
			continue
		case err != nil:
			return refuse(yield, where, fmt.Errorf("read: %w", reason(err)))
		case len(bytes.TrimSpace(raw)) == 0:
			continue
		}
		a, err := o.readDocument(raw, dir)
		if err != nil {
			if !refuse(yield, where, err) {
				return false
			}
			continue
		}
		if !yield(Document{Where: where, Article: a}, nil) {
			return false
		}
	}
}

// readLine returns the next line without its end, io.EOF after the last. A
// line over maxLine is read to its end and answered with bufio.ErrTooLong.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > maxLine {
			tooLong, line = true, nil
		}
		if !tooLong {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case tooLong && (err == nil || errors.Is(err, io.EOF)):
			return nil, bufio.ErrTooLong
		case errors.Is(err, io.EOF) && len(line) > 0:
			return line, nil
		case err != nil:
			return nil, err
		}
		return bytes.TrimRight(line, "\r\n"), nil
	}
}

func (o Options) readDocument(raw []byte, dir string) (geo.Article, error) {
	// encoding/json would put U+FFFD for what isn't UTF-8, and nobody would know.
	if !utf8.Valid(raw) {
		i := invalidUTF8(raw)
		return geo.Article{}, fmt.Errorf("not UTF-8: byte 0x%02x at byte offset %d of the line", raw[i], i)
	}
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		return geo.Article{}, fmt.Errorf("not a document: %w", err)
	}
	text, err := l.text(dir, o.Undated)
	if err != nil {
		return geo.Article{}, err
	}
	a := geo.Article{ID: l.ID, Source: l.Source, URL: l.URL, Title: l.Title, Text: text}
	if l.Published != "" {
		if a.Published, err = parsePublished(l.Published); err != nil {
			return geo.Article{}, fmt.Errorf("published: %w", err)
		}
	}
	a, err = o.finish(a, o.Undated)
	if err != nil && l.ID != "" {
		return a, fmt.Errorf("document %.60q: %w", l.ID, err)
	}
	return a, err
}

// text returns the document's text, from its file where it names one. It may be
// empty where blank says so.
func (l *line) text(dir string, blank bool) (string, error) {
	switch {
	case l.Text != nil && l.TextFile != "":
		return "", errors.New("both text and text_file are given")
	case l.Text != nil && len(*l.Text) > MaxText:
		return "", tooLarge(fmt.Sprintf("%d bytes", len(*l.Text)))
	case l.Text != nil && blank && strings.TrimSpace(*l.Text) == "":
		return *l.Text, nil
	case l.Text != nil:
		return *l.Text, checkText([]byte(*l.Text))
	case l.TextFile == "":
		return "", errors.New("neither text nor text_file is given")
	case strings.ContainsRune(l.TextFile, 0):
		return "", fmt.Errorf("text_file %q holds a NUL byte", l.TextFile)
	}
	path := l.TextFile
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("text_file %s: %w", path, reason(err))
	}
	defer f.Close()
	text, err := readAll(f)
	if err != nil {
		return "", fmt.Errorf("text_file %s: %w", path, err)
	}
	return text, nil
}
