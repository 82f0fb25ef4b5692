package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// script has wrk send the requests of a file and print what the tables need.
//
//go:embed requests.lua
var script []byte

// measurement is what came of a case.
type measurement struct {
	Requests int64   `json:"requests"`
	Micros   int64   `json:"micros"` // how long they took altogether
	Bytes    int64   `json:"bytes"`
	P50      float64 `json:"p50"` // microseconds
	P99      float64 `json:"p99"`
	Connect  int64   `json:"connect"` // errors from here on
	Read     int64   `json:"read"`
	Write    int64   `json:"write"`
	Status   int64   `json:"status"` // above 399
	Timeout  int64   `json:"timeout"`

	memory   memory
	returned float64 // features in an answer, on average
	repeated bool    // there were more requests than addresses
}

func (m *measurement) failures() int64 { return m.Connect + m.Read + m.Write + m.Status + m.Timeout }

// perSecond is the rate of requests.
func (m *measurement) perSecond() float64 { return float64(m.Requests) / (float64(m.Micros) / 1e6) }

type wrkRunner struct {
	path    string
	options options
	server  *child
}

// measure tries some of the case's addresses and then has wrk send them all.
func (w *wrkRunner) measure(ctx context.Context, c *benchCase) (m *measurement, err error) {
	returned, err := w.try(ctx, c)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bench-server-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	lua, paths := filepath.Join(dir, "requests.lua"), filepath.Join(dir, "paths")
	if err := errors.Join(os.WriteFile(lua, script, 0o600), writeLines(paths, c.paths)); err != nil {
		return nil, err
	}
	const threads = 2
	command := exec.CommandContext(ctx, w.path, "-t", fmt.Sprint(min(threads, w.options.connections)), "-c", fmt.Sprint(w.options.connections),
		"-d", fmt.Sprintf("%ds", int(w.options.duration.Seconds())), "--timeout", "10s", "-s", lua, w.server.url, "--", paths, fmt.Sprint(threads))
	out, err := command.CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("wrk: %w\n%s", err, out)
	}
	_, line, _ := strings.Cut(string(out), "measured ")
	m = &measurement{returned: returned}
	if err := json.NewDecoder(strings.NewReader(line)).Decode(m); err != nil {
		return nil, fmt.Errorf("read what wrk wrote: %w\n%s", err, out)
	}
	if m.memory, err = w.server.memory(); err != nil {
		return nil, err
	}
	m.repeated = c.kind == "varied" && m.Requests > int64(len(c.paths))
	if m.failures() > 0 || m.Requests == 0 {
		return nil, fmt.Errorf("of %d requests %d failed\n%s", m.Requests, m.failures(), out)
	}
	return m, nil
}

// tried is how many addresses of a case are looked at before it is measured.
const tried = 20

// try makes sure that answers are what they should be, since wrk counts only
// errors. It returns how many features they have on average.
func (w *wrkRunner) try(ctx context.Context, c *benchCase) (float64, error) {
	some := c.paths[max(0, len(c.paths)-tried):] // the last, so that wrk's are new to the server
	sum := 0
	for _, path := range some {
		body, err := get(ctx, w.server.url+path)
		if err != nil {
			return 0, err
		}
		n := strings.Count(string(body), `"type":"Feature"`)
		if n < c.least || len(body) == 0 && !c.mayBeEmpty {
			return 0, fmt.Errorf("GET %s has %d features in %d bytes, want at least %d", path, n, len(body), c.least)
		}
		sum += n
	}
	return float64(sum) / float64(len(some)), nil
}

// get reads a resource; any status but 200 and 204 is an error.
func get(ctx context.Context, url string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, fmt.Errorf("GET %s: %w", url, err)
	}
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusNoContent {
		return nil, fmt.Errorf("GET %s: %s\n%s", url, response.Status, body)
	}
	return body, nil
}
