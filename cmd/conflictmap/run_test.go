package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/conflictmap/conflictmap/geo/sqlite"
)

// conflictmap runs the program to its end.
func conflictmap(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.Command("conflictmap", args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return out.String(), errs.String(), exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), 0
}

// mustRun is conflictmap where a failure ends the test.
func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	out, errs, status := conflictmap(t, args...)
	if status != 0 {
		t.Fatalf("conflictmap %s: exit status %d\n%s%s", strings.Join(args, " "), status, out, errs)
	}
	return out
}

// serve starts the program as a server on a free port and returns its URL,
// with a slash at the end. When the test ends the server must do so in good order.
func serve(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("conflictmap", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(cmd.Process.Signal(syscall.SIGTERM), cmd.Wait()); err != nil {
			t.Errorf("the server ended with: %v", err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("the server printed no URL: %v", err)
	}
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "conflictmap: ")
	if !ok || !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Fatalf("the server printed %q", line)
	}
	return url
}

// get fetches a URL whole.
func get(t *testing.T, url string) (*http.Response, []byte) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

// collection is as much of a GeoJSON layer as the tests look at.
type collection struct {
	Name     string
	Features []struct {
		ID       string
		Geometry *struct {
			Type        string
			Coordinates json.RawMessage
		}
		Properties map[string]any
	}
}

func getLayer(t *testing.T, url string) collection {
	t.Helper()
	resp, body := get(t, url)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s\n%s", url, resp.Status, body)
	}
	var c collection
	if err := json.Unmarshal(body, &c); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	return c
}

// snapshotOf opens the database in the file to be read, until done is called.
func snapshotOf(t *testing.T, file string) (s *sqlite.Snapshot, done func()) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = db.Snapshot(t.Context()); err != nil {
		_ = db.Close()
		t.Fatal(err)
	}
	return s, func() {
		_ = s.Close()
		_ = db.Close()
	}
}
