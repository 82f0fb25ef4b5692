package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// The content codings.
const (
	identity = "identity"
	gzipped  = "gzip"
)

// entityTag is a strong ETag for what the parts determine.
func entityTag(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		var size [8]byte
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write([]byte(part))
	}
	return `"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16]) + `"`
}

// validators sets the headers by which a client may keep the answer, and
// reports whether it has it already; then the answer is 304 and done.
func validators(c *fiber.Ctx, tag, cacheControl string) (fresh bool) {
	c.Set(fiber.HeaderETag, tag)
	c.Set(fiber.HeaderCacheControl, cacheControl)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	var held []string
	for _, h := range c.Request().Header.PeekAll(fiber.HeaderIfNoneMatch) {
		held = append(held, string(h))
	}
	if !holdsTag(strings.Join(held, ","), tag) {
		return false
	}
	c.Status(fiber.StatusNotModified)
	return true
}

// holdsTag reads If-None-Match (RFC 9110, 13.1.2): entity tags, which may be
// weak and may hold commas, or an asterisk.
func holdsTag(header, tag string) bool {
	for {
		header = strings.TrimLeft(header, " \t,")
		if strings.HasPrefix(header, "*") {
			return true
		}
		header = strings.TrimPrefix(header, "W/")
		if !strings.HasPrefix(header, `"`) {
			return false
		}
		end := strings.IndexByte(header[1:], '"')
		if end < 0 {
			return false
		}
		if header[:end+2] == tag {
			return true
		}
		header = header[end+2:]
	}
}

// contentCoding picks the coding of the answer: gzip where Accept-Encoding
// (RFC 9110, 12.5.3) takes it and doesn't rather have none.
func contentCoding(c *fiber.Ctx) string { return preferredCoding(c.Get(fiber.HeaderAcceptEncoding)) }

func preferredCoding(header string) string {
	weights := map[string]float64{}
	for item := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(item, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		weight := 1.0
		if name, value, ok := strings.Cut(params, "="); ok && strings.EqualFold(strings.TrimSpace(name), "q") {
			q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(q >= 0 && q <= 1) {
				continue
			}
			weight = q
		}
		switch coding {
		case "x-gzip":
			coding = gzipped
		case gzipped, identity, "*":
		default:
			continue
		}
		weights[coding] = weight
	}
	weight, named := weights[gzipped]
	if !named {
		weight = weights["*"]
	}
	if weight > 0 && weight >= weights[identity] {
		return gzipped
	}
	return identity
}

// wantsHTML reads Accept (RFC 9110, 12.5.1): whether it would rather have a
// page than JSON. JSON is what clients get that don't say, or take anything.
func wantsHTML(accept []byte) bool {
	if !bytes.Contains(accept, []byte("html")) && !bytes.Contains(accept, []byte("HTML")) {
		return false
	}
	var page, data, any float64
	for item := range strings.SplitSeq(strings.ToLower(string(accept)), ",") {
		name, params, _ := strings.Cut(item, ";")
		weight := weightOf(params)
		switch strings.TrimSpace(name) {
		case "text/html", "application/xhtml+xml":
			page = max(page, weight)
		case "application/json", "application/geo+json", "application/schema+json", "application/vnd.oai.openapi+json":
			data = max(data, weight)
		case "*/*", "application/*":
			any = max(any, weight)
		}
	}
	// Named beats meant by a wildcard.
	return page > 0 && page > data && (data > 0 || page >= any)
}

// weightOf reads q among the parameters of an item of Accept; 1 where there is none.
func weightOf(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if strings.TrimSpace(name) != "q" {
			continue
		}
		if q, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && q >= 0 && q <= 1 {
			return q
		}
		return 0
	}
	return 1
}
