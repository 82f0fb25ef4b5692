package main

import (
	"strings"

	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
)

// regionOf is the part of the world that the document speaks of most, by the
// countries of its gold mentions. Sites count threefold: governments far from
// the scene have their say in every war.
func regionOf(d eval.Document) string {
	counts := make(map[string]int)
	for _, m := range d.Mentions {
		if m.Country == "" || m.Optional {
			continue
		}
		n := 1
		if m.Event != "" {
			n = 3
		}
		counts[partOfWorld(m.Country)] += n
	}
	best := "elsewhere"
	for _, name := range append(parts(), "elsewhere") {
		if counts[name] > counts[best] {
			best = name
		}
	}
	return best
}

func parts() []string {
	return []string{"Caucasus", "Eastern Europe", "Western Europe", "Middle East", "North Africa", "Sub-Saharan Africa",
		"Central and South Asia", "East Asia and Pacific", "Latin America", "North America"}
}

// partOfWorld is the part of a country, by its ISO 3166-1 alpha-2 code.
func partOfWorld(country string) string {
	for i, codes := range []string{
		"AM AZ GE",
		"BY MD RU UA",
		"AD AL AT BA BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC ME MK MT NL NO PL PT RO RS SE SI SK SM VA XK",
		"AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE",
		"DZ EG EH LY MA TN",
		"AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW KE KM LR LS MG ML MR MU MW MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TZ UG ZA ZM ZW",
		"AF BD BT IN KG KZ LK MV NP PK TJ TM UZ",
		"AU BN CN FJ HK ID JP KH KP KR LA MM MN MY NZ PG PH SB SG TH TL TO TW VN VU",
		"AR BO BR BS BZ CL CO CR CU DO EC GT GY HN HT JM MX NI PA PE PR PY SR SV TT UY VE",
		"CA GL US",
	} {
		for code := range strings.FieldsSeq(codes) {
			if code == country {
				return parts()[i]
			}
		}
	}
	return "elsewhere"
}
