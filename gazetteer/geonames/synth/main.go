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

// share is how often a feature stands in the dump, in thousandths.
type share struct {
	class, code string
	thousandths int
}

// The last line are features that an import leaves out: fewer than in the real
// dump, so that an import has more to do.
var shares = []share{
	{"P", "PPL", 500}, {"P", "PPLX", 20}, {"P", "PPLL", 15}, {"P", "PPLA2", 5}, {"P", "PPLA", 1}, {"A", "ADM2", 5}, {"A", "ADM3", 15},
	{"H", "STM", 90}, {"H", "STMI", 30}, {"H", "LK", 30}, {"T", "MT", 40}, {"T", "HLL", 40}, {"T", "ISL", 20}, {"T", "CAPE", 15},
	{"T", "VAL", 15}, {"L", "PRK", 10}, {"V", "FRST", 5}, {"H", "BAY", 10}, {"S", "AIRP", 5}, {"S", "DAM", 5}, {"H", "RSV", 10},
	{"S", "CH", 20}, {"S", "SCH", 20}, {"S", "HTL", 10}, {"S", "FRM", 20}, {"H", "SPNG", 10}, {"H", "WLL", 10}, {"S", "BLDG", 10}, {"L", "LCTY", 14},
}

var (
	onsets  = []string{"b", "ch", "d", "f", "g", "gh", "h", "j", "k", "kh", "l", "m", "n", "p", "q", "r", "s", "sh", "t", "v", "y", "z", "st", "tr", "br"}
	vowels  = []string{"a", "e", "i", "o", "u", "ä", "ü", "ö", "ı", "aa", "ai", "ou"}
	codas   = []string{"", "", "", "n", "r", "l", "s", "t", "k", "m", "nd", "ng"}
	letters = []rune("абвгдежзиклмнопрстуфхчшыюя")
	after   = []string{" River", " Dağı", "-e Bala", " Kalan", " Creek", "stan", "abad", "ville", " Nuevo", " de Arriba", "kənd"}
	before  = []string{"Al ", "San ", "Nahr ", "Kampung ", "Bukit ", "Sungai ", "Upper ", "Little ", "Khirbat ", "Saint-"}
)

func capital(s string) string {
	if s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

func latin(r *rand.Rand) string {
	var s string
	for range 2 + r.IntN(3) {
		s += onsets[r.IntN(len(onsets))] + vowels[r.IntN(len(vowels))] + codas[r.IntN(len(codas))]
	}
	s = capital(s)
	switch r.IntN(6) {
	case 0:
		s += after[r.IntN(len(after))]
	case 1:
		s = before[r.IntN(len(before))] + s
	}
	return s
}

func cyrillic(r *rand.Rand) string {
	s := make([]rune, 5+r.IntN(6))
	for i := range s {
		s[i] = letters[r.IntN(len(letters))]
	}
	return string(s)
}

// name returns one of the names that are common, or else one of its own.
func name(r *rand.Rand, common []string) string {
	if r.IntN(3) == 0 {
		return common[min(r.IntN(len(common)), r.IntN(len(common)))]
	}
	return latin(r)
}

func commonNames(r *rand.Rand) []string {
	names := make([]string, 60_000)
	for i := range names {
		names[i] = latin(r)
	}
	return names
}

func feature(r *rand.Rand) share {
	n := r.IntN(1000)
	for _, s := range shares {
		if n -= s.thousandths; n < 0 {
			return s
		}
	}
	return shares[0]
}

func writePlaces(out io.Writer, rows int, seed uint64) error {
	w := bufio.NewWriterSize(out, 1<<20)
	r := rand.New(rand.NewPCG(seed, 1))
	common := commonNames(r)
	line := make([]byte, 0, 1024)
	for i := range rows {
		main, f := name(r, common), feature(r)
		line = strconv.AppendInt(line[:0], int64(1_000_000+i), 10)
		line = append(append(append(append(line, '\t'), main...), '\t'), main...)
		line = append(line, '\t')
		for j := range alternates(r) {
			if j > 0 {
				line = append(line, ',')
			}
			if r.IntN(3) == 0 {
				line = append(line, cyrillic(r)...)
			} else {
				line = append(line, name(r, common)...)
			}
		}
		line = fmt.Appendf(line, "\t%.5f\t%.5f\t%s\t%s\t%c%c\t\t%02d\t%03d\t\t\t%d\t\t%d\tEtc/UTC\t2026-01-01\n",
			r.Float64()*150-65, r.Float64()*360-180, f.class, f.code, 'A'+rune(r.IntN(26)), 'A'+rune(r.IntN(26)),
			r.IntN(40), r.IntN(300), population(r, f), r.IntN(3000))
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// alternates is how many names the column of alternate names has: most rows
// none, a few very many.
func alternates(r *rand.Rand) int {
	switch n := r.IntN(100); {
	case n < 55:
		return 0
	case n < 85:
		return 1 + r.IntN(2)
	case n < 99:
		return 3 + r.IntN(5)
	}
	return 10 + r.IntN(60)
}

func population(r *rand.Rand, f share) int {
	if f.class != "P" || r.IntN(20) > 0 {
		return 0
	}
	return 1 << r.IntN(22)
}

func writeNames(out io.Writer, rows int, seed uint64) error {
	w := bufio.NewWriterSize(out, 1<<20)
	r := rand.New(rand.NewPCG(seed, 2))
	common := commonNames(r)
	languages := []string{"en", "ru", "fr", "ar", "es", "", "link", "wkdt", "post", "zh"}
	for i := range rows * 14 / 10 {
		language, text, flags := languages[r.IntN(len(languages))], "", "\t\t\t\t\t"
		switch language {
		case "link":
			text = "https://en.wikipedia.org/wiki/" + latin(r)
		case "wkdt":
			text = "Q" + strconv.Itoa(r.IntN(100_000_000))
		case "ru":
			text = cyrillic(r)
		default:
			text = name(r, common)
		}
		if r.IntN(10) == 0 {
			flags = "1\t\t\t\t\t"
		}
		if _, err := fmt.Fprintf(w, "%d\t%d\t%s\t%s\t%s\n", i+1, 1_000_000+r.IntN(rows), language, text, flags); err != nil {
			return err
		}
	}
	return w.Flush()
}
