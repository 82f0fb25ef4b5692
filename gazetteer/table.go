package gazetteer

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Bounds on a table. The longest row that we author is a tenth of maxLine.
const (
	maxLine     = 64 << 10 // bytes
	maxRows     = 200_000
	maxProblems = 20 // reported per file
)

// table is a parsed TSV file.
type table struct {
	name string
	// licence and attribution are what comments above the header say of them.
	licence, attribution string
	rows                 []row
}

// comment notes what a comment above the header says of the table.
func (t *table) comment(text string) {
	text = strings.TrimSpace(strings.TrimLeft(text, "#"))
	if licence, ok := strings.CutPrefix(text, "Licence:"); ok {
		t.licence = strings.TrimSpace(licence)
	} else if strings.HasPrefix(text, "Contains data") {
		t.attribution = strings.TrimSpace(t.attribution + " " + text)
	}
}

type row struct {
	line   int
	fields []string
}

// readTable reads tab-separated values: UTF-8, a header line with exactly the
// columns given, no quoting; blank lines and lines that begin with # are
// comments. The rows that could be read come with the error.
func readTable(r io.Reader, name string, columns []string) (table, error) {
	t := table{name: name}
	var problems problems
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 4096), maxLine)
	header := false
	line := 0
	for s.Scan() {
		line++
		text := bytes.TrimSuffix(s.Bytes(), []byte("\r"))
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		if text[0] == '#' {
			if !header {
				t.comment(string(text))
			}
			continue
		}
		if i := invalidText(text); i >= 0 {
			problems.add(name, line, "byte %d (%#x) is not UTF-8 text", i+1, text[i])
			continue
		}
		fields := strings.Split(string(text), "\t")
		switch {
		case !header:
			header = true
			if got, want := strings.Join(fields, " "), strings.Join(columns, " "); got != want {
				problems.add(name, line, "header %q, want the columns %q", clip(got), want)
				return t, problems.err()
			}
		case len(fields) != len(columns):
			problems.add(name, line, "%d columns, want %d", len(fields), len(columns))
		case len(t.rows) == maxRows:
			problems.add(name, line, "more than %d rows", maxRows)
			return t, problems.err()
		default:
			t.rows = append(t.rows, row{line: line, fields: trimmed(fields)})
		}
	}
	switch err := s.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		problems.add(name, line+1, "line longer than %d bytes", maxLine)
	case err != nil:
		problems.add(name, line+1, "read: %w", err)
	case !header:
		problems.add(name, line+1, "no header line, want the columns %q", strings.Join(columns, " "))
	}
	return t, problems.err()
}

// invalidText returns the index of the first byte that is neither UTF-8 nor
// fit for text (control characters but the tab), or -1.
func invalidText(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 || r < ' ' && r != '\t' || r == 0x7f {
			return i
		}
		i += n
	}
	return -1
}

func trimmed(fields []string) []string {
	for i, f := range fields {
		fields[i] = strings.TrimSpace(f)
	}
	return fields
}

// problems collects what is wrong with a file, so that one run shows all of
// it, up to a bound.
type problems struct {
	errs []error
	more int
}

func (p *problems) add(file string, line int, format string, args ...any) {
	if len(p.errs) == maxProblems {
		p.more++
		return
	}
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %w", file, line, fmt.Errorf(format, args...)))
}

func (p *problems) err() error {
	if p.more > 0 {
		return errors.Join(append(p.errs, fmt.Errorf("and %d more", p.more))...)
	}
	return errors.Join(p.errs...)
}

// clip shortens an offending value for an error message.
func clip(s string) string {
	const limit = 80
	if len(s) <= limit {
		return s
	}
	end := limit
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
