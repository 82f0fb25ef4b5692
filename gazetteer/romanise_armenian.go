package gazetteer

func isArmenian(r rune) bool { return r >= 0x0530 && r <= 0x058f }

// armenian returns the Latin spelling of a folded Armenian letter between two
// others: BGN/PCGN 1981 without its apostrophes. Folding has written the
// ligature և as ե and ւ.
func armenian(before, r, after rune) string {
	switch r {
	case 'ա':
		return "a"
	case 'բ':
		return "b"
	case 'գ':
		return "g"
	case 'դ':
		return "d"
	case 'ե', 'է':
		return "e"
	case 'զ':
		return "z"
	case 'ը', 'յ':
		return "y"
	case 'թ', 'տ':
		return "t"
	case 'ժ':
		return "zh"
	case 'ի':
		return "i"
	case 'լ':
		return "l"
	case 'խ':
		return "kh"
	case 'ծ', 'ց':
		return "ts"
	case 'կ', 'ք':
		return "k"
	case 'հ':
		return "h"
	case 'ձ':
		return "dz"
	case 'ղ':
		return "gh"
	case 'ճ', 'չ':
		return "ch"
	case 'մ':
		return "m"
	case 'ն':
		return "n"
	case 'շ':
		return "sh"
	case 'ո':
		switch {
		case after == 'ւ': // ու is one letter
			return "u"
		case before == ' ':
			return "vo"
		}
		return "o"
	case 'պ', 'փ':
		return "p"
	case 'ջ':
		return "j"
	case 'ռ', 'ր':
		return "r"
	case 'ս':
		return "s"
	case 'վ':
		return "v"
	case 'ւ':
		if before == 'ո' {
			return ""
		}
		return "v"
	case 'օ':
		return "o"
	case 'ֆ':
		return "f"
	}
	return ""
}
