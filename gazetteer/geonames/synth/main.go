// Command synth writes a made-up dump in the form of GeoNames' allCountries to
// standard output, to measure how an import scales:
//
//	go run ./gazetteer/geonames/synth -rows 12000000 > synth.txt
//
// The rows are random but for the seed: the same flags give the same bytes.
// Lengths and numbers of names follow the real dump, so that sizes and times are
// of use; the names mean nothing.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
)

func main() {
	rows := flag.Int("rows", 12_000_000, "how many places")
	seed := flag.Uint64("seed", 1, "another seed makes other rows")
	names := flag.Bool("names", false, "write alternateNamesV2 for the places instead, 1.4 names a place")
	flag.Parse()
	write := writePlaces
	if *names {
		write = writeNames
	}
	if err := write(os.Stdout, *rows, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "synth:", err)
		os.Exit(1)
	}
}

// maker makes names and features.
type maker struct {
	*rand.Rand
	common []string // names that many places bear
}

func newMaker(seed, stream uint64) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, stream))}
	names := make([]string, 60_000)
	for i := range names {
		names[i] = m.latin()
	}
	m.common = names
	return m
}

// one returns one of the words.
func (m *maker) one(words ...string) string { return words[m.IntN(len(words))] }

func (m *maker) latin() string {
	var s string
	for range 2 + m.IntN(3) {
		s += m.one("b", "ch", "d", "f", "g", "gh", "h", "j", "k", "kh", "l", "m", "n", "p", "q", "r", "s", "sh", "t", "v", "y", "z", "st", "tr", "br") +
			m.one("a", "e", "i", "o", "u", "ä", "ü", "ö", "ı", "aa", "ai", "ou") +
			m.one("", "", "", "n", "r", "l", "s", "t", "k", "m", "nd", "ng")
	}
	s = string(s[0]-'a'+'A') + s[1:]
	switch m.IntN(6) {
	case 0:
		s += m.one(" River", " Dağı", "-e Bala", " Kalan", " Creek", "stan", "abad", "ville", " Nuevo", " de Arriba", "kənd")
	case 1:
		s = m.one("Al ", "San ", "Nahr ", "Kampung ", "Bukit ", "Sungai ", "Upper ", "Little ", "Khirbat ", "Saint-") + s
	}
	return s
}

func (m *maker) cyrillic() string {
	s := make([]rune, 5+m.IntN(6))
	for i := range s {
		s[i] = 'а' + m.Int32N(32)
	}
	return string(s)
}

// name returns one of the names that are common, or else one of its own.
func (m *maker) name() string {
	if m.IntN(3) == 0 {
		return m.common[min(m.IntN(len(m.common)), m.IntN(len(m.common)))]
	}
	return m.latin()
}

// feature returns a class and a code. An import leaves out one in nine: fewer
// than of the real dump, so that it has more to do.
func (m *maker) feature() (class, code string) {
	const shares = "500 P PPL,20 P PPLX,15 P PPLL,5 P PPLA2,1 P PPLA,5 A ADM2,15 A ADM3,90 H STM,30 H STMI,30 H LK,40 T MT,40 T HLL," +
		"20 T ISL,15 T CAPE,15 T VAL,10 L PRK,5 V FRST,10 H BAY,5 S AIRP,5 S DAM,10 H RSV," +
		"20 S CH,20 S SCH,10 S HTL,20 S FRM,10 H SPNG,10 H WLL,10 S BLDG,14 L LCTY"
	n := m.IntN(1000)
	for share := range strings.SplitSeq(shares, ",") {
		words := strings.Fields(share)
		thousandths, err := strconv.Atoi(words[0])
		if n -= thousandths; n < 0 || err != nil {
			return words[1], words[2]
		}
	}
	return "P", "PPL"
}

// alternates is how many names the column of alternate names has: most rows
// none, a few very many.
func (m *maker) alternates() int {
	switch n := m.IntN(100); {
	case n < 55:
		return 0
	case n < 85:
		return 1 + m.IntN(2)
	case n < 99:
		return 3 + m.IntN(5)
	}
	return 10 + m.IntN(60)
}

func (m *maker) population(class string) int {
	if class != "P" || m.IntN(20) > 0 {
		return 0
	}
	return 1 << m.IntN(22)
}

func writePlaces(out io.Writer, rows int, seed uint64) error {
	w := bufio.NewWriterSize(out, 1<<20)
	m := newMaker(seed, 1)
	line := make([]byte, 0, 1024)
	for i := range rows {
		name := m.name()
		class, code := m.feature()
		line = fmt.Appendf(line[:0], "%d\t%s\t%s\t", 1_000_000+i, name, name)
		for j := range m.alternates() {
			if j > 0 {
				line = append(line, ',')
			}
			if m.IntN(3) == 0 {
				line = append(line, m.cyrillic()...)
			} else {
				line = append(line, m.name()...)
			}
		}
		line = fmt.Appendf(line, "\t%.5f\t%.5f\t%s\t%s\t%c%c\t\t%02d\t%03d\t\t\t%d\t\t%d\tEtc/UTC\t2026-01-01\n",
			m.Float64()*150-65, m.Float64()*360-180, class, code, 'A'+m.Int32N(26), 'A'+m.Int32N(26),
			m.IntN(40), m.IntN(300), m.population(class), m.IntN(3000))
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return w.Flush()
}

func writeNames(out io.Writer, rows int, seed uint64) error {
	w := bufio.NewWriterSize(out, 1<<20)
	m := newMaker(seed, 2)
	for i := range rows * 14 / 10 {
		language, text, flags := m.one("en", "ru", "fr", "ar", "es", "", "link", "wkdt", "post", "zh"), "", "\t\t\t\t\t"
		switch language {
		case "link":
			text = "https://en.wikipedia.org/wiki/" + m.latin()
		case "wkdt":
			text = "Q" + strconv.Itoa(m.IntN(100_000_000))
		case "ru":
			text = m.cyrillic()
		default:
			text = m.name()
		}
		if m.IntN(10) == 0 {
			flags = "1\t\t\t\t\t"
		}
		if _, err := fmt.Fprintf(w, "%d\t%d\t%s\t%s\t%s\n", i+1, 1_000_000+m.IntN(rows), language, text, flags); err != nil {
			return err
		}
	}
	return w.Flush()
}
