package geonames_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/conflictmap/conflictmap/gazetteer/geonames"
)

// mirror serves dumps from memory as GeoNames does: with Range, ETag and
// Last-Modified. It can break a transfer off.
type mirror struct {
	files map[string][]byte
	etag  string
	// cut is after how many bytes of a response the connection breaks, 0 for never.
	cut int
	// silent makes a response stop there and wait.
	silent   bool
	requests []string
}

func (m *mirror) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.requests = append(m.requests, strings.TrimSpace(r.URL.Path+" "+r.Header.Get("Range")))
	content, ok := m.files[strings.TrimPrefix(r.URL.Path, "/dump/")]
	if !ok {
		http.Error(w, "<html>not found</html>", http.StatusNotFound)
		return
	}
	if m.etag != "" {
		w.Header().Set("ETag", m.etag)
	}
	out := w
	if m.cut > 0 {
		out = &cutter{ResponseWriter: w, left: m.cut, silent: m.silent, request: r}
	}
	http.ServeContent(out, r, "", time.Time{}, bytes.NewReader(content))
}

// cutter breaks a response off.
type cutter struct {
	http.ResponseWriter
	left    int
	silent  bool
	request *http.Request
}

func (c *cutter) Write(p []byte) (int, error) {
	if len(p) <= c.left {
		c.left -= len(p)
		return c.ResponseWriter.Write(p)
	}
	n, err := c.ResponseWriter.Write(p[:c.left])
	if err != nil {
		return n, err
	}
	if err := http.NewResponseController(c.ResponseWriter).Flush(); err != nil {
		return n, err
	}
	if c.silent {
		<-c.request.Context().Done()
	}
	panic(http.ErrAbortHandler)
}

// fetch runs Fetch against the mirror.
func (m *mirror) fetch(t *testing.T, dir string, names ...string) ([]string, error) {
	t.Helper()
	server := httptest.NewServer(m)
	defer server.Close()
	m.requests = nil
	// The address is another with each server; a real one stays.
	return geonames.Fetch(t.Context(), geonames.FetchOptions{
		Client: clientOf(server), BaseURL: "http://mirror.example/dump", Dir: dir, Stall: time.Second,
	}, names...)
}

// clientOf returns a client that reaches the server whatever host it asks for.
func clientOf(server *httptest.Server) *http.Client {
	return &http.Client{Transport: redirected(server.Listener.Addr().String())}
}

type redirected string

func (addr redirected) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Host = string(addr)
	return http.DefaultTransport.RoundTrip(r)
}

// dump is a zip archive of a table that doesn't shrink to nothing.
func dump(t *testing.T) []byte {
	t.Helper()
	var b strings.Builder
	for i := range 4000 {
		row := strings.Split(placeRow(0, fmt.Sprint(1000+i)), "\t")
		row[1] = fmt.Sprintf("Village %x", i*i*7919)
		b.WriteString(strings.Join(row, "\t") + "\n")
	}
	return zipped(t, "AZ.txt", b.String())
}

func content(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestFetch(t *testing.T) {
	table := content(t, "testdata/countryInfo.txt")
	m := &mirror{files: map[string][]byte{"AZ.zip": dump(t), "countryInfo.txt": table}, etag: `"one"`}
	dir := filepath.Join(t.TempDir(), "made", "on", "the", "way")
	files, err := m.fetch(t, dir, "AZ", "countryInfo")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 2 || !bytes.Equal(content(t, files[0]), m.files["AZ.zip"]) || !bytes.Equal(content(t, files[1]), table) {
		t.Errorf("files %q", files)
	}
	// Nothing is loaded twice; what has changed is.
	if _, err := m.fetch(t, dir, "AZ"); err != nil || len(m.requests) != 1 {
		t.Errorf("again: %v, %q", err, m.requests)
	}
	m.files["AZ.zip"], m.etag = zipped(t, "AZ.txt", placeRow(-1, "")), `"two"`
	files, err = m.fetch(t, dir, "AZ")
	if err != nil || !bytes.Equal(content(t, files[0]), m.files["AZ.zip"]) {
		t.Errorf("after a change: %v", err)
	}
	open(t, geonames.Options{}, files...)
}

func TestFetchResumes(t *testing.T) {
	whole := dump(t)
	m := &mirror{files: map[string][]byte{"AZ.zip": whole}, etag: `"one"`, cut: len(whole) / 8}
	dir := t.TempDir()
	// Five attempts bring five eighths.
	if _, err := m.fetch(t, dir, "AZ"); err == nil || !strings.Contains(err.Error(), "run it again") {
		t.Fatalf("a connection that breaks: %v", err)
	}
	if len(m.requests) != 5 {
		t.Errorf("requests %q", m.requests)
	}
	if _, err := os.Stat(filepath.Join(dir, "AZ.zip")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a file has its name: %v", err)
	}
	m.cut = 0
	files, err := m.fetch(t, dir, "AZ")
	if err != nil || !bytes.Equal(content(t, files[0]), whole) {
		t.Fatalf("resumed: %v", err)
	}
	if want := fmt.Sprintf("/dump/AZ.zip bytes=%d-", len(whole)/8*5); len(m.requests) != 1 || m.requests[0] != want {
		t.Errorf("requests %q, want %q", m.requests, want)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*.part*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}

// A file that changed on the server is not glued to the half of another.
func TestFetchResumesNothingElse(t *testing.T) {
	whole := dump(t)
	m := &mirror{files: map[string][]byte{"AZ.zip": whole}, etag: `"one"`, cut: len(whole) / 20}
	dir := t.TempDir()
	if _, err := m.fetch(t, dir, "AZ"); err == nil {
		t.Fatal("no error")
	}
	m.files["AZ.zip"] = zipped(t, "AZ.txt", placeRow(-1, "")+"\n"+string(bytes.Repeat([]byte(placeRow(1, "Other")+"\n"), 9000)))
	m.etag, m.cut = `"two"`, 0
	files, err := m.fetch(t, dir, "AZ")
	if err != nil || !bytes.Equal(content(t, files[0]), m.files["AZ.zip"]) {
		t.Errorf("after a change: %v", err)
	}
	// Without a sign of the file's state nothing is resumed.
	m.files["AZ.zip"], m.etag, m.cut = whole, "", len(whole)/20
	if _, err := m.fetch(t, dir, "AZ"); err == nil {
		t.Fatal("no error")
	}
	m.cut = 0
	if _, err := m.fetch(t, dir, "AZ"); err != nil || m.requests[0] != "/dump/AZ.zip" {
		t.Errorf("without an ETag: %v, %q", err, m.requests)
	}
}

// A run may end between the last byte and the file's name.
func TestFetchFinishesWhatIsThere(t *testing.T) {
	whole := dump(t)
	m := &mirror{files: map[string][]byte{"AZ.zip": whole}, etag: `"one"`, cut: len(whole) / 20}
	dir := t.TempDir()
	if _, err := m.fetch(t, dir, "AZ"); err == nil {
		t.Fatal("no error")
	}
	if err := os.WriteFile(filepath.Join(dir, "AZ.zip.part"), whole, 0o644); err != nil {
		t.Fatal(err)
	}
	m.cut = 0
	files, err := m.fetch(t, dir, "AZ")
	if err != nil || !bytes.Equal(content(t, files[0]), whole) {
		t.Errorf("%v, %q", err, m.requests)
	}
	// More than the server has can be no beginning of it.
	if err := errors.Join(os.Rename(files[0], files[0]+".part"), os.Rename(files[0]+".json", files[0]+".part.json")); err != nil {
		t.Fatal(err)
	}
	m.files["AZ.zip"] = zipped(t, "AZ.txt", placeRow(-1, ""))
	if _, err := m.fetch(t, dir, "AZ"); err == nil || !strings.Contains(err.Error(), "shorter than what came of it before") {
		t.Errorf("a file that shrank: %v", err)
	}
	if files, err = m.fetch(t, dir, "AZ"); err != nil || !bytes.Equal(content(t, files[0]), m.files["AZ.zip"]) {
		t.Errorf("anew: %v, %q", err, m.requests)
	}
}

func TestFetchRefuses(t *testing.T) {
	good := dump(t)
	damaged := bytes.Clone(good)
	for i := range 40 {
		damaged[len(damaged)/2+i] ^= 0x5a
	}
	m := &mirror{etag: `"one"`, files: map[string][]byte{
		"half.zip": good[:len(good)/2], "damaged.zip": damaged, "page.zip": []byte("<html>sorry</html>"),
		"empty.zip": nil, "other.zip": zipped(t, "a.txt", "some,text,here\n"), "countryInfo.txt": []byte("%PDF-1.3\n"),
	}}
	for name, want := range map[string]string{
		"half":             "the zip archive is cut off or damaged",
		"damaged":          "cut off or damaged",
		"page":             "HTML",
		"empty":            "empty",
		"other":            "comma-separated",
		"countryInfo":      "a PDF document",
		"absent":           "404 Not Found",
		"../etc/passwd":    "is no name of a GeoNames dump",
		"a/b":              "is no name of a GeoNames dump",
		"AZ.zip":           "without an ending",
		"":                 "is no name",
		"AZ?x=1":           "is no name",
		"no-country":       "is no name",
		"AZ\x00":           "is no name",
		"http://a.example": "is no name",
	} {
		dir := t.TempDir()
		if _, err := m.fetch(t, dir, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %q", name, err, want)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
			t.Errorf("%q left %v behind, %v", name, left, err)
		}
	}
	for _, base := range []string{"file:///etc", "ftp://a.example/", "/dump", "http://", ":"} {
		_, err := geonames.Fetch(t.Context(), geonames.FetchOptions{Client: http.DefaultClient, BaseURL: base, Dir: t.TempDir()}, "AZ")
		if err == nil || !strings.Contains(err.Error(), "is no http(s) address") {
			t.Errorf("base %q: %v", base, err)
		}
	}
}

func TestFetchDoesNotWaitForEver(t *testing.T) {
	whole := dump(t)
	server := httptest.NewServer(&mirror{files: map[string][]byte{"AZ.zip": whole}, etag: `"one"`, cut: 100, silent: true})
	defer server.Close()
	_, err := geonames.Fetch(t.Context(), geonames.FetchOptions{
		Client: server.Client(), BaseURL: server.URL + "/dump/", Dir: t.TempDir(), Stall: 50 * time.Millisecond,
	}, "AZ")
	if err == nil || !strings.Contains(err.Error(), "the server sent nothing for 50ms") {
		t.Errorf("a silent server: %v", err)
	}
}
