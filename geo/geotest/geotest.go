// Package geotest finds what some tests need beside Go: command line tools and
// the folder of reference material next to the checkout. It is for tests only.
//
// Whoever lacks one of them can still run the rest: the test is skipped and
// says what is missing. Where nothing may be skipped, as on CI, the
// environment variable CONFLICTMAP_REQUIRE_ALL=1 makes it fail instead.
package geotest

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// requireAll is the environment variable that RequireAll reads.
const requireAll = "CONFLICTMAP_REQUIRE_ALL"

// RequireAll reports whether a missing tool or folder fails a test instead of
// skipping it.
func RequireAll() bool { return os.Getenv(requireAll) == "1" }

// Tool returns the path of the command line tool called name, and skips or
// fails the test where it isn't installed.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, fmt.Sprintf("the tool %q is not installed: %s", name, remedy(name)))
	}
	return path
}

// remedy says how to get a tool; the packages are Debian's.
func remedy(tool string) string {
	switch tool {
	case "ogrinfo", "ogr2ogr":
		return "apt-get install gdal-bin"
	case "qgis", "qgis_process":
		return "apt-get install qgis python3-qgis"
	case "chromium":
		return "apt-get install chromium"
	case "node", "npm":
		return "install Node.js, https://nodejs.org"
	case "sqlite3":
		return "apt-get install sqlite3"
	default:
		return "install it and put it on the PATH"
	}
}

// Shared returns the path of the elements within the folder "shared" beside
// the checkout, and skips or fails the test where it isn't there. Without
// elements it returns the folder itself.
func Shared(t testing.TB, elem ...string) string {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatalf("find the folder shared: %v", err)
	}
	path := filepath.Join(append([]string{filepath.Dir(root), "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		missing(t, fmt.Sprintf("the reference material %s is not there: put the folder %q beside the checkout", path, "shared"))
	}
	return path
}

// SharedTable reads a tab-separated table with a header line from the folder
// "shared", as Shared finds it: a map by column for each row.
func SharedTable(t testing.TB, elem ...string) []map[string]string {
	t.Helper()
	f, err := os.Open(Shared(t, elem...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes = '\t', true
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatalf("read %s: %v", f.Name(), err)
	}
	var rows []map[string]string
	for _, fields := range lines[1:] {
		row := make(map[string]string, len(fields))
		for i, name := range lines[0] {
			row[name] = fields[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// moduleRoot walks up from the working directory, which in a test is the
// package's folder, to the folder with go.mod.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("no go.mod above the working directory")
		}
		dir = parent
	}
}

// missing ends the test.
func missing(t testing.TB, why string) {
	t.Helper()
	if RequireAll() {
		t.Fatalf("%s (required because %s=1)", why, requireAll)
	}
	t.Skipf("skipped: %s (%s=1 makes this a failure)", why, requireAll)
}
