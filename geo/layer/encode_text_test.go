package layer_test

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// Every byte at every offset in strings of every length around eight.
func TestPlainBytes(t *testing.T) {
	for length := range 26 {
		if got := layer.PlainBytes(strings.Repeat("x", length)); got != length {
			t.Errorf("%d plain bytes are %d", length, got)
		}
		for at := range length {
			for c := range 256 {
				s := strings.Repeat("x", at) + string([]byte{byte(c)}) + strings.Repeat("x", length-at-1)
				want := length
				if c < ' ' || c >= 0x80 || strings.ContainsRune(`"\<>&`, rune(c)) {
					want = at
				}
				if got := layer.PlainBytes(s); got != want {
					t.Fatalf("%q: %d, want %d", s, got, want)
				}
			}
		}
	}
}
