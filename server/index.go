package server

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// What the built page has for the server to fill in. A page without them is sent
// as it is.
const (
	// tableAddress is where those are led whose browser runs no script: the table of
	// the events that the map shows, the newest first.
	tableAddress  = "api/collections/events/items?f=html&amp;limit=50&amp;sortby=-from&amp;strict=yes"
	slotConfig    = `<script type="application/json" id="config">{}</script>`
	slotRefresh   = `<noscript><meta http-equiv="refresh" content="0; url=` + tableAddress + `"></noscript>`
	slotTableLink = `href="` + tableAddress + `"`
)

// pageConfig is what the script of the map page learns with the page, so that it
// need not ask before it draws.
type pageConfig struct {
	Version     string      `json:"version"` // of the program
	Labels      geo.Labels  `json:"labels"`
	Attribution string      `json:"attribution"` // of the data
	Gazetteer   string      `json:"gazetteer"`
	DataVersion string      `json:"dataVersion"`
	Days        *pageDays   `json:"days"` // first and last day of the events
	BBox        *[4]float64 `json:"bbox"` // around the events: west, south, east, north
	Raster      *pageRaster `json:"raster"`
	Embed       bool        `json:"embed"`
}

type pageDays struct {
	From geo.Day `json:"from"`
	To   geo.Day `json:"to"`
}

type pageRaster struct {
	URL         string `json:"url"`
	Attribution string `json:"attribution"`
	MaxZoom     int    `json:"maxZoom"`
}

// indexCache holds the map page as it was filled in last, by pageVariant, for one
// state of the data.
type indexCache struct {
	mu      sync.Mutex
	version string
	files   map[pageVariant]*file
}

// maxIndexes bounds the pages that are kept: the filters of a request are in them.
const maxIndexes = 100

// pageVariant is what the map page depends on beside the data.
type pageVariant struct {
	embed   bool
	filters string // for the table, as a query
}

// index answers with the map page.
func (s *Server) index(c *fiber.Ctx) error {
	template, ok := s.page["/"]
	if !ok {
		c.Set(fiber.HeaderCacheControl, "no-store")
		c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
		return c.Status(fiber.StatusServiceUnavailable).SendString(notBuilt)
	}
	// Nothing is refused here: the query is the script's, and links to the map last.
	values, err := parseQuery(c)
	if err != nil {
		values = nil
	}
	embed := len(values["embed"]) == 1 && values.Get("embed") == "1"
	view, _ := s.cfg.View()
	f, err := s.indexes.get(view.Version(), pageVariant{embed, tableFilters(values)}, func(x pageVariant) (*file, error) {
		return s.fillIndex(string(template.codings[identity].body), view, x)
	})
	if err != nil {
		return err
	}
	c.Set("Content-Security-Policy", s.cfg.pagePolicy(embed))
	if embed && s.cfg.embeddable() {
		c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	return f.send(c)
}

// get returns the page of the variant, made if need be.
func (x *indexCache) get(version string, v pageVariant, fill func(pageVariant) (*file, error)) (*file, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.version != version || len(x.files) >= maxIndexes {
		x.version, x.files = version, map[pageVariant]*file{}
	}
	if f, ok := x.files[v]; ok {
		return f, nil
	}
	f, err := fill(v)
	if err == nil {
		x.files[v] = f
	}
	return f, err
}

// fillIndex fills in what the page says of the data and of the request.
func (s *Server) fillIndex(template string, view View, x pageVariant) (*file, error) {
	config, err := json.Marshal(s.pageConfig(view, x.embed)) // which escapes <, so that nothing ends the element
	if err != nil {
		return nil, fmt.Errorf("write the configuration of the map page: %w", err)
	}
	address := tableAddress
	if x.filters != "" {
		address += "&amp;" + html.EscapeString(x.filters)
	}
	refresh, link := strings.Replace(slotRefresh, tableAddress, address, 1), strings.Replace(slotTableLink, tableAddress, address, 1)
	if x.embed {
		// The table is for no frame, and a frame must not lead its reader away.
		refresh, link = "", link+` target="_blank"`
	}
	body := strings.NewReplacer(slotConfig, strings.Replace(slotConfig, "{}", string(config), 1), slotRefresh, refresh, slotTableLink, link).Replace(template)
	return newFile("index.html", []byte(body), gzip.BestSpeed)
}

func (s *Server) pageConfig(view View, embed bool) pageConfig {
	c := pageConfig{
		Version: s.cfg.Version, Labels: s.cfg.Labels, Attribution: s.cfg.Attribution, Gazetteer: s.cfg.Gazetteer, DataVersion: view.Version(), Embed: embed,
	}
	if c.Labels == "" {
		c.Labels = geo.LabelsGazetteer
	}
	bounds, days, ok := view.Extent(layer.EventCollection)
	if ok {
		c.BBox = &[4]float64{bounds.Min[0], bounds.Min[1], bounds.Max[0], bounds.Max[1]}
	}
	if days.From != 0 {
		c.Days = &pageDays{days.From, days.To}
	}
	if r := s.cfg.Raster; r != nil {
		c.Raster = &pageRaster{r.URL, r.Attribution, r.MaxZoom}
	}
	return c
}

// tableFilters are the filters of the map's address as a query of the table. A
// wrong one stays: the table says what is wrong with it, as the map does.
func tableFilters(values url.Values) string {
	kept := url.Values{}
	for _, name := range geo.FilterParams() {
		if given := slices.DeleteFunc(values[name], func(v string) bool { return v == "" }); len(given) > 0 {
			kept[name] = given
		}
	}
	return geo.EncodeQuery(kept)
}
