package geoparse_test

import (
	"slices"
	"testing"
)

func TestResolve(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct{ text, name, want string }{
		{"Shells fell on Martuni, Stepanakert and Aghdam.", "Martuni", "gn:146969"},
		{"The people of Martuni, by the shore of Lake Sevan near Vardenis and Gavar, fish.", "Martuni", "gn:616438"},
		{"Officials in Artsakh said so.", "Artsakh", "cm:nagorno-karabakh"},
		{"Georgia closed its border.", "Georgia", "gn:614540"},
	} {
		found := false
		for _, m := range parse(t, p, tt.text) {
			if m.Name != tt.name {
				continue
			}
			found = true
			if m.Place.ID != tt.want {
				t.Errorf("%q: %s is %s, want %s", tt.text, tt.name, m.Place.ID, tt.want)
			}
			for _, id := range m.RunnersUp {
				if id == m.Place.ID {
					t.Errorf("%q: %s is its own runner-up", tt.text, tt.name)
				}
			}
		}
		if !found {
			t.Errorf("%q: %s not found", tt.text, tt.name)
		}
	}
}

// TestResolveContainment has names that mean what the text says they lie in,
// in one document even different places.
func TestResolveContainment(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text, name string
		want       []string // the country of each mention of the name
	}{
		{"He was born in Tripoli, Lebanon, and lives there.", "Tripoli", []string{"LB"}},
		{"Shells fell on Tripoli in northern Lebanon.", "Tripoli", []string{"LB"}},
		{"Shells fell on Tripoli (Lebanon).", "Tripoli", []string{"LB"}},
		{"Shells fell on Tripoli, a port in the north of Lebanon.", "Tripoli", []string{"LB"}},
		{"Shells fell on Lebanon's second city of Tripoli.", "Tripoli", []string{"LB"}},
		{"Shells fell on the Lebanese city of Tripoli.", "Tripoli", []string{"LB"}},
		{"Shells fell on Tripoli, Sirte and Benghazi.", "Tripoli", []string{"LY"}},
		{"He went from Tripoli, Libya, to Tripoli, Lebanon.", "Tripoli", []string{"LY", "LB"}},
		{"She moved to Savannah, Georgia, last year.", "Georgia", []string{"US"}},
		{"She moved to Tbilisi, Georgia, last year.", "Georgia", []string{"GE"}},
		{"She moved to London, Ont., last year.", "London", []string{"CA"}},
		{"She moved to London, Ont., last year.", "Ont.", []string{"CA"}},
	} {
		var got []string
		for _, m := range parse(t, p, tt.text) {
			if m.Name == tt.name && m.Place != nil {
				got = append(got, m.Place.Country)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %s is in %q, want %q", tt.text, tt.name, got, tt.want)
		}
	}
}

// TestBothMartunis is one article about two towns of one name.
func TestBothMartunis(t *testing.T) {
	p := newParser(t)
	var got []string
	for _, m := range parse(t, p, "Shells fell on Martuni in Nagorno-Karabakh and on Askeran. Refugees have reached Martuni in Armenia.") {
		if m.Name == "Martuni" {
			got = append(got, m.Place.ID)
		}
	}
	if want := []string{"gn:146969", "gn:616438"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
