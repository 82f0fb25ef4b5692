package geoparse_test

import (
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
