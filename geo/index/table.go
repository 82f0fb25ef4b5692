package index

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/geo"
)

// table holds the mentions as columns: some fifty bytes a row. Rows stand in the
// order of Position, so that the days of an interval are a range of rows, and
// a page is read on from where the last one ended.
type table struct {
	dated         int // the rows that have days, which come first
	key           []int64
	article       []uint32
	place         []uint32 // 0 for none
	from, to      []geo.Day
	start, end    []uint32
	sentence      []uint32 // its start
	flags         []flags
	name, by      []uint32 // in View.names
	conf          []uint8  // in hundredths, or oddConfidence
	odd           sparse[float64]
	moved         sparse[orb.Geometry]
	deaths, hurts sparse[figures]
}

// figures are Figures that are stated.
type figures struct {
	low, high int32
	open      bool
}

func (t *table) len() int { return len(t.key) }

func (t *table) confidence(row uint32) float64 {
	if c := t.conf[row]; c != oddConfidence {
		return float64(c) / 100
	}
	return t.odd.at(row)
}

func (t *table) days(row uint32) geo.Interval {
	return geo.Interval{From: t.from[row], To: t.to[row]}
}

// row is a mention on its way into a table.
type row struct {
	key                                  int64
	article, place, start, end, sentence uint32
	name, by                             uint32
	from, to                             geo.Day
	flags                                flags
	conf                                 uint8
}

// extra is what few rows have.
type extra struct {
	confidence    float64
	geometry      orb.Geometry
	deaths, hurts figures
}

// rows collects mentions in pieces: growing one list would copy it over and over.
type rows struct {
	pieces [][]row
	n      int
	extras map[uint32]extra
}

const rowsAPiece = 1 << 14

func (r *rows) add(x row, e extra, special bool) {
	if r.n%rowsAPiece == 0 {
		r.pieces = append(r.pieces, make([]row, 0, rowsAPiece))
	}
	last := &r.pieces[len(r.pieces)-1]
	*last = append(*last, x)
	if special {
		if r.extras == nil {
			r.extras = make(map[uint32]extra)
		}
		r.extras[uint32(r.n)] = e
	}
	r.n++
}

func (r *rows) at(i uint32) *row { return &r.pieces[i/rowsAPiece][i%rowsAPiece] }

// rank is where a row stands among all.
type rank struct {
	day            uint32 // as unsigned, the day before the first is the last
	article, start uint32
	row            uint32
}

func (a rank) compare(b rank) int {
	return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.article, b.article), cmp.Compare(a.start, b.start))
}

func rankDay(d geo.Day) uint32 { return uint32(d - 1) }

// ranked sorts the rows.
func (r *rows) ranked() []rank {
	all := make([]rank, r.n)
	for i := range all {
		x := r.at(uint32(i))
		all[i] = rank{day: rankDay(x.from), article: x.article, start: x.start, row: uint32(i)}
	}
	slices.SortFunc(all, rank.compare)
	return all
}

// merge is how a new table comes from an old one and new rows.
type merge struct {
	old             *table
	add             *rows
	articles, where []uint32 // where the articles and places of old are now; nil: where they were
	plan            []uint32 // for each row the one of old, or the one of add with added
}

const added = 1 << 31

// with merges rows into a copy of the table.
func (t *table) with(add *rows, articles, where []uint32) *table {
	m := merge{old: t, add: add, articles: articles, where: where, plan: make([]uint32, 0, t.len()+add.n)}
	i := 0
	for _, x := range add.ranked() {
		for ; i < t.len() && m.rankOf(i).compare(x) < 0; i++ {
			m.plan = append(m.plan, uint32(i))
		}
		m.plan = append(m.plan, x.row|added)
	}
	for ; i < t.len(); i++ {
		m.plan = append(m.plan, uint32(i))
	}
	return m.table()
}

func (m *merge) rankOf(i int) rank {
	return rank{day: rankDay(m.old.from[i]), article: placed(m.articles, m.old.article[i]), start: m.old.start[i]}
}

// placed is where something is now.
func placed(moved []uint32, at uint32) uint32 {
	if moved == nil {
		return at
	}
	return moved[at]
}

// pick makes a column.
func pick[T any](m *merge, old []T, of func(*row) T) []T {
	column := make([]T, len(m.plan))
	for i, from := range m.plan {
		if from&added != 0 {
			column[i] = of(m.add.at(from &^ added))
		} else {
			column[i] = old[from]
		}
	}
	return column
}

// picked makes a column of numbers that may stand elsewhere now.
func picked(m *merge, old, moved []uint32, of func(*row) uint32) []uint32 {
	column := make([]uint32, len(m.plan))
	for i, from := range m.plan {
		if from&added != 0 {
			column[i] = of(m.add.at(from &^ added))
		} else {
			column[i] = placed(moved, old[from])
		}
	}
	return column
}

func (m *merge) table() *table {
	t := &table{
		key:      pick(m, m.old.key, func(r *row) int64 { return r.key }),
		article:  picked(m, m.old.article, m.articles, func(r *row) uint32 { return r.article }),
		place:    picked(m, m.old.place, m.where, func(r *row) uint32 { return r.place }),
		from:     pick(m, m.old.from, func(r *row) geo.Day { return r.from }),
		to:       pick(m, m.old.to, func(r *row) geo.Day { return r.to }),
		start:    pick(m, m.old.start, func(r *row) uint32 { return r.start }),
		end:      pick(m, m.old.end, func(r *row) uint32 { return r.end }),
		sentence: pick(m, m.old.sentence, func(r *row) uint32 { return r.sentence }),
		flags:    pick(m, m.old.flags, func(r *row) flags { return r.flags }),
		name:     pick(m, m.old.name, func(r *row) uint32 { return r.name }),
		by:       pick(m, m.old.by, func(r *row) uint32 { return r.by }),
		conf:     pick(m, m.old.conf, func(r *row) uint8 { return r.conf }),
	}
	t.dated, _ = slices.BinarySearchFunc(t.from, 1<<31, func(d geo.Day, least uint32) int { return cmp.Compare(rankDay(d), least) })
	m.sparse(t)
	return t
}

// sparse fills the columns that few rows have a value in.
func (m *merge) sparse(t *table) {
	for i, f := range t.flags {
		if f&(movedFlag|deathsFlag|injuriesFlag) == 0 && t.conf[i] != oddConfidence {
			continue
		}
		var e extra
		if from := m.plan[i]; from&added != 0 {
			e = m.add.extras[from&^added]
		} else {
			e = extra{m.old.odd.at(from), m.old.moved.at(from), m.old.deaths.at(from), m.old.hurts.at(from)}
		}
		r := uint32(i)
		if t.conf[i] == oddConfidence {
			t.odd.add(r, e.confidence)
		}
		if f.is(movedFlag) {
			t.moved.add(r, e.geometry)
		}
		if f.is(deathsFlag) {
			t.deaths.add(r, e.deaths)
		}
		if f.is(injuriesFlag) {
			t.hurts.add(r, e.hurts)
		}
	}
}
