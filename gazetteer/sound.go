package gazetteer

import "unicode/utf8"

// A sound key is what is left of a folded name when its letters are romanised
// and the spellings that languages have for one sound are levelled: "xankandi",
// "khankendi", "ханкенди" all give "hankandi". Keys are compared, never shown.

const (
	// minSound is the shortest key, in letters, that says enough.
	minSound = 3
	// skeletonMark begins the keys of names in Arabic letters: consonants only,
	// since that script leaves out most vowels.
	skeletonMark = 1
)

// appendSound appends the sound key of a folded name, nothing if the name is
// too short to have one.
func appendSound(dst []byte, folded []byte) []byte {
	var room [2 * maxNameSize]byte
	latin, arabic := romanise(room[:0], folded)
	if arabic {
		return appendSkeleton(dst, latin)
	}
	if sound := appendLevelled(dst, latin); len(sound)-len(dst) >= minSound {
		return sound
	}
	return dst
}

// appendArabicSound appends the key that a folded name in other letters would
// have in Arabic ones.
func appendArabicSound(dst []byte, folded []byte) []byte {
	var room [2 * maxNameSize]byte
	latin, _ := romanise(room[:0], folded)
	return appendSkeleton(dst, latin)
}

func appendSkeleton(dst []byte, latin []byte) []byte {
	start := len(dst)
	dst = append(dst, skeletonMark)
	n := len(dst)
	dst = appendLevelled(dst, latin)
	consonants := dst[:n]
	for _, b := range dst[n:] {
		if !isVowel(b) && b != 'v' && consonants[len(consonants)-1] != b { // Arabic waw is w, v, o and u
			consonants = append(consonants, b)
		}
	}
	if len(consonants)-n < minSound {
		return dst[:start]
	}
	return consonants
}

// fitsArabic reports whether a folded name in Arabic letters, which write long
// vowels only, can be the other one: in the same letters it must sound the same;
// in others, all its vowels must be there, and short ones may stand between.
func fitsArabic(name, other []byte) bool {
	var roomName, roomOther, roomN, roomO [2 * maxNameSize]byte
	latin, _ := romanise(roomName[:0], name)
	n := appendLevelled(roomN[:0], latin)
	latin, arabic := romanise(roomOther[:0], other)
	o := appendLevelled(roomO[:0], latin)
	if arabic {
		return string(n) == string(o)
	}
	for i := 0; len(n) > 0; i++ {
		if len(o) == 0 {
			return false
		}
		switch vowel := isVowel(o[0]); {
		case o[0] == n[0] || n[0] == 'v' && (o[0] == 'u' || o[0] == 'o') || i == 0 && n[0] == 'a' && vowel:
			n, o = n[1:], o[1:]
		case vowel:
			o = o[1:]
		default:
			return false
		}
	}
	return len(o) == 0 // a vowel at the end would be written
}

func isVowel(sound byte) bool {
	return sound == 'a' || sound == 'i' || sound == 'o' || sound == 'u'
}

// romanise appends the Latin spelling of a folded name; letters of scripts that
// it has no table for stay as they are. It says whether there were Arabic ones.
func romanise(dst, folded []byte) (latin []byte, arabic bool) {
	before := rune(' ') // the letter before
	for len(folded) > 0 {
		r, size := utf8.DecodeRune(folded)
		rest := folded[size:]
		after, _ := utf8.DecodeRune(rest)
		if len(rest) == 0 {
			after = ' '
		}
		switch {
		case r < utf8.RuneSelf:
			dst = append(dst, byte(r))
		case isCyrillic(r):
			dst = append(dst, cyrillic(r)...)
		case isArmenian(r):
			dst = append(dst, armenian(before, r, after)...)
		case isGeorgian(r):
			dst = append(dst, georgian(r)...)
		case isArabic(r):
			arabic = true
			if before == ' ' && r == 'ا' && after == 'ل' && hasArticle(rest) {
				rest = rest[len("ل"):]
			} else {
				dst = append(dst, arabicLetter(r, after)...)
			}
		default:
			dst = append(dst, folded[:size]...)
		}
		folded, before = rest, r
	}
	return dst, arabic
}

// appendLevelled levels romanised text, words run together.
func appendLevelled(dst, latin []byte) []byte {
	start := len(dst)
	latin = dropArticle(latin)
	for i := 0; i < len(latin); {
		sound, n := level(latin, i)
		i += n
		if sound != 0 && (len(dst) == start || dst[len(dst)-1] != sound) {
			dst = append(dst, sound)
		}
	}
	return dst
}

// dropArticle cuts an Arabic article off the beginning, in the forms in which
// it takes on the sound that follows ("ar Raqqah").
func dropArticle(s []byte) []byte {
	for _, article := range [...]string{"al ", "el ", "ad ", "an ", "ar ", "as ", "at ", "az ", "ash ", "ath ", "adh "} {
		if len(s) > len(article)+minSound && string(s[:len(article)]) == article {
			return s[len(article):]
		}
	}
	return s
}

// level returns the sound that stands at s[i], 0 for none, and how many bytes
// spell it.
func level(s []byte, i int) (sound byte, n int) {
	has := func(spelling string) bool {
		return len(s)-i >= len(spelling) && string(s[i:i+len(spelling)]) == spelling
	}
	switch b := s[i]; b {
	case ' ':
		return 0, 1
	case 'a':
		return 'a', 1
	case 'e': // Azerbaijani ə is a or e
		if has("ee") {
			return 'i', 2
		}
		return 'a', 1
	case 'y':
		if has("ye") { // Russian and Armenian e after a vowel
			return 0, 1
		}
		return 'i', 1
	case 'o':
		if has("oo") || has("ou") {
			return 'u', 2
		}
		return 'o', 1
	case 'w':
		return 'v', 1
	case 'p':
		if has("ph") {
			return 'f', 2
		}
	case 't', 'd', 'z', 's', 'c', 'j':
		return sibilant(has, b)
	case 'k': // Azerbaijani x is kh
		if has("kh") {
			return 'h', 2
		}
	case 'x':
		return 'h', 1
	case 'q': // and its q is g
		return 'g', 1
	case 'g':
		if has("gh") {
			return 'g', 2
		}
	case 'h': // silent at the end of a word, after a vowel
		last := i+1 == len(s) || s[i+1] == ' '
		if last && i > 0 && (s[i-1] == 'a' || s[i-1] == 'e') {
			return 0, 1
		}
	}
	return s[i], 1
}

// sibilant levels the letters that languages combine to write sh, ch, j and zh.
// Azerbaijani c is j and ç is ch, so all of these but sh are one.
func sibilant(has func(string) bool, b byte) (sound byte, n int) {
	var spellings []string
	switch b {
	case 't':
		spellings = tSpellings[:]
	case 'd':
		spellings = dSpellings[:]
	case 'z':
		spellings = zSpellings[:]
	case 's':
		spellings = sSpellings[:]
	case 'c':
		spellings = cSpellings[:]
	case 'j':
		return 'c', 1
	}
	for _, spelling := range spellings {
		if sound, spelling := spelling[0], spelling[1:]; has(spelling) {
			return sound, len(spelling)
		}
	}
	return b, 1
}

// Spellings by their first letter, the sound before each, longest first.
var (
	tSpellings = [...]string{"ctsch", "ctch", "tth"}
	dSpellings = [...]string{"cdzh", "cdj", "ddh"}
	zSpellings = [...]string{"czh"}
	sSpellings = [...]string{"sshch", "ssch", "ssh", "ssz"}
	cSpellings = [...]string{"cch", "kck"}
)
