package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/conflictmap/conflictmap/geo/ingest"
)

// meter shows how far some work is: a line drawn again and again on a
// terminal, a line now and then elsewhere.
type meter struct {
	w        io.Writer
	now      func() time.Time
	terminal bool
	begin    time.Time
	last     time.Time
	drawn    bool // the line is on the terminal
}

// How often the meter shows something.
const (
	onTerminal = 100 * time.Millisecond
	elsewhere  = 10 * time.Second
)

func newMeter(w io.Writer, now func() time.Time) *meter {
	f, isFile := w.(*os.File)
	begin := now()
	return &meter{w: w, now: now, begin: begin, last: begin, terminal: isFile && isatty.IsTerminal(f.Fd())}
}

// show tells how far an ingest is.
func (m *meter) show(r ingest.Report) {
	m.line(func() string {
		done := r.Added + r.Known + r.Failed
		return fmt.Sprintf("%s read: %d added with %s, %d stored already, %d failed (%.0f a second)",
			count(done, "article"), r.Added, count(r.Mentions, "mention"), r.Known, r.Failed, float64(done)/m.last.Sub(m.begin).Seconds())
	})
}

// line shows a text if it is time for one.
func (m *meter) line(text func() string) {
	now := m.now()
	if wait := now.Sub(m.last); wait < onTerminal || !m.terminal && wait < elsewhere {
		return
	}
	m.last = now
	if m.terminal {
		fmt.Fprint(m.w, "\r\x1b[K"+text())
		m.drawn = true
		return
	}
	fmt.Fprintln(m.w, text())
}

// clear takes the line off the terminal.
func (m *meter) clear() {
	if m.drawn {
		fmt.Fprint(m.w, "\r\x1b[K")
		m.drawn = false
	}
}
