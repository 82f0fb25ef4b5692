package geoparse

import (
	"strconv"
	"strings"
)

// quantity is a number of people as a text gives it. Vague words stand for the
// least that they can mean.
type quantity struct {
	first, last int // tokens, with what qualifies the number, inclusive
	low, high   int
	open        bool // or more
	article     bool // "a woman": one only because a single person is named
	none        bool // "no", "nobody"
}

// maxPeople bounds what is taken for a number of people.
const maxPeople = 50_000_000

// quantityAt reads the quantity that starts at token i and ends by token end.
func (d *document) quantityAt(i, end int) (quantity, bool) {
	q := quantity{first: i}
	j, least, most, ok := d.qualifiers(i, end)
	if !ok {
		return q, false
	}
	low, n := d.numeral(j, end)
	switch {
	case n > 0:
		q.low, q.high = low, low
		j += n
		if high, m := d.rangeEnd(j, end); m > 0 && high > low {
			q.high = high
			j += m
		}
	default:
		if n, ok = d.vague(&q, j, end); !ok {
			return q, false
		}
		j += n
	}
	if j <= end && d.toks[j].is("or") && j < end && d.toks[j+1].is("more", "so") {
		q.open = q.open || d.toks[j+1].is("more")
		j += 2
	}
	q.last = j - 1
	q.open = q.open || least
	if most && !q.none {
		q.low = min(1, q.high)
	}
	return q, q.high <= maxPeople && !d.isMeasure(j, end) && (i == 0 || !d.toks[i-1].isCurrency())
}

// qualifiers skips what stands before a number and tells a least from a highest one.
func (d *document) qualifiers(i, end int) (j int, least, most, ok bool) {
	j = i
	for j <= end {
		t, next := &d.toks[j], d.at(j+1)
		switch {
		case t.is("at") && next.is("least"), t.is("upwards") && next.is("of"):
			least, j = true, j+2
		case t.is("more", "greater") && next.is("than"):
			least, j = true, j+2
		case t.is("well", "far") && next.is("over", "above"), t.is("in") && next.is("excess"):
			least, j = true, j+2
			if d.at(j).is("of") {
				j++
			}
		case t.is("over", "above") && d.countsAt(j+1):
			least, j = true, j+1
		case t.is("no", "not") && next.is("fewer", "less") && d.at(j+2).is("than"):
			least, j = true, j+3
		case t.is("no", "not") && next.is("more") && d.at(j+2).is("than"), t.is("as") && next.is("many") && d.at(j+2).is("as"):
			most, j = true, j+3
		case t.is("up") && next.is("to"), t.is("fewer", "less") && next.is("than"), t.is("at") && next.is("most"):
			most, j = true, j+2
		case t.is("close") && next.is("to"), t.is("an", "the") && next.is("estimated"), t.is("a") && next.is("further"):
			j += 2
		case t.is("a", "an") && next.is("total", "minimum", "overall") && (d.at(j+2).is("of") || d.at(j+3).is("of")):
			least = least || next.is("minimum")
			for !d.at(j).is("of") {
				j++
			}
			j++
		case t.is("about", "around", "approximately", "roughly", "nearly", "almost", "some", "another", "estimated", "just", "only", "between", "all", "both") && d.countsAt(j+1):
			j++
		case t.is("the", "his", "her", "their", "its") && d.countsAt(j+1):
			j++
		default:
			return j, least, most, true
		}
		if j-i > 8 {
			break
		}
	}
	return j, least, most, false
}

// countsAt reports whether a number, or what qualifies one, may start at token i.
func (d *document) countsAt(i int) bool {
	t := d.at(i)
	_, isUnit := smallNumber(t.fold)
	return t.kind == number || isUnit || t.is("a", "dozens", "scores", "hundreds", "thousands", "tens", "dozen", "half", "hundred", "at", "about", "around", "some", "more", "over", "nearly", "almost", "an", "estimated")
}

// numeral reads a number in digits or words: "30,000", "1.5 million",
// "twenty-four", "two hundred and six", "half a dozen". It returns the number of
// tokens, 0 for none.
func (d *document) numeral(i, end int) (value, n int) {
	if i > end {
		return 0, 0
	}
	t := &d.toks[i]
	if t.kind == number {
		return d.digits(i, end)
	}
	if t.is("half") && d.at(i+1).is("a") && d.at(i+2).is("dozen") {
		return 6, 3
	}
	if t.is("a", "an") && d.at(i+1).is("dozen", "hundred", "thousand", "million", "couple") {
		m, _ := multiplier(d.at(i + 1))
		n = 2
		if d.at(i + 1).is("couple") {
			m = 2
		}
		if d.at(i + 2).is("of") {
			n = 3
		}
		return m, n
	}
	return d.spelled(i, end)
}

// spelled reads "twenty-four", "two hundred and six", "three thousand".
func (d *document) spelled(i, end int) (value, n int) {
	sum, group, j := 0, 0, i
	for j <= end && j-i < 12 {
		t := &d.toks[j]
		if v, ok := smallNumber(t.fold); ok && (group%10 == 0 && v < 10 || group%100 == 0) {
			group += v
		} else if m, ok := multiplier(t); ok && j > i && t.fold != "dozen" {
			if m == 100 {
				group *= m
			} else {
				sum, group = sum+group*m, 0
			}
		} else if ok && j > i {
			return sum + group*12, j + 1 - i
		} else if j > i && (t.isHyphen() || t.is("and")) && d.continues(j+1, end, group, t.isHyphen()) {
			j++
			continue
		} else {
			break
		}
		j++
	}
	if sum+group > maxPeople {
		return 0, 0
	}
	return sum + group, j - i
}

// continues reports whether token i goes on with a number after a hyphen or "and".
func (d *document) continues(i, end, group int, hyphen bool) bool {
	v, ok := smallNumber(d.at(i).fold)
	if !ok || i > end {
		return false
	}
	return hyphen && group%10 == 0 && v < 10 || !hyphen && group >= 100 && group%100 == 0 && v > 0
}

// digits reads a number in digits with what multiplies it. Years and ordinals
// are none.
func (d *document) digits(i, end int) (value, n int) {
	text := strings.ReplaceAll(d.toks[i].text, ",", "")
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f < 0 || f > maxPeople || strings.ContainsAny(text, "xXpP_:") {
		return 0, 0
	}
	n = 1
	if i < end {
		if m, ok := multiplier(&d.toks[i+1]); ok {
			f *= float64(m)
			n = 2
		} else if d.toks[i+1].isHyphen() && d.at(i+2).is("year", "strong", "day", "hour", "minute", "mile", "km", "kilometre", "kilometer", "metre", "meter", "month", "week") {
			return 0, 0
		}
	}
	if f != float64(int(f)) {
		return 0, 0
	}
	return int(f), n
}

// looksLikeYear finds numbers that only a noun of people behind them could tell
// from a year.
func (d *document) looksLikeYear(q quantity) bool {
	t := &d.toks[q.last]
	return t.kind == number && len(t.text) == 4 && q.low == q.high && q.low >= 1900 && q.low < 2100
}

// rangeEnd reads the "to 30" of "20 to 30", and "-30", "and 30", "or three".
func (d *document) rangeEnd(i, end int) (value, n int) {
	if i >= end {
		return 0, 0
	}
	t := &d.toks[i]
	switch {
	case t.isHyphen(), t.isDash(), t.is("to", "or"):
	case t.is("and") && d.opensBetween(i):
	default:
		return 0, 0
	}
	v, m := d.numeral(i+1, end)
	if m == 0 {
		return 0, 0
	}
	return v, m + 1
}

// opensBetween reports whether a "between" stands before the number before token i.
func (d *document) opensBetween(i int) bool {
	for j := i - 1; j >= max(0, i-5); j-- {
		if d.toks[j].is("between") {
			return true
		}
	}
	return false
}

// vague reads what gives no number: "dozens of", "several", "a", "no".
func (d *document) vague(q *quantity, i, end int) (n int, ok bool) {
	if i > end {
		return 0, false
	}
	t, next := &d.toks[i], d.at(i+1)
	least := 0
	n = 1
	switch {
	case t.is("dozens"):
		least = 24
	case t.is("scores"):
		least = 40
	case t.is("hundreds"):
		least = 200
	case t.is("thousands"):
		least = 2000
	case t.is("several", "many", "multiple", "numerous"), t.is("a") && next.is("few", "number", "handful"):
		if i > 0 && d.toks[i-1].is("how", "so", "too", "as") {
			return 0, false
		}
		least = 2
		if t.is("a") {
			n = 2
		}
		if m, isMultiple := multiplier(d.at(i + n)); isMultiple {
			least, n = 2*m, n+1
		}
	case t.is("tens") && next.is("of") && d.at(i+2).is("thousands"):
		least, n = 20_000, 3
	case t.is("no", "nobody", "none", "zero"):
		q.none = true
		if t.is("no") && next.is("one") {
			n = 2
		}
		return n, true
	case t.is("a", "an"):
		q.low, q.high, q.article = 1, 1, true
		return 1, true
	default:
		return 0, false
	}
	if t.is("hundreds") && next.is("of") && d.at(i+2).is("thousands") {
		least, n = 200_000, 3
	}
	if d.at(i+n).is("of") && !d.at(i+n+1).is("the", "them", "those", "these", "whom", "its", "their", "his", "her") {
		n++
	}
	q.low, q.high, q.open = least, least, true
	return n, true
}

// isMeasure reports whether token i makes another measure of the number before it.
func (d *document) isMeasure(i, end int) bool {
	if i > end {
		return false
	}
	t := &d.toks[i]
	return t.text == "%" || t.is("percent", "per", "km", "kg", "tonnes", "tons", "am", "pm", "degrees") || t.text == "°"
}

func (t *token) isCurrency() bool { return t.text == "$" || t.text == "€" || t.text == "£" }

func multiplier(t *token) (int, bool) {
	switch t.fold {
	case "dozen":
		return 12, true
	case "hundred":
		return 100, true
	case "thousand":
		return 1000, true
	case "million":
		return 1_000_000, true
	}
	return 0, false
}

// smallNumber reads the words that numbers are put together from.
func smallNumber(fold string) (int, bool) {
	switch fold {
	case "one":
		return 1, true
	case "two":
		return 2, true
	case "three":
		return 3, true
	case "four":
		return 4, true
	case "five":
		return 5, true
	case "six":
		return 6, true
	case "seven":
		return 7, true
	case "eight":
		return 8, true
	case "nine":
		return 9, true
	case "ten":
		return 10, true
	case "eleven":
		return 11, true
	case "twelve":
		return 12, true
	case "thirteen":
		return 13, true
	case "fourteen":
		return 14, true
	case "fifteen":
		return 15, true
	case "sixteen":
		return 16, true
	case "seventeen":
		return 17, true
	case "eighteen":
		return 18, true
	case "nineteen":
		return 19, true
	case "twenty":
		return 20, true
	case "thirty":
		return 30, true
	case "forty":
		return 40, true
	case "fifty":
		return 50, true
	case "sixty":
		return 60, true
	case "seventy":
		return 70, true
	case "eighty":
		return 80, true
	case "ninety":
		return 90, true
	}
	return 0, false
}
