package static_test

import (
	"io/fs"
	"os"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/conflictmap/conflictmap/static"
)

func TestBundleOf(t *testing.T) {
	file := &fstest.MapFile{Data: []byte("<!doctype html>")}
	tests := []struct {
		name  string
		fsys  fstest.MapFS
		built bool
	}{
		{"built", fstest.MapFS{"dist/.gitkeep": {}, "dist/index.html": file}, true},
		{"fresh clone", fstest.MapFS{"dist/.gitkeep": {}}, false},
		{"nothing", fstest.MapFS{}, false},
		{"a folder in its place", fstest.MapFS{"dist/index.html/x": file}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page, built := static.BundleOf(tt.fsys)
			if built != tt.built {
				t.Fatalf("built = %v, want %v", built, tt.built)
			}
			if !built {
				return
			}
			if _, err := fs.Stat(page, "index.html"); err != nil {
				t.Errorf("the page's root is not dist: %v", err)
			}
		})
	}
}

// TestBundle checks the bundle that this very binary carries: every file that
// index.html asks for is there, and the page asks nobody else.
func TestBundle(t *testing.T) {
	page, built := static.Bundle()
	_, err := os.Stat("dist/index.html")
	if want := err == nil; built != want {
		t.Fatalf("built = %v, want %v", built, want)
	}
	if !built {
		t.Skip("the page was not built: run make build")
	}
	index, err := fs.ReadFile(page, "index.html")
	if err != nil {
		t.Fatal(err)
	}
	hashed := regexp.MustCompile(`^assets/[a-z]+-[A-Z0-9]{8}\.[a-z]+$`)
	loads := regexp.MustCompile(`<(?:link|script|img)[^>]*?\s(?:href|src)="([^"]*)"`).FindAllSubmatch(index, -1)
	if len(loads) < 4 {
		t.Errorf("index.html loads %d files, want script, style, icon and basemap", len(loads))
	}
	for _, load := range loads {
		name := string(load[1])
		if !hashed.MatchString(name) {
			t.Errorf("%q is not a file with a hashed name under assets", name)
		}
		if _, err := fs.Stat(page, name); err != nil {
			t.Error(err)
		}
	}
}
