package server

import (
	"net/url"
	"strings"

	"github.com/valyala/fasthttp"

	"github.com/conflictmap/conflictmap/geo"
)

// baseURL is the address under which the client reached the server, without a
// slash at the end: Config.BaseURL, or what the request says.
func (s *Server) baseURL(ctx *fasthttp.RequestCtx) (string, error) {
	if s.cfg.BaseURL != "" {
		return strings.TrimRight(s.cfg.BaseURL, "/"), nil
	}
	host := string(ctx.Request.Header.Host())
	if host == "" {
		host = ctx.LocalAddr().String() // HTTP/1.0
	}
	if strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]") != "" {
		return "", problemf(fasthttp.StatusBadRequest, "The host %q has characters that no host name has.", clip(host))
	}
	return "http://" + host, nil
}

// cleanQuery escapes what may not stand in the query of a URL (RFC 3986) as it
// is: clients send more.
func cleanQuery(raw string) string { return escapeBut(raw, "-._~!$&'()*+,;=:@/?%") }

// cleanPath does so for a path.
func cleanPath(raw string) string { return escapeBut(raw, "-._~!$&'()*+,;=:@/%") }

func escapeBut(raw, plain string) string {
	var b strings.Builder
	for i := range len(raw) {
		switch c := raw[i]; {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte(plain, c) >= 0:
			b.WriteByte(c)
		default:
			const digits = "0123456789ABCDEF"
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

// withParameter sets one parameter in a raw query and leaves the others as they
// are. The empty value removes it.
func withParameter(raw, name, value string) string {
	var kept []string
	for pair := range strings.SplitSeq(raw, "&") {
		given, _, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(given); err == nil {
			given = decoded
		}
		if pair != "" && given != name {
			kept = append(kept, pair)
		}
	}
	if value != "" {
		kept = append(kept, name+"="+url.QueryEscape(value))
	}
	return strings.Join(kept, "&")
}

func joinQuery(path, query string) string {
	if query == "" {
		return path
	}
	return path + "?" + query
}

// badParameter says what is wrong with one parameter.
func badParameter(name, value, reason string) *problem {
	return badParameters(&geo.ParamError{Param: clip(name), Value: clip(value), Reason: reason})
}

// noneLeft refuses the parameters that nobody has read.
func noneLeft(values url.Values, known ...string) error {
	for name := range values {
		return badParameter(name, values.Get(name), "unknown parameter (known: "+strings.Join(known, ", ")+")")
	}
	return nil
}
