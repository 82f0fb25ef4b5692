// Package static holds the map page: its sources (src, TypeScript and CSS) and,
// once `npm run build` has put it into dist, the built page embedded in the
// binary. A checkout whose page was not built compiles all the same; Bundle
// then says that there is none.
package static

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Bundle is the root of the built page: index.html and the folder assets, whose
// file names carry a hash of their content and so may be cached for ever. It
// returns false where the page was not built before the binary.
func Bundle() (fs.FS, bool) { return bundle(dist) }

func bundle(embedded fs.FS) (fs.FS, bool) {
	page, err := fs.Sub(embedded, "dist")
	if err != nil {
		return nil, false
	}
	info, err := fs.Stat(page, "index.html")
	if err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	return page, true
}
