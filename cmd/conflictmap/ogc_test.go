package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geotest"
)

// The checker of OGC API - Features in the folder shared finds nothing to
// complain about, neither in requirements nor in recommendations.
func TestOGCCheck(t *testing.T) {
	source := geotest.Shared(t, "ogccheck")
	checker := filepath.Join(t.TempDir(), "ogccheck")
	build := exec.Command("go", "build", "-o", checker, ".")
	build.Dir = source
	build.Env = append(os.Environ(), "GOFLAGS=-mod=mod")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the checker: %v\n%s", err, out)
	}
	url := serve(t, "--demo", "--cors")
	out, err := exec.Command(checker, strings.TrimSuffix(url, "/")+"/api").CombinedOutput()
	if err != nil {
		t.Errorf("ogccheck: %v", err)
	}
	passed := 0
	for line := range strings.Lines(string(out)) {
		switch kind, _, _ := strings.Cut(line, " "); kind {
		case "FAIL":
			t.Error(strings.TrimSpace(line))
		case "PASS":
			passed++
		}
	}
	if passed < 150 {
		t.Errorf("the checker passes %d checks only:\n%s", passed, out)
	}
}
