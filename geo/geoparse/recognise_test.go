package geoparse_test

import (
	"strings"
	"testing"
)

func TestRecognise(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text string
		want string // names, in order
	}{
		{"They bombed Stepanakert.", "Stepanakert"},
		{"They bombed STEPANAKERT and Şuşa.", "STEPANAKERT|Şuşa"},
		{"Armenia's army and the Azerbaijanis", "Armenia|Azerbaijanis"},
		{"along the line of contact, the contact line", "line of contact|contact line"},
		{"in Nagorno-Karabakh and Nagorno Karabakh", "Nagorno-Karabakh|Nagorno Karabakh"},
		{"The self-proclaimed Republic of Artsakh said so.", "Republic of Artsakh"},
		{"the U.S. and the United Kingdom", "U.S.|United Kingdom"},
		{"He told us that it would help us.", ""},
		{"They ate turkey on polish china.", ""},
		{"See also on France 24: the interview.", ""},
		{"mediators of the Minsk Group and the Minsk group", ""},
		{"under the Geneva Conventions and the Treaty of Paris", ""},
		{"a striker named Jordan Henderson", ""},
		{"He speaks French, she wrote in Turkish.", ""},
		{"Mr. Paris and Dr London met.", ""},
		{"all those over 18, 30,000 of them", ""},
		{"thanks to the Organization for Security and Cooperation in France.", ""},
		{"the Conference Board of Armenia, the Ministry of Defence of Armenia", "Armenia"},
		{"In France 24 people died.", "France"},
		{"Male residents left. Two boats lie in Malé.", "Malé"},
		{"see www.armenia.am or @Armenia", ""},
		{"the presidents of the territory, the region and the enclave", ""},
	} {
		var names []string
		for _, m := range parse(t, p, tt.text) {
			names = append(names, m.Name)
		}
		if got := strings.Join(names, "|"); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}
