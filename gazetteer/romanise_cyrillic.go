package gazetteer

func isCyrillic(r rune) bool { return r >= 0x0400 && r <= 0x052f }

// cyrillic returns the Latin spelling of a folded Cyrillic letter: BGN/PCGN 1947
// for Russian; for letters that Russian lacks, BGN/PCGN's tables of Ukrainian
// (2019), Serbian (2005), Macedonian (2013), Kazakh (1979), Kyrgyz, Tajik, and
// Azerbaijani's Latin alphabet of 1991. Folding has taken the marks off й, ё, ї
// and ў.
func cyrillic(r rune) string {
	switch r {
	case 'а', 'ә', 'ӕ':
		return "a"
	case 'б':
		return "b"
	case 'в':
		return "v"
	case 'г', 'ґ', 'ҝ':
		return "g"
	case 'ғ':
		return "gh"
	case 'д':
		return "d"
	case 'ђ', 'ҹ', 'ҷ', 'џ':
		return "j"
	case 'е', 'э':
		return "e"
	case 'є':
		return "ye"
	case 'ж', 'җ':
		return "zh"
	case 'з':
		return "z"
	case 'ѕ':
		return "dz"
	case 'и', 'і':
		return "i"
	case 'ј', 'ы':
		return "y"
	case 'к':
		return "k"
	case 'қ':
		return "q"
	case 'л', 'љ':
		return "l"
	case 'м':
		return "m"
	case 'н', 'њ', 'ң', 'ҥ':
		return "n"
	case 'о', 'ө':
		return "o"
	case 'п':
		return "p"
	case 'р':
		return "r"
	case 'с':
		return "s"
	case 'т':
		return "t"
	case 'у', 'ү', 'ұ':
		return "u"
	case 'ф':
		return "f"
	case 'х':
		return "kh"
	case 'ҳ', 'һ':
		return "h"
	case 'ц':
		return "ts"
	case 'ч', 'ћ':
		return "ch"
	case 'ш':
		return "sh"
	case 'щ':
		return "shch"
	case 'ю':
		return "yu"
	case 'я':
		return "ya"
	}
	return "" // the signs ъ and ь, and letters of rarer alphabets
}
