package layer

// Eight bytes at once, one in each byte of a word.
const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// plainBytes is the length of the start of s that appendString copies as it is
// and that can be told cheaply: ASCII without the characters that it escapes.
func plainBytes(s string) int {
	i := 0
	for ; len(s)-i >= 8; i += 8 {
		if !plain(s[i : i+8]) {
			break
		}
	}
	if rest := len(s) - i; rest > 0 && rest < 8 && len(s) >= 8 && plain(s[len(s)-8:]) {
		return len(s)
	}
	for ; i < len(s); i++ {
		if c := s[i]; c < ' ' || c >= 0x80 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			break
		}
	}
	return i
}

// plain reports whether all of eight bytes are copied as they are.
func plain(s string) bool {
	_ = s[7]
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return w&highs == 0 && !special(w)
}

// special reports whether one of eight ASCII bytes is escaped: the subtractions
// set the high bit of the lowest byte that goes below zero, and of no byte where
// none does.
func special(w uint64) bool {
	control := w - ones*' '
	quote := (w ^ ones*'"') - ones
	backslash := (w ^ ones*'\\') - ones
	ampersand := (w ^ ones*'&') - ones
	angle := (w&^(ones*2) ^ ones*'<') - ones // '<' and '>' differ in that bit
	return (control|quote|backslash|ampersand|angle)&highs != 0
}
