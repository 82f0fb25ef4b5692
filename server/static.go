package server

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// page holds the files of the map page by URL path, ready to be sent.
type page map[string]*file

type file struct {
	contentType  string
	cacheControl string
	// The bytes by content coding, each with its ETag; gzip only where it pays.
	codings map[string]codedBytes
}

type codedBytes struct {
	tag  string
	body []byte
}

const (
	revalidate = "no-cache"
	forever    = "public, max-age=31536000, immutable"
)

// hashedName is how the build names files whose content never changes.
var hashedName = regexp.MustCompile(`-[A-Z0-9]{8}\.[a-z0-9]+$`)

// loadPage reads index.html, favicon.ico and the folder assets. Without an
// index.html there is no page.
func loadPage(fsys fs.FS) (page, error) {
	if fsys == nil {
		return nil, nil
	}
	if _, err := fs.Stat(fsys, "index.html"); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	p := page{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.Type().IsRegular() || name != "index.html" && name != "favicon.ico" && !strings.HasPrefix(name, "assets/") {
			return nil
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		p["/"+strings.TrimSuffix(name, "index.html")], err = newFile(name, body, gzip.BestCompression)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("load map page: %w", err)
	}
	return p, nil
}

func newFile(name string, body []byte, level int) (*file, error) {
	f := &file{contentType: contentTypeOf(name), cacheControl: revalidate}
	if hashedName.MatchString(name) {
		f.cacheControl = forever
	}
	packed, err := pack(body, level)
	if err != nil {
		return nil, fmt.Errorf("compress %s: %w", name, err)
	}
	f.codings = map[string]codedBytes{identity: {entityTag(identity, string(body)), body}}
	if packed != nil {
		f.codings[gzipped] = codedBytes{entityTag(gzipped, string(packed)), packed}
	}
	return f, nil
}

// pack compresses the body, and returns nil where that saves little.
func pack(body []byte, level int) ([]byte, error) {
	if len(body) < 1<<10 {
		return nil, nil
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, level)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(body); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	if out.Len() > len(body)*9/10 {
		return nil, nil
	}
	return out.Bytes(), nil
}

// contentTypeOf doesn't ask the system's tables, which differ from machine to machine.
func contentTypeOf(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".json":
		return "application/json"
	case ".geojson":
		return "application/geo+json"
	case ".svg":
		return "image/svg+xml"
	case ".png":
		return "image/png"
	case ".ico":
		return "image/x-icon"
	case ".woff2":
		return "font/woff2"
	case ".txt":
		return "text/plain; charset=utf-8"
	}
	return "application/octet-stream"
}

func (f *file) send(c *fiber.Ctx) error {
	coding := contentCoding(c)
	coded, ok := f.codings[coding]
	if !ok {
		coding, coded = identity, f.codings[identity]
	}
	if validators(c, coded.tag, f.cacheControl) {
		return nil
	}
	c.Set(fiber.HeaderContentType, f.contentType)
	if coding != identity {
		c.Set(fiber.HeaderContentEncoding, coding)
	}
	return c.Send(coded.body)
}

func (s *Server) asset(c *fiber.Ctx) error {
	f, ok := s.page[c.Path()]
	if !ok {
		return problemf(fiber.StatusNotFound, "The map page has no such file.")
	}
	return f.send(c)
}

func (s *Server) favicon(c *fiber.Ctx) error {
	if f, ok := s.page["/favicon.ico"]; ok {
		return f.send(c)
	}
	c.Set(fiber.HeaderCacheControl, revalidate)
	return c.SendStatus(fiber.StatusNoContent)
}

// notBuilt stands in for the map page. It has no style, since none would pass
// the content security policy.
const notBuilt = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>conflictmap: the map page was not built</title></head>
<body>
<h1>The map page was not built</h1>
<p>This program was compiled without it. Run <code>make build</code>, or
<code>npm ci &amp;&amp; npm run build &amp;&amp; go build ./cmd/conflictmap</code>, and start it again.</p>
<p>The data is served all the same:</p>
<ul>
<li>events: <a href="/layers/events.geojson">GeoJSON</a>, <a href="/layers/events.csv">CSV</a></li>
<li>mentions: <a href="/layers/mentions.geojson">GeoJSON</a>, <a href="/layers/mentions.csv">CSV</a></li>
<li>places: <a href="/layers/places.geojson">GeoJSON</a>, <a href="/layers/places.csv">CSV</a></li>
</ul>
</body>
</html>
`
