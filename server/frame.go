package server

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// NoEmbedder as the only origin of Config.EmbedOn lets no page show the map in a frame.
const NoEmbedder = "none"

// CheckEmbedders reports what is wrong with a list for Config.EmbedOn.
func CheckEmbedders(origins []string) error {
	if slices.Contains(origins, NoEmbedder) {
		if len(origins) > 1 {
			return fmt.Errorf("%s stands alone, without other origins", NoEmbedder)
		}
		return nil
	}
	for _, origin := range origins {
		if err := checkOrigin(origin); err != nil {
			return fmt.Errorf("origin %q: %w", clip(origin), err)
		}
	}
	return nil
}

// checkOrigin reads what may stand in a content security policy: a scheme, a host,
// of which the first label may be an asterisk, and perhaps a port.
func checkOrigin(origin string) error {
	u, err := url.Parse(strings.Replace(origin, "://*.", "://", 1))
	if err != nil {
		return errors.New("is no URL")
	}
	if _, err := originOf(u); err != nil {
		return err
	}
	if u.Path != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return errors.New("must be a scheme and a host alone, like https://news.example")
	}
	return nil
}

// originOf is the scheme, the host and the port of an absolute URL. No other
// characters pass than those that host names are made of.
func originOf(u *url.URL) (string, error) {
	host, port := u.Hostname(), u.Port()
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Opaque != "":
		return "", errors.New("must begin with http:// or https://")
	case host == "":
		return "", errors.New("has no host")
	case u.User != nil:
		return "", errors.New("must not hold a name or a password")
	case strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-:") != "":
		return "", errors.New("has a host with other characters than letters, digits, dots and hyphens (other scripts are written as xn--…)")
	}
	if n, err := strconv.Atoi(port); port != "" && (err != nil || n < 1 || n > 65535) {
		return "", fmt.Errorf("has the port %q", clip(port))
	}
	return strings.ToLower(u.Scheme + "://" + u.Host), nil
}

// pagePolicy is the content security policy of the map page.
func (c *Config) pagePolicy(embed bool) string {
	policy := policyHead
	if c.Raster != nil {
		if origin, err := c.Raster.origin(); err == nil && origin != "" { // New has checked it
			policy += " " + origin
		}
	}
	policy += policyTail
	switch {
	case !embed || !c.embeddable():
		return policy + "'none'"
	case len(c.EmbedOn) == 0:
		return policy + "*"
	}
	return policy + strings.Join(c.EmbedOn, " ")
}

// embeddable reports whether some page may show the map in a frame.
func (c *Config) embeddable() bool { return !slices.Contains(c.EmbedOn, NoEmbedder) }
