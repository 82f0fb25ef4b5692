package server

import (
	"compress/gzip"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"
)

// The pages for people: a template for each resource in a common frame. They
// need no script, and no style but their sheet; the content security policy
// would let nothing else in.

//go:embed templates/layout.html templates/style.css templates/pages templates/parts
var templateFiles embed.FS

// pageSet holds the templates by name. They are read when the first page is asked for.
type pageSet struct {
	once   sync.Once
	byName map[string]*template.Template
	err    error
}

// htmlPage is what the frame shows.
type htmlPage struct {
	Title   string // of the window; without direction marks, which could turn the rest of the title bar
	Heading string
	// Base is the address of the server, without a slash at the end.
	Base        string
	Trail       []link // to what the page is part of, the outermost first
	Links       []link
	Attribution string
	Data        any
}

func (p *pageSet) load() {
	common, err := template.New("").ParseFS(templateFiles, "templates/layout.html", "templates/parts/*.html")
	if err != nil {
		p.err = fmt.Errorf("read templates: %w", err)
		return
	}
	names, err := fs.Glob(templateFiles, "templates/pages/*.html")
	if err != nil {
		p.err = fmt.Errorf("list templates: %w", err)
		return
	}
	p.byName = map[string]*template.Template{}
	for _, file := range names {
		t, err := common.Clone()
		if err == nil {
			t, err = t.ParseFS(templateFiles, file)
		}
		if err != nil {
			p.err = fmt.Errorf("read templates: %w", err)
			return
		}
		name := strings.TrimSuffix(strings.TrimPrefix(file, "templates/pages/"), ".html")
		p.byName[name] = t
	}
}

// writeHTML writes the page of the resource. base is the address of the server.
func (s *Server) writeHTML(w io.Writer, base string, res resource) error {
	return s.writePage(w, res.template(), s.pageOf(base, res))
}

func (s *Server) writePage(w io.Writer, name string, page htmlPage) error {
	s.pages.once.Do(s.pages.load)
	if s.pages.err != nil {
		return s.pages.err
	}
	t, ok := s.pages.byName[name]
	if !ok {
		return fmt.Errorf("there is no template %q", name)
	}
	page.Attribution = s.cfg.Attribution
	page.Title = withoutMarks(page.Title)
	return t.ExecuteTemplate(w, "layout.html", page)
}

// withoutMarks leaves out what changes the direction of text, where no markup
// could hold its effect together.
func withoutMarks(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u061c', r == '\u200e', r == '\u200f', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
			return -1
		}
		return r
	}, s)
}

func (s *Server) htmlRoutes(app *fiber.App) {
	app.Get("/api/style.css", s.styleSheet)
	s.searchRoutes(app)
}

func (s *Server) styleSheet(c *fiber.Ctx) error {
	values, err := parseQuery(c)
	if err == nil {
		err = noneLeft(values)
	}
	if err != nil {
		return err
	}
	body, err := templateFiles.ReadFile("templates/style.css")
	if err != nil {
		return fmt.Errorf("read style sheet: %w", err)
	}
	f, err := newFile("style.css", body, gzip.BestSpeed)
	if err != nil {
		return err
	}
	return f.send(c)
}
