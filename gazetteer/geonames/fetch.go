package geonames

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ExportURL is where GeoNames offers its dumps.
const ExportURL = "https://download.geonames.org/export/dump/"

const (
	// maxDownload bounds a file; the greatest, allCountries.zip, has 0.4 GB.
	maxDownload = 8 << 30
	// stall is how long a server may say nothing.
	stall = time.Minute
	// attempts bounds how often a broken transfer is taken up in one run.
	attempts = 5
)

// FetchOptions say how Fetch downloads.
type FetchOptions struct {
	// Client makes the requests. It should bound the time to connect and to the
	// response's header, not that of the whole transfer.
	Client *http.Client
	// BaseURL is the folder of the dumps, ExportURL where empty.
	BaseURL string
	// Dir keeps the files, finished and half. Fetching again continues there, and
	// loads only what has changed.
	Dir string
	// Stall is how long a server may send nothing, a minute where 0.
	Stall time.Duration
	// Progress, if set, is called as bytes come in.
	Progress func(FetchProgress)
}

// FetchProgress is how far a download is.
type FetchProgress struct {
	File string
	// Bytes of Total are there; Total is -1 where the server doesn't say.
	Bytes, Total int64
	// Unchanged is set where the file was there already, as the server has it.
	Unchanged bool
}

// fileOf returns the file of a dump by its name: "cities500", "allCountries",
// "AZ", "alternateNamesV2", "countryInfo".
func fileOf(name string) (string, error) {
	valid := name != "" && len(name) <= 64
	for _, c := range []byte(name) {
		valid = valid && ('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_')
	}
	if !valid {
		return "", fmt.Errorf("%q is no name of a GeoNames dump, such as cities500, AZ or alternateNamesV2: letters, digits and _, without an ending", clip([]byte(name)))
	}
	switch name {
	case "admin1CodesASCII", "admin2Codes", "countryInfo": // they come unpacked
		return name + ".txt", nil
	}
	return name + ".zip", nil
}

// Fetch downloads the dumps of the names into o.Dir and returns their files. A
// transfer that was cut off goes on where it stopped if the server's file is
// still the same. Every file is checked before it gets its name: its size, the
// checksums of an archive, that it is a table of GeoNames.
func Fetch(ctx context.Context, o FetchOptions, names ...string) ([]string, error) {
	if o.BaseURL == "" {
		o.BaseURL = ExportURL
	}
	if o.Stall == 0 {
		o.Stall = stall
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("%q is no http(s) address", o.BaseURL)
	}
	files := make([]string, 0, len(names))
	for _, name := range names {
		file, err := fileOf(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	if err := os.MkdirAll(o.Dir, 0o777); err != nil {
		return nil, fmt.Errorf("folder for downloads: %w", err)
	}
	for i, file := range files {
		d := download{options: &o, url: base.JoinPath(file).String(), file: file, path: filepath.Join(o.Dir, file)}
		if err := d.run(ctx); err != nil {
			return nil, fmt.Errorf("fetch %s: %w", d.url, err)
		}
		files[i] = d.path
	}
	return files, nil
}

// download is one file on its way.
type download struct {
	options *FetchOptions
	url     string
	file    string
	path    string
}

func (d *download) part() string { return d.path + ".part" }

// version is what a server says about the state of a file. It is kept beside
// the file, finished or half, under the file's name and tagSuffix.
type version struct {
	URL          string `json:"url"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

const tagSuffix = ".json"

// validator is what If-Range takes: a strong ETag or else the date.
func (v version) validator() string {
	if v.ETag != "" && !strings.HasPrefix(v.ETag, "W/") {
		return v.ETag
	}
	return v.LastModified
}

// broken is the error of a transfer that can be taken up where it ended.
type broken struct{ error }

func (b broken) Unwrap() error { return b.error }

func (d *download) run(ctx context.Context) error {
	for attempt := 1; ; attempt++ {
		before := size(d.part())
		err := d.transfer(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case !errors.As(err, new(broken)):
			return err
		case attempt == attempts || size(d.part()) <= before:
			return fmt.Errorf("%w (what came is kept; run it again to go on)", err)
		}
	}
}

// transfer makes one request and stores what it brings.
func (d *download) transfer(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	silence := time.AfterFunc(d.options.Stall, func() {
		cancel(fmt.Errorf("the server sent nothing for %s", d.options.Stall))
	})
	defer silence.Stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url, nil)
	if err != nil {
		return err
	}
	asked := d.condition(req)
	// Bytes are counted and resumed as they are stored.
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("User-Agent", "conflictmap (+https://github.com/conflictmap/conflictmap)")
	resp, err := d.options.Client.Do(req)
	if err != nil {
		return cmp.Or(context.Cause(ctx), err)
	}
	defer resp.Body.Close()
	have, total, err := d.answer(resp, asked)
	if err != nil || resp.StatusCode == http.StatusNotModified {
		return err
	}
	if resp.StatusCode == http.StatusRequestedRangeNotSatisfiable {
		silence.Stop()
		return d.finish(ctx, recall(d.part()))
	}
	w := &meter{download: d, have: have, total: total, heard: func() { silence.Reset(d.options.Stall) }}
	v := version{URL: d.url, ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified")}
	if err := d.receive(resp.Body, w, v); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = broken{cause}
		}
		return err
	}
	silence.Stop()
	return d.finish(ctx, v)
}

// condition makes the request one for the rest of the half that is there, or
// for the file only if it has changed. It returns how much is there.
func (d *download) condition(req *http.Request) int64 {
	if have := size(d.part()); have > 0 {
		v := recall(d.part())
		if v.URL != d.url || v.validator() == "" {
			return 0
		}
		req.Header.Set("Range", fmt.Sprintf("bytes=%d-", have))
		req.Header.Set("If-Range", v.validator())
		return have
	}
	if v := recall(d.path); v.URL == d.url && size(d.path) > 0 {
		if v.ETag != "" {
			req.Header.Set("If-None-Match", v.ETag)
		}
		if v.LastModified != "" {
			req.Header.Set("If-Modified-Since", v.LastModified)
		}
	}
	return 0
}

// answer says how much of the file there is and how long it will be, -1 if
// the server doesn't tell.
func (d *download) answer(resp *http.Response, asked int64) (have, total int64, err error) {
	total = resp.ContentLength
	switch resp.StatusCode {
	case http.StatusNotModified:
		d.progress(FetchProgress{File: d.file, Bytes: size(d.path), Total: size(d.path), Unchanged: true})
		return 0, total, nil
	case http.StatusOK:
	case http.StatusPartialContent:
		have = asked
		if total, err = rangeTotal(resp.Header.Get("Content-Range"), asked); err != nil {
			return 0, 0, errors.Join(err, d.forget())
		}
	case http.StatusRequestedRangeNotSatisfiable:
		if _, err := fmt.Sscanf(resp.Header.Get("Content-Range"), "bytes */%d", &total); err == nil && total == asked {
			return asked, total, nil // all of it came before, and the run ended there
		}
		return 0, 0, errors.Join(errors.New("the server's file is shorter than what came of it before; run it again to begin anew"), d.forget())
	default:
		return 0, 0, fmt.Errorf("the server answered %s", resp.Status)
	}
	if total > maxDownload {
		return 0, 0, fmt.Errorf("%d bytes, at most %d", total, int64(maxDownload))
	}
	return have, total, nil
}

// rangeTotal reads "bytes 100-199/200": the range must begin where the half
// ends and go on to the end.
func rangeTotal(header string, have int64) (int64, error) {
	var from, to, total int64
	if _, err := fmt.Sscanf(header, "bytes %d-%d/%d", &from, &to, &total); err != nil || from != have || to != total-1 {
		return 0, fmt.Errorf("the server sent the range %q, asked for the rest from byte %d", header, have)
	}
	return total, nil
}

// receive appends the body to the half, or begins it anew.
func (d *download) receive(body io.Reader, w *meter, v version) (err error) {
	flag := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if w.have > 0 {
		flag = os.O_WRONLY | os.O_APPEND
	}
	f, err := os.OpenFile(d.part(), flag, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := remember(d.part(), v); err != nil {
		return err
	}
	_, err = io.Copy(io.MultiWriter(f, w), io.LimitReader(body, maxDownload-w.have+1))
	switch {
	case err != nil:
		return broken{err}
	case w.have > maxDownload:
		return errors.Join(fmt.Errorf("more than %d bytes", int64(maxDownload)), d.forget())
	case w.total >= 0 && w.have != w.total:
		return broken{fmt.Errorf("%d bytes came, %d were announced", w.have, w.total)}
	}
	return f.Sync()
}

// meter counts what comes in.
type meter struct {
	download    *download
	have, total int64
	heard       func()
}

func (m *meter) Write(p []byte) (int, error) {
	m.have += int64(len(p))
	m.heard()
	m.download.progress(FetchProgress{File: m.download.file, Bytes: m.have, Total: m.total})
	return len(p), nil
}

func (d *download) progress(p FetchProgress) {
	if d.options.Progress != nil {
		d.options.Progress(p)
	}
}

// finish checks what came and gives it its name. What is no dump is removed:
// loading its rest would not mend it.
func (d *download) finish(ctx context.Context, v version) error {
	if err := check(ctx, d.part()); err != nil {
		if ctx.Err() != nil {
			return err
		}
		return errors.Join(err, d.forget())
	}
	if err := os.Rename(d.part(), d.path); err != nil {
		return err
	}
	return errors.Join(remember(d.path, v), remove(d.part()+tagSuffix))
}

// forget removes the half, so that the next transfer begins anew.
func (d *download) forget() error {
	return errors.Join(remove(d.part()), remove(d.part()+tagSuffix))
}

func remove(file string) error {
	if err := os.Remove(file); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// recall returns the version noted beside a file, empty if there is none.
func recall(file string) (v version) {
	data, err := os.ReadFile(file + tagSuffix)
	if err != nil || json.Unmarshal(data, &v) != nil {
		return version{}
	}
	return v
}

func remember(file string, v version) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(file+tagSuffix, data, 0o666)
}

// size is that of a file, 0 where there is none.
func size(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.Size()
}
