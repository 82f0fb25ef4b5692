package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
)

const (
	maxHeader     = 16 << 10 // bytes of the header block
	maxHeaderDate = 60       // bytes of its date; a longer one is prose
	maxTitle      = 150      // code points of a first line that is taken for a title
	maxField      = 2000     // bytes of an id, a title, a source or a URL
)

const byteOrderMark = "\ufeff"

// readText reads one text with its header block.
func (o Options) readText(r io.Reader) (geo.Article, error) {
	text, err := readAll(r)
	if err != nil {
		return geo.Article{}, err
	}
	a, err := cutHeader(strings.TrimPrefix(text, byteOrderMark))
	if err != nil {
		return geo.Article{}, err
	}
	return o.finish(a, false)
}

// readAll reads a whole text and checks it.
func readAll(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxText+1))
	if err != nil {
		return "", fmt.Errorf("read: %w", reason(err))
	}
	if len(b) > MaxText {
		return "", tooLarge(sizeOf(r, int64(len(b))))
	}
	return string(b), checkText(b)
}

// sizeOf returns the size of the file that r reads where it has one.
func sizeOf(r io.Reader, atLeast int64) string {
	if f, ok := r.(fs.File); ok {
		if info, err := f.Stat(); err == nil && info.Size() > atLeast {
			return fmt.Sprintf("%d bytes", info.Size())
		}
	}
	return fmt.Sprintf("at least %d bytes", atLeast)
}

func tooLarge(size string) error {
	return fmt.Errorf("the text has %s, the limit is %d (%d MiB)", size, MaxText, MaxText>>20)
}

// checkText refuses what isn't a text, with the byte offset of what is wrong.
func checkText(b []byte) error {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return fmt.Errorf("not a text: NUL byte at byte offset %d%s", i, looksLike(b))
	}
	if !utf8.Valid(b) {
		i := invalidUTF8(b)
		return fmt.Errorf("not UTF-8: byte 0x%02x at byte offset %d%s", b[i], i, looksLike(b))
	}
	if len(bytes.TrimSpace(bytes.TrimPrefix(b, []byte(byteOrderMark)))) == 0 {
		return errors.New("the text is empty")
	}
	// A stray control character is a flaw of some feeds; more than one in a
	// hundred characters is no text.
	n, first := 0, -1
	for i, c := range b {
		if isControl(c) {
			if n++; n == 1 {
				first = i
			}
		}
	}
	if n*100 > len(b) {
		return fmt.Errorf("not a text: %d control characters, the first 0x%02x at byte offset %d%s", n, b[first], first, looksLike(b))
	}
	return nil
}

func isControl(c byte) bool {
	return c < ' ' && (c < '\t' || c > '\r') || c == 0x7f
}

func invalidUTF8(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(b)
}

// looksLike names the kind of file that b seems to be, where the first bytes
// tell.
func looksLike(b []byte) string {
	kind := http.DetectContentType(b)
	if kind == "application/octet-stream" || kind == "text/plain; charset=utf-8" {
		return ""
	}
	return fmt.Sprintf(" (the file looks like %s)", kind)
}

// cutHeader splits the header block off a text. The first line decides: unless
// it carries one of the fields that are known here, the text has no header.
func cutHeader(text string) (geo.Article, error) {
	block, rest, ok := headerBlock(text)
	if !ok {
		return geo.Article{Text: text}, nil
	}
	if i := strings.IndexFunc(block, func(r rune) bool { return r < ' ' && isControl(byte(r)) }); i >= 0 {
		return geo.Article{}, fmt.Errorf("header: control character 0x%02x in %.60q", block[i], block)
	}
	fields, err := textproto.NewReader(bufio.NewReader(strings.NewReader(block + "\n\n"))).ReadMIMEHeader()
	if err != nil || len(fields.Get("Date")) > maxHeaderDate {
		// Not every line is a field, so this is prose with a colon.
		return geo.Article{Text: text}, nil
	}
	for _, name := range []string{"Title", "Source", "Url", "Date"} {
		if len(fields[name]) > 1 {
			return geo.Article{}, fmt.Errorf("header: %s stands there %d times", name, len(fields[name]))
		}
	}
	if strings.TrimSpace(rest) == "" {
		return geo.Article{}, errors.New("no text after the header")
	}
	a := geo.Article{Title: fields.Get("Title"), Source: fields.Get("Source"), URL: fields.Get("URL"), Text: rest}
	if value := fields.Get("Date"); value != "" {
		if a.Published, err = parsePublished(value); err != nil {
			return geo.Article{}, fmt.Errorf("header: Date %w", err)
		}
	}
	return a, nil
}

// headerBlock returns the lines before the first empty one and what follows
// the empty lines, if the first line opens a header.
func headerBlock(text string) (block, rest string, ok bool) {
	name, _, found := strings.Cut(text[:min(len(text), 16)], ":")
	if !found {
		return "", "", false
	}
	switch strings.ToLower(name) {
	case "title", "source", "url", "date":
	default:
		return "", "", false
	}
	for at := 0; at < min(len(text), maxHeader); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			break
		}
		if strings.Trim(text[at:at+end], " \t\r") == "" {
			return text[:at], strings.TrimLeft(text[at:], " \t\r\n"), true
		}
		at += end + 1
	}
	return "", "", false
}

// finish settles what every article needs: title, day of publication and id.
// Where the article may be undated, a day that nothing tells stays zero.
func (o Options) finish(a geo.Article, undated bool) (geo.Article, error) {
	if o.Source != "" {
		a.Source = o.Source
	}
	if o.URL != "" {
		a.URL = o.URL
	}
	if a.Title == "" {
		a.Title = titleOf(a.Text)
	}
	if err := checkFields(&a); err != nil {
		return geo.Article{}, err
	}
	day, err := o.published(&a)
	if err != nil && !undated {
		return geo.Article{}, err
	}
	a.Published = day
	if a.ID == "" {
		a.ID = a.NewID()
	}
	return a, nil
}

// checkFields bounds what surrounds the text, and lets through only URLs that
// are safe to click on.
func checkFields(a *geo.Article) error {
	for _, f := range []struct{ name, value string }{{"id", a.ID}, {"title", a.Title}, {"source", a.Source}, {"url", a.URL}} {
		if len(f.value) > maxField {
			return fmt.Errorf("%s has %d bytes, the limit is %d", f.name, len(f.value), maxField)
		}
		if i := strings.IndexFunc(f.value, unicode.IsControl); i >= 0 {
			return fmt.Errorf("%s %q holds the control character 0x%02x", f.name, f.value, f.value[i])
		}
	}
	if a.URL == "" {
		return nil
	}
	u, err := url.Parse(a.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("url %q is not of the form http://… or https://…", a.URL)
	}
	return nil
}

// titleOf returns the first line where it stands as a title does: short,
// without a full stop, apart from what follows. The line remains in the text.
func titleOf(text string) string {
	if loc := dateMark.FindStringIndex(text); loc != nil {
		text = text[loc[1]:]
	}
	line, rest, ok := strings.Cut(strings.TrimLeft(text, " \t\r\n"), "\n")
	line = strings.TrimSpace(line)
	next, _, _ := strings.Cut(rest, "\n")
	if !ok || strings.TrimSpace(next) != "" || strings.TrimSpace(rest) == "" {
		return ""
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	if utf8.RuneCountInString(line) > maxTitle || strings.ContainsRune(".!?:;,…”\"’", last) {
		return ""
	}
	return line
}
