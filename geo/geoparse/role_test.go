package geoparse_test

import (
	"strings"
	"testing"
)

func TestRoles(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text string
		want string // name=role, in order
	}{
		{"They are bombing Stepanakert.", "Stepanakert=site"},
		{"Stepanakert was shelled on Friday.", "Stepanakert=site"},
		{"Barda and Beylagan came under fire.", "Barda=site Beylagan=site"},
		{"Heavy fighting broke out on Sunday (September 27th) in Nagorno-Karabakh.", "Nagorno-Karabakh=site"},
		{"A war took place in Nagorno-Karabakh between 1988 and 1994.", "Nagorno-Karabakh=site"},
		{"Shells hit Stepanakert, in the Nagorno-Karabakh region.", "Stepanakert=site Nagorno-Karabakh=site"},
		{"Houses in Hadrut were hit by rockets.", "Hadrut=site"},
		{"Thousands fled from Hadrut to Goris.", "Hadrut=site Goris=setting"},
		{"Moscow called for a ceasefire.", "Moscow=actor"},
		{"Baku and Yerevan traded accusations.", "Baku=actor Yerevan=actor"},
		{"The territory is backed by Yerevan.", "Yerevan=actor"},
		{"Turkey, a traditional ally of Baku, accused Armenia.", "Turkey=actor Baku=actor Armenia=actor"},
		{"Armenia's attack was denied.", "Armenia=actor"},
		{"Fighting between Armenia and Azerbaijan went on.", "Armenia=actor Azerbaijan=actor"},
		{"It lies between Armenia and Azerbaijan.", "Armenia=setting Azerbaijan=setting"},
		{"In Baku, the president promised victory.", "Baku=setting"},
		{"The ministry in Baku said that Tartar was shelled.", "Baku=setting Tartar=site"},
		{"Azerbaijani forces and the president of Turkey", "Azerbaijani=affiliation Turkey=affiliation"},
		{"The Artsakh presidency and the Karabakh public ombudsperson spoke.", "Artsakh=affiliation Karabakh=affiliation"},
		{"Two men were wounded in Martuni and taken to hospital in Stepanakert.", "Martuni=site Stepanakert=setting"},
		{"A hospital in Hadrut was hit.", "Hadrut=site"},
		{"They threatened to attack Yerevan.", "Yerevan=setting"},
		{"An attack on Ganja would be a disaster.", "Ganja=setting"},
		{"STEPANAKERT, Sept 27 - Nobody slept.", "STEPANAKERT=setting"},
		{"Since the fall of the Soviet Union it is calm.", "Soviet Union=setting"},
		{"After the fall of Shusha they left.", "Shusha=site"},
		{"Messages came from Moscow, from Ankara and from Doha.", "Moscow=setting Ankara=setting Doha=setting"},
		{"He spoke of the attack on the embassy in Baku.", "Baku=site"},
		{"A stabbing in Yerevan left two dead.", "Yerevan=site"},
		{"Violence broke out in Yerevan on Friday.", "Yerevan=site"},
		{"Troops withdrew from Hadrut.", "Hadrut=site"},
		{"The border between Armenia and Azerbaijan is closed.", "Armenia=setting Azerbaijan=setting"},
		{"A Ganja car bombing killed five.", "Ganja=site"},
		{"The Karabakh war ended.", "Karabakh=affiliation"},
		{"Tartar: two drones struck a depot.", "Tartar=site"},
		{"Tartar: the market is open.", "Tartar=setting"},
		{"In May rebels occupied Shusha.", "Shusha=site"},
		{"He lives in occupied Shusha.", "Shusha=setting"},
		{"He held an election rally in Ganja.", "Ganja=setting"},
		{"An earthquake struck Baku and killed two people in Yerevan.", "Baku=setting Yerevan=setting"},
	} {
		var got []string
		for _, m := range parse(t, p, tt.text) {
			got = append(got, m.Name+"="+string(m.Role))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, s, tt.want)
		}
	}
}
