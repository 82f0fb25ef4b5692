package geoparse_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse"
)

func TestFigures(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"At least 16 were killed and more than 100 injured.", "deaths 16+: At least 16 were killed; injuries 100+: more than 100 injured"},
		{"Two soldiers were killed.", "deaths 2: Two soldiers were killed"},
		{"Dozens of people died.", "deaths 24+: Dozens of people died"},
		{"Between 20 and 30 people are dead.", "deaths 20-30: Between 20 and 30 people are dead"},
		{"A shell killed a woman and her two children.", "deaths 3: killed a woman and her two children"},
		{"There were no casualties.", "both 0: no casualties"},
		{"It ended without casualties.", "both 0: without casualties"},
		{"No one was hurt.", "injuries 0: No one was hurt"},
		{"Nobody was killed.", "deaths 0: Nobody was killed"},
		{"Some 30 civilians were wounded.", "injuries 30: Some 30 civilians were wounded"},
		{"Hundreds were wounded.", "injuries 200+: Hundreds were wounded"},
		{"The first reports show several civilian and military deaths.", "deaths 2+: several civilian and military deaths"},
		{"A woman and a child have died in the area.", "deaths 2: A woman and a child have died"},
		{"The war claimed 30,000 lives.", "deaths 30000: 30,000 lives"},
		{"The blast left two dead and five wounded.", "deaths 2: two dead; injuries 5: five wounded"},
		{"Rockets hit the market, killing at least seven people and wounding dozens.", "deaths 7+: killing at least seven people; injuries 24+: wounding dozens"},
		{"Gunmen shot dead three policemen.", "deaths 3: shot dead three policemen"},
		{"Three policemen were shot dead.", "deaths 3: Three policemen were shot dead"},
		{"Four soldiers and a civilian were killed.", "deaths 5: Four soldiers and a civilian were killed"},
		{"Three people, including a child, were killed.", "deaths 3: Three people, including a child, were killed"},
		{"The attack killed 16 people and 30 others were injured.", "deaths 16: killed 16 people; injuries 30: 30 others were injured"},
		{"The death toll rose from 10 to 16.", "deaths 16: death toll rose from 10 to 16"},
		{"Twenty-four fighters were killed on Monday.", "deaths 24: Twenty-four fighters were killed"},
		{"Up to 40 rebels were killed.", "deaths 1-40: Up to 40 rebels were killed"},
		{"A dozen people were injured.", "injuries 12: A dozen people were injured"},
		{"Two or three men were wounded.", "injuries 2-3: Two or three men were wounded"},
		{"16 people killed in shelling", "deaths 16: 16 people killed"},
		{"The shelling wounded two journalists.", "injuries 2: wounded two journalists"},
		{"The strike caused 12 deaths and 40 injuries.", "deaths 12: 12 deaths; injuries 40: 40 injuries"},
		{"He mourned the deaths of 16 soldiers.", "deaths 16: deaths of 16 soldiers"},
		{"The bodies of 15 men were found.", "deaths 15: bodies of 15 men"},
		{"Azerbaijan says 10 soldiers were killed, Armenia says two.", "deaths 10: 10 soldiers were killed; deaths 2: Armenia says two"},
		{"Officials put the death toll at 52.", "deaths 52: death toll at 52"},
		{"A 70-year-old man was killed.", "deaths 1: A 70-year-old man was killed"},
		{"Five people have reportedly been killed.", "deaths 5: Five people have reportedly been killed"},
		{"Two hundred and six people died.", "deaths 206: Two hundred and six people died"},
		{"Tens of thousands were killed.", "deaths 20000+: Tens of thousands were killed"},
		{"1.5 million people perished.", "deaths 1500000: 1.5 million people perished"},
		{"A missile killed a businessman and his baby daughter.", "deaths 2: killed a businessman and his baby daughter"},
		{"Four members of the security forces and a woman were killed.", "deaths 5: Four members of the security forces and a woman were killed"},
		{"A missile struck the ship and killed three of its crew.", "deaths 3: killed three of its crew"},
		{"In the hospital 40 wounded lay on straw.", "injuries 40: 40 wounded"},
		{"Five soldiers died according to the ministry, 37 according to the rebels.", "deaths 5: Five soldiers died; deaths 37: 37"},
		{"Twelve persons perished in the building.", "deaths 12: Twelve persons perished"},
		{"Two villagers were killed and 20 wounded when the men tried to storm the prison after a bombing.", "deaths 2: Two villagers were killed; injuries 20: 20 wounded"},
		{"On 23 November 1977 more than 1,000 people died.", "deaths 1000+: more than 1,000 people died"},
		{"In the night to 21 June several hundred people died.", "deaths 200+: several hundred people died"},
		{"Fourteen woodcutters were executed.", "deaths 14: Fourteen woodcutters were executed"},
		// What gives no number of the dead or the injured.
		{"Two helicopters were shot down.", ""},
		{"Deaths and injuries have been reported among civilians and soldiers.", ""},
		{"There were civilian casualties.", ""},
		{"There were 20 casualties.", ""},
		{"There were no reports of casualties.", ""},
		{"Twenty people were killed or wounded.", ""},
		{"Some 20 people were killed and wounded.", ""},
		{"Two of the wounded died.", ""},
		{"Three soldiers killed the commander.", ""},
		{"He was killed in 2016.", ""},
		{"In 2016 he was killed.", ""},
		{"They threatened to kill 100 people.", ""},
		{"The attack could have killed 100 people.", ""},
		{"An earthquake killed 200 people.", ""},
		{"Five tanks were destroyed and the crews killed.", ""},
		{"The shelling killed 30 cows.", ""},
		{"Martial law applies to those over 18 who were not killed.", ""},
		{"Thousands of people fled after the mayor was killed.", ""},
		{"No soldiers were killed.", ""},
		{"The drones were shot down over the town.", ""},
	} {
		if got := strings.Join(geoparse.Figures(tt.text), "; "); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, got, tt.want)
		}
	}
}

func TestCasualties(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct{ text, want string }{
		{"Shells hit Stepanakert, killing two people and wounding five.", "Stepanakert 2/5"},
		{"Shells hit Martuni on Sunday. At least 16 people were killed.", "Martuni 16+/-"},
		{"Shells hit Martuni on Sunday. No casualties were reported.", "Martuni 0/0"},
		{"Shells hit Martuni, in Nagorno-Karabakh, killing ten people.", "Martuni 10/- Nagorno-Karabakh 10/-"},
		{"Heavy fighting broke out in Nagorno-Karabakh. Armenia spoke of deaths. A woman and a child have died in the area.", "Nagorno-Karabakh 2/-"},
		{"Shelling killed two people in Hadrut and five in Martuni.", "Hadrut 2/- Martuni 5/-"},
		{"Azerbaijan said that 10 soldiers were killed in fighting in Hadrut, Armenia said two.", "Hadrut 2-10/-"},
		{"Stepanakert was shelled on Sunday. In 2016, 200 people were killed.", "Stepanakert -/-"},
		{"Stepanakert was shelled on Sunday. In 2016, 200 people were killed in Martuni.", "Stepanakert -/- Martuni 200/-"},
		{"Stepanakert was shelled on Sunday, killing two people. The conflict has killed 30,000 people since 1988.", "Stepanakert 2/-"},
		{"Clashes broke out in Nagorno-Karabakh on Sunday. The area was the scene of a war in the early 1990s that claimed 30,000 lives.", "Nagorno-Karabakh -/-"},
		{"Stepanakert was shelled on Sunday. Thousands have been killed over the years.", "Stepanakert -/-"},
		{"Hadrut and Martuni were shelled. Sixteen people were killed.", "Hadrut -/- Martuni -/-"},
		{"Sixteen people were killed in the shelling of Hadrut and Martuni.", "Hadrut -/- Martuni -/-"},
		{"Stepanakert was shelled on Sunday. In Baku, two people died of the flu.", "Stepanakert -/- Baku 2/-"},
		{"Shelling hit Stepanakert on Sunday. Armenia threatened to kill 100 soldiers.", "Stepanakert -/-"},
		{"Shells hit Martuni on Sunday, the worst attack since a raid on Hadrut in April. The governor said that the attack killed twelve.", "Martuni -/- Hadrut -/-"},
		{"STEPANAKERT, Sept 27 - Two people were killed when shells hit Martuni.", "Martuni 2/-"},
		{"A war took place in Nagorno-Karabakh between 1988 and 1994 and killed 30,000 people.", "Nagorno-Karabakh 30000/-"},
		{"Dozens of soldiers were killed in clashes near Fuzuli, the Armenian defence ministry in Yerevan said.", "Fuzuli 24+/-"},
	} {
		var got []string
		for _, m := range sites(parse(t, p, tt.text)) {
			got = append(got, m.Name+" "+shown(m.Deaths)+"/"+shown(m.Injuries))
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.text, s, tt.want)
		}
	}
}

// shown writes a count as in "16-20+", "-" where nothing is stated.
func shown(c geo.Count) string {
	if !c.Stated() {
		return "-"
	}
	s := strconv.Itoa(c.Low)
	if c.High > c.Low {
		s += "-" + strconv.Itoa(c.High)
	}
	if c.Open {
		s += "+"
	}
	return s
}
