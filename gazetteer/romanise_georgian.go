package gazetteer

// isGeorgian covers the everyday alphabet, to which folding lowers the capitals.
func isGeorgian(r rune) bool { return r >= 0x10d0 && r <= 0x10ff }

// georgian returns the Latin spelling of a Georgian letter: the national
// system of 2002 (BGN/PCGN 2009) without its apostrophes.
func georgian(r rune) string {
	spellings := [...]string{
		"a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", // ა to ლ
		"m", "n", "o", "p", "zh", "r", "s", "t", "u", "p", "k", // მ to ქ
		"gh", "q", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h", // ღ to ჰ
	}
	if i := int(r - 'ა'); i < len(spellings) {
		return spellings[i]
	}
	return "" // letters that the modern language has given up
}
