package gazetteer

import "unicode/utf8"

func isArabic(r rune) bool { return r >= 0x0620 && r <= 0x06ff }

// arabicLetter returns the Latin spelling of a folded Arabic letter before
// another: BGN/PCGN 1956 for Arabic, 1958 for Persian's further letters, and the
// usual ones of Urdu, Pashto and Kurdish. A final h is mostly a vowel.
func arabicLetter(r, after rune) string {
	switch r {
	case 'ا', 'ة', 'ە', 'ٱ':
		return "a"
	case 'ب':
		return "b"
	case 'پ':
		return "p"
	case 'ت', 'ط', 'ٹ', 'ث', 'ټ':
		return "t"
	case 'ج':
		return "j"
	case 'چ':
		return "ch"
	case 'ح':
		return "h"
	case 'ه', 'ہ', 'ھ':
		if after == ' ' {
			return "a"
		}
		return "h"
	case 'خ':
		return "kh"
	case 'د', 'ض', 'ڈ', 'ذ', 'ډ':
		return "d"
	case 'ر', 'ڑ', 'ڕ', 'ړ':
		return "r"
	case 'ز', 'ظ':
		return "z"
	case 'ژ':
		return "zh"
	case 'س', 'ص':
		return "s"
	case 'ش', 'ښ':
		return "sh"
	case 'غ':
		return "gh"
	case 'ف':
		return "f"
	case 'ڤ':
		return "v"
	case 'ق':
		return "q"
	case 'ک':
		return "k"
	case 'گ', 'ګ':
		return "g"
	case 'ل', 'ڵ':
		return "l"
	case 'م':
		return "m"
	case 'ن', 'ں', 'ڼ':
		return "n"
	case 'و', 'ۆ':
		return "w"
	case 'ی', 'ێ', 'ے', 'ې':
		return "y"
	}
	return "" // ayn, hamza, and letters of rarer alphabets
}

// hasArticle reports whether what follows the alif at the beginning of a word
// is the rest of the article and a word of two letters or more.
func hasArticle(rest []byte) bool {
	letters := 0
	for _, r := range string(rest) {
		if !isArabic(r) {
			break
		}
		letters++
	}
	return letters > 2 && utf8.Valid(rest)
}
