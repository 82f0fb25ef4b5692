package main

import (
	"bytes"
	"errors"
	"fmt"
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
