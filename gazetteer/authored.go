package gazetteer

import (
	"fmt"
	"io/fs"
)

// Authored returns the authored tables and shapes in the binary, as Load and
// LoadInto read them: what is laid over every gazetteer that is compiled.
func Authored() (fs.FS, error) {
	data, err := fs.Sub(builtin, "data")
	if err != nil {
		return nil, fmt.Errorf("authored tables: %w", err)
	}
	return data, nil
}
