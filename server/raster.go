package server

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// Raster is a basemap of image tiles for the map page, in the place of the one
// that the page has itself.
type Raster struct {
	// URL is the address of a tile with {z}, {x} and {y}, absolute or a path on the
	// page's own origin. Only for its origin does the page's policy let images in.
	URL string
	// Attribution is what the source wants to be said, as plain text.
	Attribution string
	// MaxZoom is the highest zoom that there are tiles of, 1 to 24.
	MaxZoom int
}

// maxRasterURL bounds the address of a tile, in bytes.
const maxRasterURL = 2000

// Check reports what is wrong with r.
func (r *Raster) Check() error {
	if _, err := r.origin(); err != nil {
		return fmt.Errorf("raster tiles %q: the address %w", clip(r.URL), err)
	}
	if strings.TrimSpace(r.Attribution) == "" {
		return fmt.Errorf("raster tiles %q: the attribution is missing: say whose tiles they are", clip(r.URL))
	}
	if r.MaxZoom < 1 || r.MaxZoom > 24 {
		return fmt.Errorf("raster tiles %q: the maximal zoom %d is not from 1 to 24", clip(r.URL), r.MaxZoom)
	}
	return nil
}

// origin checks the address, and is where it leads; empty for a path.
func (r *Raster) origin() (string, error) {
	if len(r.URL) > maxRasterURL {
		return "", fmt.Errorf("is longer than %d bytes", maxRasterURL)
	}
	plain := r.URL
	for _, name := range []string{"{z}", "{x}", "{y}"} {
		if strings.Count(plain, name) != 1 {
			return "", fmt.Errorf("must hold %s once", name)
		}
		plain = strings.Replace(plain, name, "0", 1)
	}
	if at := strings.IndexAny(plain, "{}"); at >= 0 {
		name, _, _ := strings.Cut(plain[at:], "}")
		return "", fmt.Errorf("holds %q: it may have no placeholders but {z}, {x} and {y}", clip(name+"}"))
	}
	u, err := url.Parse(plain)
	if err != nil {
		return "", errors.New("is no URL")
	}
	if u.Fragment != "" {
		return "", errors.New("must not hold a #")
	}
	if u.Scheme == "" && u.Host == "" {
		if !strings.HasPrefix(plain, "/") || strings.HasPrefix(plain, "//") {
			return "", errors.New("must begin with http://, https:// or a slash")
		}
		return "", nil
	}
	origin, err := originOf(u)
	if err == nil && !strings.HasPrefix(strings.ToLower(r.URL), origin) {
		return "", errors.New("must not hold a placeholder in its host")
	}
	return origin, err
}
