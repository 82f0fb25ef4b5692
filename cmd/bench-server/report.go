package main

import (
	"context"
	"fmt"
	"io"
	"time"
)

// report writes the tables; err is the first error of writing.
type report struct {
	out io.Writer
	err error
}

func (r *report) printf(format string, args ...any) {
	if r.err == nil {
		_, r.err = fmt.Fprintf(r.out, format, args...)
	}
}

func (r *report) head(o options, d *dataset, load time.Duration, m memory) {
	r.printf("%d mentions, database of %d MB; %s; wrk with %d connections, %s each.\n", o.mentions, d.size>>20, machine(), o.connections, o.duration)
	r.printf("The server was ready after %.1f s with %d MB resident.\n\n", load.Seconds(), m.now>>20)
	r.printf("| case | addresses | requests/s | p50 ms | p99 ms | bytes | features | resident MB |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n")
}

func (r *report) row(c *benchCase, m *measurement) {
	kind := c.kind
	if m.repeated {
		kind += " (some twice)"
	}
	features := ""
	if m.returned > 0 {
		features = fmt.Sprintf("%.0f", m.returned)
	}
	r.printf("| %s | %s | %.0f | %.2f | %.2f | %d | %s | %d |\n", c.name, kind, m.perSecond(), m.P50/1000, m.P99/1000, m.Bytes/m.Requests, features, m.memory.now>>20)
}

func (r *report) tiles(sizes []zoomSizes) {
	r.printf("\n| collection | zoom | tiles with content | mean bytes | worst bytes | worst tile |\n| --- | ---: | ---: | ---: | ---: | --- |\n")
	for _, s := range sizes {
		r.printf("| %s | %d | %d | %d | %d | %s |\n", s.collection, s.zoom, s.tiles, s.total/max(1, s.tiles), s.worst, s.worstTile)
	}
}

func (r *report) foot(m memory) {
	r.printf("\nResident at the end %d MB (of it %d MB mapped files), at most %d MB.\n", m.now>>20, m.files>>20, m.peak>>20)
}

// zoomSizes are the sizes of all tiles of a zoom, in bytes before compression.
type zoomSizes struct {
	collection   string
	zoom, tiles  int
	total, worst int
	worstTile    string
}

// maxZoom is the highest zoom of which all tiles are looked at.
const maxZoom = 6

// tileSizes gets all tiles of the low zooms.
func tileSizes(ctx context.Context, url string) ([]zoomSizes, error) {
	var all []zoomSizes
	for _, collection := range []string{"events", "mentions"} {
		for zoom := range maxZoom + 1 {
			s := zoomSizes{collection: collection, zoom: zoom}
			for x := range 1 << zoom {
				for y := range 1 << zoom {
					body, err := get(ctx, fmt.Sprintf("%s/tiles/%s/%d/%d/%d.mvt", url, collection, zoom, x, y))
					if err != nil {
						return nil, err
					}
					s.add(len(body), x, y)
				}
			}
			all = append(all, s)
		}
	}
	return all, nil
}

func (s *zoomSizes) add(size, x, y int) {
	if size == 0 {
		return
	}
	s.tiles++
	s.total += size
	if size > s.worst {
		s.worst, s.worstTile = size, fmt.Sprintf("%d/%d/%d", s.zoom, x, y)
	}
}
