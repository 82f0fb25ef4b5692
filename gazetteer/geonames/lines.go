package geonames

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Bounds on what is read. A row of allCountries has at most some 20 KiB, the
// dump of all names some 20 million lines and under 2 GiB.
const (
	maxLine  = 1 << 20  // bytes
	maxTable = 64 << 30 // bytes, unpacked
)

// line is one line of a dump without its end. Its text is valid until the
// next one is read.
type line struct {
	number int
	text   []byte // of a line that is too long its beginning
	err    error  // what makes the line unusable whatever the table
}

// lines reads a table line by line and never holds more than one of them.
type lines struct {
	r      *bufio.Reader
	number int
	read   int64
}

func newLines(r io.Reader) *lines {
	return &lines{r: bufio.NewReaderSize(r, maxLine)}
}

// next returns the next line that is neither blank nor a comment; io.EOF after
// the last. Other errors are those of the file as a whole.
func (l *lines) next() (line, error) {
	for {
		text, err := l.r.ReadSlice('\n')
		if len(text) == 0 && err != nil {
			return line{}, err
		}
		l.number++
		if l.read += int64(len(text)); l.read > maxTable {
			return line{}, fmt.Errorf("more than %d bytes", int64(maxTable))
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			start := bytes.Clone(text[:64])
			if err := l.skip(); err != nil && !errors.Is(err, io.EOF) {
				return line{}, err
			}
			return line{number: l.number, text: start, err: fmt.Errorf("line longer than %d bytes", maxLine)}, nil
		case err != nil && !errors.Is(err, io.EOF):
			return line{}, err
		}
		if l.number == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		text = bytes.TrimRight(text, "\r\n")
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		return line{number: l.number, text: text, err: checkText(text)}, nil
	}
}

// skip reads the rest of a line that is too long.
func (l *lines) skip() error {
	for {
		text, err := l.r.ReadSlice('\n')
		if l.read += int64(len(text)); l.read > maxTable {
			return fmt.Errorf("more than %d bytes", int64(maxTable))
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// checkText refuses what is no text: invalid UTF-8 and control characters
// other than the tab.
func checkText(b []byte) error {
	if !utf8.Valid(b) {
		return errors.New("not UTF-8 text")
	}
	for i, c := range b {
		if c < ' ' && c != '\t' || c == 0x7f {
			return fmt.Errorf("control character %#x at byte %d", c, i+1)
		}
	}
	return nil
}

// split cuts a line at its tabs into fields, which it reuses.
func split(text []byte, fields [][]byte) [][]byte {
	fields = fields[:0]
	for {
		i := bytes.IndexByte(text, '\t')
		if i < 0 {
			return append(fields, text)
		}
		fields = append(fields, text[:i])
		text = text[i+1:]
	}
}

// stoppable ends reading when its context does.
type stoppable struct {
	ctx context.Context
	r   io.Reader
}

func (s stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
