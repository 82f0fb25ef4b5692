// Package seeds embeds sample dispatches on the first days of the war of
// autumn 2020 in Nagorno-Karabakh. They were written for this project, and
// `conflictmap serve --demo` loads them into an empty database. They are no
// source for research.
package seeds

import (
	"embed"
	"io/fs"
)

//go:embed *.txt
var files embed.FS

// FS holds the dispatches at its root, one text file each with a header block,
// as geo/ingest reads them. The names sort by day.
func FS() fs.FS { return files }
