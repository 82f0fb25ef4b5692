package geotest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// recorder is a testing.TB that notes how a test ended.
type recorder struct {
	testing.TB
	skipped, failed string
}

func (r *recorder) Helper() {}

func (r *recorder) Skipf(format string, args ...any) {
	r.skipped = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.failed = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// record runs f as a test function of its own, which Skip and Fatal may end.
func record(t *testing.T, f func(t testing.TB)) *recorder {
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(r)
	}()
	<-done
	return r
}

func TestMissing(t *testing.T) {
	cases := []struct {
		name string
		need func(t testing.TB)
		want string
	}{
		{"tool", func(t testing.TB) { geotest.Tool(t, "no-such-tool") }, `"no-such-tool" is not installed`},
		{"shared", func(t testing.TB) { geotest.Shared(t, "no-such-file.txt") }, "no-such-file.txt is not there"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("CONFLICTMAP_REQUIRE_ALL", "")
			if r := record(t, c.need); !strings.Contains(r.skipped, c.want) || r.failed != "" {
				t.Errorf("by default: skipped %q, failed %q; want a skip that says %q", r.skipped, r.failed, c.want)
			}
			t.Setenv("CONFLICTMAP_REQUIRE_ALL", "1")
			if r := record(t, c.need); !strings.Contains(r.failed, c.want) || r.skipped != "" {
				t.Errorf("required: skipped %q, failed %q; want a failure that says %q", r.skipped, r.failed, c.want)
			}
		})
	}
}

func TestToolFindsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	want := filepath.Join(dir, "surveyor")
	if err := os.WriteFile(want, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	if got := geotest.Tool(t, "surveyor"); got != want {
		t.Errorf("Tool = %q, want %q", got, want)
	}
}

func TestSharedIsBesideTheModule(t *testing.T) {
	parent := t.TempDir()
	deep := filepath.Join(parent, "checkout", "geo", "deep")
	want := filepath.Join(parent, "shared", "gold", "a.jsonl")
	for _, dir := range []string{deep, filepath.Dir(want)} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{filepath.Join(parent, "checkout", "go.mod"), want} {
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(deep)
	if got := geotest.Shared(t, "gold", "a.jsonl"); got != want {
		t.Errorf("Shared = %q, want %q", got, want)
	}
}
