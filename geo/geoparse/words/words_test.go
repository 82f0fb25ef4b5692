package words_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo/geoparse/words"
)

// Numbers of lexicographer files, as WordNet has them.
const (
	nounAct, nounArtifact, nounEvent, nounGroup, nounLocation, nounPerson, nounTime = 4, 6, 11, 14, 15, 18, 28
	verbCommunication, verbCompetition, verbMotion                                  = 32, 33, 38
)

func TestSenses(t *testing.T) {
	table := words.Builtin()
	for _, test := range []struct {
		word       string
		noun, verb uint8
	}{
		{"said", 0, verbCommunication},
		{"shelled", 0, verbCompetition},
		{"bombed", 0, verbCompetition},
		{"fled", 0, verbMotion},
		{"attacks", nounAct, verbCompetition},
		{"explosions", nounEvent, 0},
		{"troops", nounGroup, verbMotion},
		{"women", nounPerson, 0},
		{"policemen", nounPerson, 0},
		{"children", nounPerson, 0},
		{"rifles", nounArtifact, 0},
		{"yerevan", nounLocation, 0},
		{"monday", nounTime, 0},
		{"he", 0, 0},
		{"in", 0, 0},
		{"us", 0, 0},
	} {
		c := table.Of(test.word)
		if c.Rank == 0 {
			t.Errorf("%q is unknown", test.word)
		}
		if c.Noun != test.noun && test.noun != 0 || c.Verb != test.verb && test.verb != 0 {
			t.Errorf("%q: noun %d, verb %d; want %d, %d", test.word, c.Noun, c.Verb, test.noun, test.verb)
		}
		if test.noun == 0 && test.verb == 0 && c.Noun+c.Verb != 0 {
			t.Errorf("%q: noun %d, verb %d; want none of either", test.word, c.Noun, c.Verb)
		}
	}
}

func TestInflection(t *testing.T) {
	table := words.Builtin()
	for _, test := range [][]string{
		{"kill", "kills", "killed", "killing"},
		{"flee", "flees", "fled", "fleeing"},
		{"kidnap", "kidnapped", "kidnapping"},
		{"seize", "seized", "seizing", "seizes"},
		{"carry", "carries", "carried", "carrying"},
		{"die", "died", "dying"},
		{"shoot", "shot", "shooting"},
		{"sing", "sang", "singing"},
	} {
		base := table.Of(test[0]).Verb
		for _, form := range test {
			if got := table.Of(form).Verb; got != base || got == 0 {
				t.Errorf("the verb %q is in file %d, %q in %d", form, got, test[0], base)
			}
		}
	}
	for _, test := range [][2]string{{"attack", "attacks"}, {"village", "villages"}, {"city", "cities"}, {"woman", "women"}, {"knife", "knives"}} {
		if a, b := table.Of(test[0]).Noun, table.Of(test[1]).Noun; a != b || a == 0 {
			t.Errorf("the noun %q is in file %d, %q in %d", test[0], a, test[1], b)
		}
	}
}

// Words used alike share clusters; words used in other ways don't.
func TestClusters(t *testing.T) {
	table := words.Builtin()
	for _, test := range [][2]string{
		{"killed", "wounded"}, {"killed", "injured"}, {"kidnapped", "abducted"}, {"explosion", "blast"},
		{"militants", "rebels"}, {"attack", "ambush"}, {"monday", "friday"}, {"armenia", "azerbaijan"},
		{"yerevan", "tbilisi"}, {"troops", "soldiers"}, {"fled", "escaped"},
	} {
		if a, b := table.Of(test[0]), table.Of(test[1]); a.Coarse != b.Coarse || a.Coarse == 0 {
			t.Errorf("%q is %+v, %q %+v: want one coarse cluster", test[0], a, test[1], b)
		}
	}
	for _, test := range [][2]string{{"killed", "monday"}, {"yerevan", "explosion"}, {"singer", "shelling"}, {"goalkeeper", "minister"}} {
		if a, b := table.Of(test[0]), table.Of(test[1]); a.Coarse == b.Coarse {
			t.Errorf("%q is %+v, %q %+v: want two coarse clusters", test[0], a, test[1], b)
		}
	}
}

func TestRank(t *testing.T) {
	table := words.Builtin()
	if got := table.Of("the").Rank; got != 1 {
		t.Errorf("the commonest word has rank %d", got)
	}
	if of, killed, maimed := table.Of("of").Rank, table.Of("killed").Rank, table.Of("maimed").Rank; of >= killed || killed >= maimed {
		t.Errorf("ranks of, killed, maimed: %d, %d, %d; want them to grow", of, killed, maimed)
	}
}

func TestUnknown(t *testing.T) {
	table := words.Builtin()
	for _, word := range []string{"", " ", "Killed", "qzxvkj", "killed killed", "жертва", "\xff\x00", gazetteer.Fold("Ağbulaq-Təpəsi")} {
		if c := table.Of(word); c != (words.Class{}) {
			t.Errorf("%q is %+v", word, c)
		}
	}
	if c := new(words.Table).Of("killed"); c != (words.Class{}) {
		t.Errorf("the zero table knows %+v", c)
	}
}

func TestOfAllocatesNothing(t *testing.T) {
	table := words.Builtin()
	if n := testing.AllocsPerRun(100, func() { table.Of("killed"); table.Of("qzxvkj") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkOf(b *testing.B) {
	table := words.Builtin()
	text := []string{"killed", "the", "explosion", "qzxvkj", "spokesperson", "yerevan", "of", "nagorno"}
	for i := 0; b.Loop(); i++ {
		table.Of(text[i%len(text)])
	}
}

func BenchmarkBuiltin(b *testing.B) {
	for b.Loop() {
		words.Builtin()
	}
}
