package geoparse_test

import (
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geoparse"
)

func TestTokens(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Nagorno-Karabakh's army", "Nagorno|-|Karabakh|'s|army"},
		{"N'Djamena and Sana’a", "N'Djamena|and|Sana’a"},
		{"the U.S. and the U.S.S.R.", "the|U.S.|and|the|U.S.S.R."},
		{"30,000 on the 27th at 14:30.", "30,000|on|the|27th|at|14:30|."},
		{"(Azerbaijan's) plans", "(|Azerbaijan|'s|)|plans"},
		{"Stepa\u00adnakert, Te\u0301toua", "Stepa\u00adnakert|,|Te\u0301toua"},
		{"Ağdərə’s, Şuşa's and Ə", "Ağdərə|’s|,|Şuşa|'s|and|Ə"},
		{"Bakı.Sonra a_b", "Bakı|.|Sonra|a|_|b"},
		{"上海 تهران\u200cها", "上海|تهران\u200cها"},
		{"30€ abc€ Vil·la x\u0301\u0301y", "30|€|abc|€|Vil·la|x\u0301\u0301y"},
		{"Baku\u200e, \u202aYerevan\u202c", "Baku|\u200e|,|\u202a|Yerevan|\u202c"},
		{"rock'n'roll o’clock James' dogs", "rock'n'roll|o’clock|James|'|dogs"},
		{"\u0301 e\u0301", "\u0301|e\u0301"},
		{"", ""},
	} {
		if got := strings.Join(geoparse.Tokens(tt.text), "|"); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, got, tt.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{"One. Two! Three?", []string{"One.", "Two!", "Three?"}},
		{"He said “no”. She left.", []string{"He said “no”.", "She left."}},
		{"He said: “We go.” She left.", []string{"He said: “We go.”", "She left."}},
		{"Gen. Smith met J. Doe on Sept. 27 in the U.S. capital.", []string{"Gen. Smith met J. Doe on Sept. 27 in the U.S. capital."}},
		{"It left the U.S. The rest stayed.", []string{"It left the U.S.", "The rest stayed."}},
		{"“return to negotiations”.It could be.", []string{"“return to negotiations”.", "It could be."}},
		{"A heading\n\nA text\nthat is wrapped.", []string{"A heading", "A text\nthat is wrapped."}},
		{" date 2020-09-27 Heavy fighting broke out.", []string{"date 2020-09-27", "Heavy fighting broke out."}},
	} {
		got := geoparse.Sentences(tt.text)
		if strings.Join(got, "|") != strings.Join(tt.want, "|") {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
