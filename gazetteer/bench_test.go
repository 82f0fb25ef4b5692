package gazetteer_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
)

func BenchmarkBuiltin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		tables(b)
	}
}

func BenchmarkLookup(b *testing.B) {
	g := tables(b)
	for name, text := range map[string]string{"hit": "Nagorno-Karabakh", "hit-native": "Ստեփանակերտ", "miss": "Spokesperson"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Lookup(text)
			}
		})
	}
}

func BenchmarkLongest(b *testing.B) {
	g := tables(b)
	for name, words := range map[string][]string{
		"hit":  {"nagorno karabakh", "autonomous", "oblast", "was", "founded"},
		"miss": {"spokesperson", "for", "the", "ministry"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Longest(words)
			}
		})
	}
}

func BenchmarkFold(b *testing.B) {
	for name, text := range map[string]string{
		"folded": "nagorno karabakh", "ascii": "Nagorno-Karabakh", "latin": "Dağlıq Qarabağ", "armenian": "Լեռնային Ղարաբաղ",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				gazetteer.Fold(text)
			}
		})
	}
}
