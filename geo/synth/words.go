package synth

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/conflictmap/conflictmap/geo"
)

// words are the pieces that texts are made of. They are short, so that hardly
// any two articles have a run of five words in common unless one is a copy.
type words struct {
	onsets, vowels, endings []string // of names
	openings, actors, means []string
	deeds                   map[geo.EventType][]string
	places, tails, closings []string
	quiet                   []string // for places where nothing happens
	dates                   map[geo.DatePrecision][]string
	claimants, reasons      []string
	sources                 []string
	heads                   []string
}

func list(s string) []string { return strings.Split(s, "|") }

func newWords() *words {
	w := &words{
		onsets:  list("b|d|f|g|h|k|l|m|n|r|s|t|v|z|br|dr|kh|sh|tr|st|gh|ch|zh|ş|m|k|t|s"),
		vowels:  list("a|e|i|o|u|a|o|ai|ou|é|a|u"),
		endings: list("|n|r|k|l|sh|m|s|t|van|kent|grad|abad|ville|burg|ola|iv|ne|pol|ır"),
		openings: list("Early on Monday|Late on Tuesday|Before dawn|Overnight|By noon|At dusk|On Thursday morning|Around midnight|Hours later|" +
			"In the evening|Shortly after sunrise|During the night|For a second day|Despite talks|Without warning|As talks stalled|After weeks of calm|" +
			"On the feast day|In heavy rain|Under thick fog|At first light|On Sunday|Last Friday|Just before curfew"),
		actors: list("government troops|armed men|unknown gunmen|the army|militiamen|border guards|a drone|two helicopters|artillery crews|rebel fighters|" +
			"police units|soldiers|paramilitaries|three warplanes|a patrol|naval vessels|mountain infantry|local commanders|a column of trucks|special forces|" +
			"volunteers|snipers|a crowd of students|striking miners"),
		means: list("with mortars|from the hills|in three waves|across the river|with heavy guns|from two sides|near the market|behind the mill|at close range|" +
			"by the bridge|along the railway|from rooftops|with rockets|for six hours|in the old quarter|beside the clinic|near a school|past the checkpoint"),
		deeds: map[geo.EventType][]string{
			geo.Explosion:  list("shelled positions around|bombed a depot in|fired rockets at|struck a bridge in|hit houses in|dropped bombs on"),
			geo.Battle:     list("clashed with rivals in|exchanged fire near|stormed trenches outside|ambushed a convoy near|fought house to house in|attacked a post in"),
			geo.Civilians:  list("fired on families in|abducted traders in|burned homes in|beat villagers in|shot at a bus in"),
			geo.Protest:    list("marched through|blocked the main road of|rallied peacefully in|held a vigil in|gathered on the square of"),
			geo.Riot:       list("threw stones in|set tyres ablaze in|looted shops in|fought with police in|smashed windows in"),
			geo.Strategic:  list("withdrew from|dug in around|moved tanks towards|set up a checkpoint in|signed a truce in|raised a flag over"),
			geo.Casualties: list("buried their dead in|counted the victims in|pulled bodies from rubble in|mourned the fallen of"),
		},
		places: list("officials said|witnesses told us|a spokesman confirmed|medics reported|according to residents|the mayor wrote|an observer noted|two sources said|" +
			"monitors recorded|the ministry announced|a teacher recalled|aid workers said|shepherds reported|a statement read"),
		tails: list("leaving roofs damaged|cutting power lines|forcing shops to close|sending people to cellars|while schools stayed shut|as phones went dead|" +
			"though buses still ran|before rain set in|and roads were mined|with smoke visible for miles|as convoys waited|while bread ran short|until help arrived|" +
			"and the hospital filled|as wells were guarded|while harvest went on|with both sides silent|and windows shook|as flights were diverted|while families packed"),
		closings: list("No group claimed it.|Talks go on.|Aid is awaited.|Calm returned later.|The count may rise.|Details were scarce.|Roads reopened at night.|" +
			"Curfew was extended.|Both sides traded blame.|An inquiry was promised.|Markets opened again.|The toll was revised."),
		quiet: list("sent a delegation to meet envoys of|was discussed again by envoys from|trades mostly with|gave shelter to families from|has cousins and markets in|" +
			"reopened the road to|expects grain by rail from|asked for medicine from"),
		dates: map[geo.DatePrecision][]string{
			geo.DateDay:   list("today|yesterday|on Monday|overnight|this morning|on Friday"),
			geo.DateDays:  list("in recent days|over the weekend|for three days"),
			geo.DateWeek:  list("last week|this week"),
			geo.DateMonth: list("last month|in recent weeks"),
			geo.DateYear:  list("last year|over the past year"),
		},
		claimants: list("the defence ministry|the governor's office|a rebel spokesman|the army command|state television|the foreign ministry|a militia leader|the mayor|" +
			"local activists|the border service|a tribal council|the opposition|the interior ministry|the general staff|an exile group|the presidency"),
		reasons: list("only place of that name|near the others|the largest of that name|the country is named|named in the title|named before|as its region is named"),
		heads:   list("Shelling reported near|Tension grows in|New clashes around|Residents flee|Truce holds in|Protest shakes|Aid reaches|Night of fire in|Guns fall silent in|Inquiry into raid on"),
	}
	for _, kind := range list("Dispatch|Courier|Observer|Post|Agency") {
		for _, name := range list("Morning|Highland|Harbour|National|Frontier|River|Union|Evening") {
			w.sources = append(w.sources, name+" "+kind)
		}
	}
	return w
}

// name makes up a name of a place: two or three syllables and an ending.
func (w *words) name(rng *rand.Rand) string {
	var b strings.Builder
	for range 2 + rng.IntN(2) {
		b.WriteString(pick(rng, w.onsets))
		b.WriteString(pick(rng, w.vowels))
	}
	b.WriteString(pick(rng, w.endings))
	first, size := utf8.DecodeRuneInString(b.String())
	return string(unicode.ToUpper(first)) + b.String()[size:]
}

// sentence is what stands before and after the name in the sentence of a mention:
// together with it 100 to 280 characters, 160 on average.
func (w *words) sentence(rng *rand.Rand, m *geo.Mention) (before, after string) {
	deed := pick(rng, w.quiet)
	if m.Role == geo.Site {
		deed = pick(rng, w.deeds[m.Event])
	}
	said := pick(rng, w.places)
	if m.ClaimedBy != "" {
		said = m.ClaimedBy + pick(rng, []string{" said", " claimed", " insisted"})
		if m.Claim == geo.Denied {
			said = "which " + m.ClaimedBy + " denied"
		}
	}
	before = fmt.Sprintf("%s %s %s ", pick(rng, w.openings), pick(rng, w.actors), deed)
	if m.Offset != "" {
		before += "a spot " + m.Offset + " "
	}
	after = fmt.Sprintf(" %s, %s, %s", pick(rng, w.means), said, pick(rng, w.tails))
	for _, count := range []geo.Count{m.Deaths, m.Injuries} {
		for _, words := range count.Words {
			after += ", " + words
		}
	}
	if len(before)+len(after) < 110 || rng.IntN(3) == 0 {
		after += fmt.Sprintf(", some %d metres from a %s", 10*(1+rng.IntN(90)), pick(rng, []string{"mill", "well", "chapel", "mosque", "depot", "ford"}))
	}
	return before, after + "."
}

func (w *words) title(rng *rand.Rand, name string) string { return pick(rng, w.heads) + " " + name }

func (w *words) reasonsFor(rng *rand.Rand) []string {
	n := rng.IntN(len(w.reasons) - 1)
	return w.reasons[n : n+1+rng.IntN(2)]
}
