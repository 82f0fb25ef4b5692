package gazetteer

import (
	"fmt"
	"math"
	"os"

	"github.com/blevesearch/mmap-go"
)

// mapFile returns the content of the file, mapped into memory where the system
// can do that and read where it can't, and what releases it.
func mapFile(path string) (data []byte, release func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() // read-only; a mapping outlives the descriptor
	stat, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	switch {
	case !stat.Mode().IsRegular():
		return nil, nil, fmt.Errorf("%s is no regular file", path)
	case stat.Size() < int64(headerSize+trailerSize):
		return nil, nil, fmt.Errorf("%w: %d bytes", ErrFormat, stat.Size())
	case stat.Size() > math.MaxInt:
		return nil, nil, fmt.Errorf("%d bytes are more than this system can address", stat.Size())
	}
	m, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		data, err := os.ReadFile(path)
		return data, ownMemory, err
	}
	return m, m.Unmap, nil
}
