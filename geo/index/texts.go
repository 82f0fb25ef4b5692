package index

import (
	"slices"
	"sort"
	"strings"
)

// texts is a list of strings in one piece of memory: what a slice of strings
// spends on headers, and the garbage collector on following them, adds up.
type texts struct {
	all  string
	ends []uint32
}

func (t *texts) at(i uint32) string {
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return t.all[from:t.ends[i]]
}

// find returns where s is, or would be, in a sorted list.
func (t *texts) find(s string) (uint32, bool) {
	i := sort.Search(len(t.ends), func(i int) bool { return t.at(uint32(i)) >= s })
	return uint32(i), i < len(t.ends) && t.at(uint32(i)) == s
}

// textsOf joins n strings.
func textsOf(n int, at func(int) string) texts {
	size := 0
	for i := range n {
		size += len(at(i))
	}
	var all strings.Builder
	all.Grow(size)
	t := texts{ends: make([]uint32, n)}
	for i := range n {
		all.WriteString(at(i))
		t.ends[i] = uint32(all.Len())
	}
	t.all = all.String()
	return t
}

// dictionary numbers strings; 0 is the empty one.
type dictionary struct {
	list []string
	at   map[string]uint32
}

// newDictionary goes on from a list, which stays as it is.
func newDictionary(list []string) *dictionary {
	d := &dictionary{list: slices.Clip(list), at: make(map[string]uint32, len(list)+1)}
	if len(list) == 0 {
		d.list = []string{""}
	}
	for i, s := range d.list {
		d.at[s] = uint32(i)
	}
	return d
}

func (d *dictionary) number(s string) uint32 {
	n, ok := d.at[s]
	if !ok {
		n = uint32(len(d.list))
		s = strings.Clone(s) // it may be a part of something large
		d.list = append(d.list, s)
		d.at[s] = n
	}
	return n
}

// sparse is a column that few rows have a value in; rows ascend.
type sparse[T any] struct {
	rows   []uint32
	values []T
}

func (s *sparse[T]) add(row uint32, value T) {
	s.rows = append(s.rows, row)
	s.values = append(s.values, value)
}

func (s *sparse[T]) find(row uint32) (value T, ok bool) {
	i, ok := slices.BinarySearch(s.rows, row)
	if ok {
		value = s.values[i]
	}
	return value, ok
}

// at is the value of the row, or the zero value.
func (s *sparse[T]) at(row uint32) T {
	value, _ := s.find(row)
	return value
}

// lists are the rows by a column's value, ascending for each.
type lists struct {
	starts []uint32
	rows   []uint32
}

func (l *lists) of(i uint32) []uint32 { return l.rows[l.starts[i]:l.starts[i+1]] }

func (l *lists) count(i uint32) int { return int(l.starts[i+1] - l.starts[i]) }

// listsOf sorts the rows of a column by its values, which are below n.
func listsOf(n int, column []uint32) lists {
	l := lists{starts: make([]uint32, n+1), rows: make([]uint32, len(column))}
	for _, v := range column {
		l.starts[v+1]++
	}
	for i := range n {
		l.starts[i+1] += l.starts[i]
	}
	next := slices.Clone(l.starts[:n])
	for row, v := range column {
		l.rows[next[v]] = uint32(row)
		next[v]++
	}
	return l
}
