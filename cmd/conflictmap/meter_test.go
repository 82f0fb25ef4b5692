package main

import (
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/geo/ingest"
)

func TestMeter(t *testing.T) {
	clock := time.Date(2020, 9, 27, 8, 0, 0, 0, time.UTC)
	now := func() time.Time { return clock }
	for name, c := range map[string]struct {
		terminal bool
		step     time.Duration
		lines    int // of 100 calls
	}{
		"a terminal is redrawn ten times a second": {true, 50 * time.Millisecond, 50},
		"a log gets a line every ten seconds":      {false, 500 * time.Millisecond, 5},
		"what is quick shows nothing":              {true, 100 * time.Microsecond, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			m := newMeter(&out, now)
			m.terminal = c.terminal
			for i := range 100 {
				clock = clock.Add(c.step)
				m.show(ingest.Report{Added: i, Known: 1, Mentions: 7 * i})
			}
			m.clear()
			if got := strings.Count(out.String(), " read: "); got != c.lines {
				t.Errorf("%d lines, want %d:\n%q", got, c.lines, out.String())
			}
			if c.terminal && c.lines > 0 && !strings.HasSuffix(out.String(), "\r\x1b[K") {
				t.Errorf("the line stays on the terminal: %q", out.String())
			}
			if !c.terminal && !strings.HasSuffix(out.String(), "\n100 articles read: 99 added with 693 mentions, 1 stored already, 0 failed (2 a second)\n") {
				t.Errorf("the last line is wrong:\n%s", out.String())
			}
		})
	}
}
