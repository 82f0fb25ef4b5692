package gazetteer

import (
	"bufio"
	"bytes"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
)

// sorter sorts more pairs of key and value than fit into memory: full buffers
// are sorted and written to files, which are merged at the end.
type sorter struct {
	dir   func() (string, error) // where the files go, made when first needed
	limit int                    // bytes in memory
	arena []byte
	pairs []pair
	runs  []*os.File
}

// pair is a pair in the arena. Most keys differ within their first eight bytes.
type pair struct {
	prefix     uint64
	start, key uint32 // the pair's offset and the length of its key
	value      uint32 // length of the value
}

const (
	pairSize   = 24
	minSorter  = 64 << 10
	runBuffer  = 256 << 10
	maxRuns    = 64
	maxKeySize = 1 << 12
)

func newSorter(limit int, dir func() (string, error)) *sorter {
	return &sorter{dir: dir, limit: min(max(limit, minSorter), math.MaxInt32)}
}

func (s *sorter) add(key, value []byte) error {
	if len(s.pairs) > 0 && len(s.arena)+len(key)+len(value)+(len(s.pairs)+1)*pairSize > s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	s.pairs = append(s.pairs, pair{prefixOf(key), uint32(len(s.arena)), uint32(len(key)), uint32(len(value))})
	s.arena = append(append(s.arena, key...), value...)
	return nil
}

func prefixOf(key []byte) uint64 {
	if len(key) >= 8 {
		return binary.BigEndian.Uint64(key)
	}
	var b [8]byte
	copy(b[:], key)
	return binary.BigEndian.Uint64(b[:])
}

func (s *sorter) at(p pair) (key, value []byte) {
	b := s.arena[p.start:]
	return b[:p.key], b[p.key:][:p.value]
}

func (s *sorter) sort() {
	slices.SortFunc(s.pairs, func(a, b pair) int {
		if a.prefix != b.prefix {
			return cmp.Compare(a.prefix, b.prefix)
		}
		keyA, _ := s.at(a)
		keyB, _ := s.at(b)
		return cmp.Or(bytes.Compare(keyA, keyB), cmp.Compare(a.start, b.start))
	})
}

// spill writes the buffer to a file. Many files are merged into one, so that
// their number stays within what a process may open.
func (s *sorter) spill() error {
	s.sort()
	err := s.run(func(yield func(key, value []byte) error) error {
		for _, p := range s.pairs {
			if err := yield(s.at(p)); err != nil {
				return err
			}
		}
		return nil
	})
	s.pairs, s.arena = s.pairs[:0], s.arena[:0]
	if err == nil && len(s.runs) == maxRuns {
		old := s.runs
		s.runs = nil
		err = errors.Join(s.run(func(yield func(key, value []byte) error) error { return mergeRuns(old, yield) }), closeAll(old))
	}
	return err
}

// run writes what pairs yields to a new file.
func (s *sorter) run(pairs func(yield func(key, value []byte) error) error) error {
	dir, err := s.dir()
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, "run-")
	if err != nil {
		return fmt.Errorf("sort on disk: %w", err)
	}
	s.runs = append(s.runs, f)
	w := bufio.NewWriterSize(f, runBuffer)
	var head []byte
	err = pairs(func(key, value []byte) error {
		head = binary.AppendUvarint(binary.AppendUvarint(head[:0], uint64(len(key))), uint64(len(value)))
		_, errHead := w.Write(head)
		_, errKey := w.Write(key)
		_, errValue := w.Write(value)
		return errors.Join(errHead, errKey, errValue)
	})
	if err := errors.Join(err, w.Flush()); err != nil {
		return fmt.Errorf("sort on disk: %w", err)
	}
	return nil
}

// each calls yield with every pair in the order of the keys, equal ones in the
// order in which they were added, and empties the sorter. The bytes are valid
// until yield returns.
func (s *sorter) each(yield func(key, value []byte) error) error {
	if len(s.runs) > 0 && len(s.pairs) > 0 {
		if err := s.spill(); err != nil {
			return err
		}
	}
	if len(s.runs) > 0 {
		s.arena, s.pairs = nil, nil
		err := mergeRuns(s.runs, yield)
		return errors.Join(err, s.close())
	}
	s.sort()
	for _, p := range s.pairs {
		if err := yield(s.at(p)); err != nil {
			return err
		}
	}
	return s.close()
}

// close drops all pairs and removes the files.
func (s *sorter) close() error {
	err := closeAll(s.runs)
	s.runs, s.arena, s.pairs = nil, nil, nil
	return err
}

func closeAll(files []*os.File) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, f.Close(), os.Remove(f.Name()))
	}
	return errors.Join(errs...)
}

func mergeRuns(files []*os.File, yield func(key, value []byte) error) error {
	var q runHeap
	for i, f := range files {
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("merge sorted files: %w", err)
		}
		r := &runReader{order: i, r: bufio.NewReaderSize(f, runBuffer)}
		if err := r.next(); err == nil {
			q = append(q, r)
		} else if !errors.Is(err, io.EOF) {
			return err
		}
	}
	heap.Init(&q)
	for len(q) > 0 {
		if err := yield(q[0].key, q[0].value); err != nil {
			return err
		}
		switch err := q[0].next(); {
		case err == nil:
			heap.Fix(&q, 0)
		case errors.Is(err, io.EOF):
			heap.Pop(&q)
		default:
			return err
		}
	}
	return nil
}

// runReader reads a file of sorted pairs.
type runReader struct {
	order      int
	r          *bufio.Reader
	buf        []byte
	key, value []byte
}

// next reads a pair; io.EOF if there is none.
func (r *runReader) next() error {
	key, err := binary.ReadUvarint(r.r)
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	value, errValue := binary.ReadUvarint(r.r)
	if err := errors.Join(err, errValue); err != nil {
		return fmt.Errorf("merge sorted files: %w", err)
	}
	if key > maxKeySize || value > maxRecord {
		return fmt.Errorf("merge sorted files: pair of %d and %d bytes", key, value)
	}
	r.buf = slices.Grow(r.buf[:0], int(key+value))[:key+value]
	if _, err := io.ReadFull(r.r, r.buf); err != nil {
		return fmt.Errorf("merge sorted files: %w", io.ErrUnexpectedEOF)
	}
	r.key, r.value = r.buf[:key], r.buf[key:]
	return nil
}

type runHeap []*runReader

func (q runHeap) Len() int { return len(q) }
func (q runHeap) Less(i, j int) bool {
	return cmp.Or(bytes.Compare(q[i].key, q[j].key), cmp.Compare(q[i].order, q[j].order)) < 0
}
func (q runHeap) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *runHeap) Push(x any)   { *q = append(*q, x.(*runReader)) }
func (q *runHeap) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
