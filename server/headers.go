package server

import (
	"bytes"
	"net"
	"strings"

	"github.com/valyala/fasthttp"
)

// contentSecurityPolicy lets a page load from this server only, and nothing
// inline. Between its parts the map page may have another source of images, and at
// the end those who may show it in a frame; see Config.pagePolicy.
const (
	policyHead            = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
	policyTail            = "; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors "
	contentSecurityPolicy = policyHead + policyTail + "'none'"
)

// secure sets the headers that every answer carries.
func secure(h *fasthttp.ResponseHeader) {
	h.Set("Content-Security-Policy", contentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// hostSet holds the host names that requests may be addressed to; nil holds all.
// A page elsewhere could else point its own name at the loopback address and
// read what is served there (DNS rebinding).
type hostSet map[string]struct{}

func newHostSet(addr net.Addr, allowed []string) hostSet {
	tcp, ok := addr.(*net.TCPAddr)
	loopback := ok && tcp.IP.IsLoopback()
	if !loopback && len(allowed) == 0 {
		return nil
	}
	set := hostSet{}
	for _, host := range allowed {
		set[hostName(host)] = struct{}{}
	}
	if loopback {
		for _, host := range []string{"localhost", "127.0.0.1", "::1", tcp.IP.String()} {
			set[host] = struct{}{}
		}
	}
	return set
}

// allow reports whether the value of a Host header names one of the hosts.
func (s hostSet) allow(host string) bool {
	if s == nil {
		return true
	}
	_, ok := s[hostName(host)]
	return ok
}

// hostName is the host without port, brackets, closing dot and capitals.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	return strings.ToLower(strings.TrimSuffix(host, "."))
}

// forOrigins reports whether what is there is of use to pages of other origins.
func forOrigins(uri []byte) bool {
	path, _, _ := bytes.Cut(uri, []byte("?"))
	for _, open := range []string{"/api", "/layers", "/tiles", "/qgis"} {
		if rest, ok := bytes.CutPrefix(path, []byte(open)); ok && (len(rest) == 0 || rest[0] == '/') {
			return true
		}
	}
	return false
}

// allowOrigins lets pages of every origin read the answer (CORS, the Fetch standard).
func allowOrigins(h *fasthttp.ResponseHeader) {
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "Content-Crs, ETag, Link")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// allowOwnOrigin says outright what a browser would take for granted: that only
// this server's pages may read the answer.
func (s *Server) allowOwnOrigin(ctx *fasthttp.RequestCtx) {
	base, err := s.baseURL(ctx)
	if err != nil {
		return // the handler says what is wrong with the host
	}
	scheme, rest, _ := strings.Cut(base, "://")
	host, _, _ := strings.Cut(rest, "/")
	ctx.Response.Header.Set("Access-Control-Allow-Origin", scheme+"://"+host)
}

// preflight answers the question of a browser whether a page may ask.
func preflight(ctx *fasthttp.RequestCtx) {
	h := &ctx.Response.Header
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "Accept, If-None-Match, Last-Event-ID")
	h.Set("Access-Control-Max-Age", "86400")
	ctx.SetStatusCode(fasthttp.StatusNoContent)
}
