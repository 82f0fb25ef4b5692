package geoparse

import (
	"strconv"
	"strings"
)

// bearing is a compass point, in sixteenths of the circle, clockwise from north.
type bearing struct{ sixteenth int }

func (b bearing) degrees() float64 { return float64(b.sixteenth) * 22.5 }

// bearingBefore reads the compass words that end at token i ("south",
// "north-east", "north-north-east", "SW"), with "due" and "to the" before them, and
// returns the first of their tokens.
func (d *document) bearingBefore(i, first int) (bearing, int, bool) {
	var letters string
	j := i
	for ; j >= first && len(letters) < 3; j-- {
		x := &d.toks[j]
		if x.isHyphen() && letters != "" {
			continue
		}
		l := compassLetters(x)
		if l == "" {
			break
		}
		letters = l + letters
		if j-1 >= first && !d.toks[j-1].isHyphen() && compassLetters(&d.toks[j-1]) == "" {
			j--
			break
		}
	}
	b, ok := compassPoint(letters)
	if !ok {
		return bearing{}, 0, false
	}
	from := j + 1
	for from-1 >= first && d.toks[from-1].is("the", "to", "due", "just", "directly", "further", "farther", "slightly") {
		from--
	}
	return b, from, true
}

// compassLetters are the first letters of a compass word's parts, "" where it is none.
func compassLetters(t *token) string {
	if t.kind != word {
		return ""
	}
	switch t.fold {
	case "north":
		return "n"
	case "south":
		return "s"
	case "east":
		return "e"
	case "west":
		return "w"
	case "northeast":
		return "ne"
	case "northwest":
		return "nw"
	case "southeast":
		return "se"
	case "southwest":
		return "sw"
	case "n", "s", "e", "w", "ne", "nw", "se", "sw", "nne", "ene", "ese", "sse", "ssw", "wsw", "wnw", "nnw":
		if strings.ToUpper(t.text) == t.text {
			return t.fold
		}
	}
	return ""
}

// compassPoint is the bearing of one to three letters.
func compassPoint(letters string) (bearing, bool) {
	for i, l := range [...]string{"n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"} {
		if l == letters {
			return bearing{i}, true
		}
	}
	return bearing{}, false
}

// distanceBefore reads the distance that ends at token i ("15 km", "15km",
// "twenty-five miles", "half a kilometre", "15 km (9 miles)") in metres and returns
// its first token. Numbers that the text leaves open ("a few miles") are no distance.
func (d *document) distanceBefore(i, first int) (metres float64, from int, ok bool) {
	if d.at(i).text == ")" {
		for j := i - 1; j >= max(first, i-5); j-- {
			if d.toks[j].text == "(" {
				return d.distanceBefore(j-1, first)
			}
		}
		return 0, 0, false
	}
	if i < first {
		return 0, 0, false
	}
	if n, unit, ok := numberWithUnit(&d.toks[i]); ok {
		return n * unit, i, true
	}
	unit, ok := unitMetres(&d.toks[i])
	if !ok {
		return 0, 0, false
	}
	i--
	if d.at(i).is("nautical") {
		unit, i = 1852, i-1
	}
	if d.at(i).isHyphen() {
		i-- // "15-km"
	}
	n, from, ok := d.numberBefore(i, first)
	return n * unit, from, ok && n > 0
}

// unitMetres is the length of a unit in metres.
func unitMetres(t *token) (float64, bool) {
	switch t.fold {
	case "km", "kms", "kilometre", "kilometres", "kilometer", "kilometers":
		return 1000, true
	case "mile", "miles", "mi":
		return 1609.344, true
	case "m", "metre", "metres", "meter", "meters":
		return 1, true
	case "yard", "yards":
		return 0.9144, true
	}
	return 0, false
}

// numberWithUnit reads "15km".
func numberWithUnit(t *token) (n, unit float64, ok bool) {
	if t.kind != number {
		return 0, 0, false
	}
	digits := strings.TrimRight(t.fold, "abcdefghijklmnopqrstuvwxyz")
	if digits == t.fold {
		return 0, 0, false
	}
	suffix := token{fold: t.fold[len(digits):]}
	if unit, ok = unitMetres(&suffix); !ok {
		return 0, 0, false
	}
	n, ok = digitsOf(digits)
	return n, unit, ok
}

// digitsOf reads "15", "2.5" and "1,200".
func digitsOf(s string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return n, err == nil && n >= 0 && n < 1e6
}

// numberBefore reads the number that ends at token i, in digits or in words.
func (d *document) numberBefore(i, first int) (n float64, from int, ok bool) {
	if i < first {
		return 0, 0, false
	}
	t := &d.toks[i]
	if t.kind == number {
		n, ok = digitsOf(t.text)
		return n, i, ok
	}
	if t.is("a", "an") {
		if d.at(i - 1).is("half") {
			return 0.5, i - 1, true
		}
		return 1, i, true
	}
	n, ok = numeral(t.fold)
	if !ok {
		return 0, 0, false
	}
	from = i
	if before := i - 1; n < 10 {
		if d.at(before).isHyphen() {
			before--
		}
		if tens, ok := numeral(d.at(before).fold); ok && tens >= 20 && tens < 100 && before >= first {
			return n + tens, before, true
		}
	}
	if n == 100 || n == 12 {
		if times, ok := numeral(d.at(i - 1).fold); ok && i-1 >= first && times < 10 {
			return n * times, i - 1, true
		}
		if d.at(i-1).is("a") && i-1 >= first {
			from--
		}
	}
	return n, from, true
}

// numeral is the value of a number word.
func numeral(fold string) (float64, bool) {
	for i, w := range [...]string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"} {
		if w == fold {
			return float64(i + 1), true
		}
	}
	for i, w := range [...]string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"} {
		if w == fold {
			return float64(20 + 10*i), true
		}
	}
	if fold == "dozen" {
		return 12, true
	}
	return 0, false
}
