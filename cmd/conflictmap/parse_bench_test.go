package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/seeds"
)

// benchFile names, in the environment, the documents that BenchmarkParseJSONL
// reads instead of the sample dispatches.
const benchFile = "CONFLICTMAP_BENCH_FILE"

// benchTimes is how often the benchmark repeats the file.
const benchTimes = 50

// BenchmarkParseJSONL runs `parse --jsonl` as a whole, from the file to the
// printed lines, on the documents repeated fifty times. `make bench-parse` runs it
// on one core and prints what it says.
func BenchmarkParseJSONL(b *testing.B) {
	file, documents, size := repeated(b)
	quiet := &environment{ctx: context.Background(), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard}
	run := func() {
		if err := (&parseCommand{JSONL: true, File: file}).Run(quiet); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(size)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := cpuTime(b)
	for b.Loop() {
		run()
	}
	used := cpuTime(b) - began
	runtime.ReadMemStats(&after)
	parsed := float64(b.N * documents)
	b.ReportMetric(float64(used.Microseconds())/parsed, "cpu-µs/doc")
	b.ReportMetric(parsed/b.Elapsed().Seconds(), "docs/s")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/parsed, "allocs/doc")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/parsed, "B/doc")
	b.ReportMetric(peakMemory(), "peak-MB")
}

// repeated writes the documents fifty times and returns the file, how many
// documents it has and how large it is.
func repeated(b *testing.B) (file string, documents int, size int64) {
	b.Helper()
	lines := sampleDocuments(b)
	if name := os.Getenv(benchFile); name != "" {
		var err error
		if lines, err = os.ReadFile(name); err != nil {
			b.Fatal(err)
		}
	}
	file = filepath.Join(b.TempDir(), "documents.jsonl")
	all := bytes.Repeat(append(bytes.TrimRight(lines, "\n"), '\n'), benchTimes)
	if err := os.WriteFile(file, all, 0o600); err != nil {
		b.Fatal(err)
	}
	return file, bytes.Count(all, []byte("\n")), int64(len(all))
}

// sampleDocuments is the sample dispatches as JSON Lines.
func sampleDocuments(b *testing.B) []byte {
	b.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	dispatches := seeds.FS()
	names, err := fs.ReadDir(dispatches, ".")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range names {
		text, err := fs.ReadFile(dispatches, n.Name())
		if err != nil {
			b.Fatal(err)
		}
		if err := enc.Encode(map[string]string{"id": n.Name(), "published": "2020-09-27", "text": string(text)}); err != nil {
			b.Fatal(err)
		}
	}
	return out.Bytes()
}

// cpuTime is the processor time that the process has used, which other
// processes on the machine disturb less than the clock's.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most memory in megabytes that the process has held at once
// since it began; 0 where the system doesn't tell.
func peakMemory() float64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var kb float64
		if _, err := fmt.Sscanf(sc.Text(), "VmHWM: %f kB", &kb); err == nil {
			return kb / 1024
		}
	}
	return 0
}
