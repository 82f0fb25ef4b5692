package server

import (
	"context"
	"net"

	"github.com/valyala/fasthttp"

	"github.com/conflictmap/conflictmap/geo/index"
)

var (
	HoldsTag        = holdsTag
	PreferredCoding = preferredCoding
)

func HostAllowed(addr net.Addr, allowed []string, host string) bool {
	return newHostSet(addr, allowed).allow(host)
}

// Routes lists the paths that the server answers GET requests to.
func Routes(s *Server) []string {
	var paths []string
	for _, r := range s.app.GetRoutes(true) {
		if r.Method == "GET" {
			paths = append(paths, r.Path)
		}
	}
	return paths
}

func WriteCursor(s *Server, query string, p index.Position) string { return s.writeCursor(query, p) }

func ReadCursor(s *Server, query, cursor string) (index.Position, error) {
	return s.readCursor(query, cursor)
}

// ReadWantedPlaces reads the raw query of a search for places.
func ReadWantedPlaces(raw string, html bool) (name string, ids []string, limit int, err error) {
	values, err := parseRawQuery(raw)
	if err != nil {
		return "", nil, 0, err
	}
	w, err := readWantedPlaces(values, html)
	return w.name, w.ids, w.limit, err
}

// Handler is what answers a connection's requests.
func Handler(s *Server) fasthttp.RequestHandler {
	s.app.Handler() // builds the routes
	s.base = context.Background()
	return s.app.Server().Handler
}

var (
	QGISSubset       = qgisSubset
	SourceParameters = sourceParameters
	ParseRawQuery    = parseRawQuery
)

// PagePolicy is Config.pagePolicy.
func PagePolicy(c Config, embed bool) string { return c.pagePolicy(embed) }
