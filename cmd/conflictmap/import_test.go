package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// An import that is interrupted says so, and leaves the gazetteer that was
// there and nothing beside it.
func TestImportInterrupted(t *testing.T) {
	dir := t.TempDir()
	var rows bytes.Buffer
	for i := range 500_000 {
		fmt.Fprintf(&rows, "%d\tVillage %x\t\t\t39.5\t46.5\tP\tPPL\tAZ\t\t\t\t\t\t0\t\t0\t\t\n", 900_000_000+i, i)
	}
	dump, output := filepath.Join(dir, "AZ.txt"), filepath.Join(dir, "out.cmg")
	if err := errors.Join(os.WriteFile(dump, rows.Bytes(), 0o644), os.WriteFile(output, []byte("old"), 0o644)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("conflictmap", "gazetteer", "import", "--temp-dir", dir, "--output", output, dump)
	var errs strings.Builder
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Temporary files are the sign that the work is under way.
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if files, err := os.ReadDir(dir); err != nil || len(files) > 2 {
			break
		}
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if exit, ok := errors.AsType[*exec.ExitError](cmd.Wait()); !ok || exit.ExitCode() != exitFailure || errs.String() != "conflictmap: interrupted\n" {
		t.Errorf("ended with %v, %q", exit, errs.String())
	}
	if content, err := os.ReadFile(output); err != nil || string(content) != "old" {
		t.Errorf("the old file holds %d bytes now, %v", len(content), err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 2 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}

// What is fetched is imported, and not loaded again when nothing changed.
func TestImportFetches(t *testing.T) {
	table := "900000001\tNether Araz\t\t\t39.5\t46.5\tP\tPPL\tAZ\t\t\t\t\t\t20\t\t0\t\t\n"
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	w, err := z.Create("AZ.txt")
	if err == nil {
		_, err = w.Write([]byte(table))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	sent := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/dump/AZ.zip" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == "" {
			sent++
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(archive.Bytes()))
	}))
	defer server.Close()

	dir := t.TempDir()
	output, cache := filepath.Join(dir, "az.cmg"), filepath.Join(dir, "cache")
	for range 2 {
		mustRun(t, "gazetteer", "import", "--fetch", "AZ", "--base-url", server.URL+"/dump", "--cache", cache, "--output", output)
	}
	if sent != 1 {
		t.Errorf("the dump was sent %d times, want once", sent)
	}
	if out := mustRun(t, "gazetteer", "lookup", "--gazetteer", output, "Nether Araz"); !strings.Contains(out, "gn:900000001") {
		t.Errorf("look-up gives %q", out)
	}
	_, errs, status := conflictmap(t, "gazetteer", "import", "--fetch", "AZ,XX", "--base-url", server.URL+"/dump", "--cache", cache, "--output", output)
	if status != exitFailure || !strings.Contains(errs, "/dump/XX.zip: the server answered 404 Not Found") {
		t.Errorf("a dump that isn't there: status %d, %q", status, errs)
	}
}
