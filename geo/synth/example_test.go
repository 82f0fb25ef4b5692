package synth_test

import (
	"fmt"

	"github.com/conflictmap/conflictmap/geo/synth"
)

func ExampleArticles() {
	for a, ms := range synth.Articles(synth.Options{Seed: 7, Mentions: 3}) {
		fmt.Println(a.Published, a.Source, len(ms))
		fmt.Println(ms[0].Sentence)
	}
	// Output:
	// 2020-01-01 Harbour Dispatch 3
	// During the night the army beat villagers in Khidushia with heavy guns, the opposition claimed, as convoys waited, some 890 metres from a depot.
}
