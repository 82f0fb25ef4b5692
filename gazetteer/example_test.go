package gazetteer_test

import (
	"fmt"

	"github.com/conflictmap/conflictmap/gazetteer"
)

func ExampleGazetteer_Lookup() {
	g, err := gazetteer.Builtin()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, name := range []string{"Xankəndi", "nagorno karabakh", "Azeris", "Martuni"} {
		for _, h := range g.Lookup(name)[:1] {
			fmt.Printf("%s: %s, %s, %s, demonym %v\n", name, h.Place.Name, h.Place.Kind, h.Place.Country, h.Name.Demonym)
		}
	}
	// Output:
	// Xankəndi: Stepanakert, settlement, AZ, demonym false
	// nagorno karabakh: Nagorno-Karabakh, region, AZ, demonym false
	// Azeris: Azerbaijan, country, AZ, demonym true
	// Martuni: Martuni, settlement, AM, demonym false
}

func ExampleGazetteer_Longest() {
	g, err := gazetteer.Builtin()
	if err != nil {
		fmt.Println(err)
		return
	}
	words := []string{"Republic", "of", "Artsakh", "said"}
	for i, w := range words {
		words[i] = gazetteer.Fold(w)
	}
	n, hits := g.Longest(words)
	fmt.Println(n, hits[0].Place.Name)
	// Output: 3 Nagorno-Karabakh
}
