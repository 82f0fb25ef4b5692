package index

import (
	"context"
	"iter"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// Source is what an index is made of; a store is one.
type Source interface {
	// Version names the state of the data now. It is cheap.
	Version(ctx context.Context) (string, error)
	// Read hands over, from one state of the data, what is new since that state, or
	// everything where it is the zero State or not one of this source: places
	// first, then articles, then mentions. The state that it returns is
	// that one; reset says that everything was handed over.
	Read(ctx context.Context, since State, to Sink) (now State, reset bool, err error)
	// Texts yields the texts of the mentions with the keys, in their order. The
	// values hold until the next one is asked for.
	Texts(ctx context.Context, keys []int64) iter.Seq2[*Text, error]
	// Holding yields the keys of the mentions whose sentences hold the words, of
	// which there is at least one, as geo.HoldsWords has it; geo.FoldWords made
	// them. They ascend, and may be of mentions that are newer than what was read.
	Holding(ctx context.Context, words string) iter.Seq2[int64, error]
}

// State says how far a source was read.
type State struct {
	Version string
	Mention int64 // the highest key of a mention
}

// Sink takes what Source.Read hands over.
type Sink interface {
	Place(Place) error     // a place that is new or has changed
	Article(Article) error // an article that is new or whose origin has changed
	Mention(Mention) error // a mention that is new, in the order of keys
}

// Place is a place with the store's key for it.
type Place struct {
	Key   int64
	Place *gazetteer.Place
}

// Article is what the index holds of an article.
type Article struct {
	Key       int64
	ID        string
	Source    string
	Title     string
	URL       string
	Published geo.Day
	Origin    string
}

// Mention is what the index holds of a mention; see geo.Mention.
type Mention struct {
	Key, Article, Place       int64 // Place is 0 for none
	Start, End, SentenceStart int
	Name, ClaimedBy           string
	Demonym                   bool
	WherePrec                 geo.WherePrecision
	Role                      geo.Role
	Event                     geo.EventType
	Days                      geo.Interval
	DatePrec                  geo.DatePrecision
	Claim                     geo.Claim
	Confidence                float64
	Geometry                  orb.Geometry
	Deaths, Injuries          Figures
}

// Figures are those of a geo.Count without its words.
type Figures struct {
	Stated, Open bool
	Low, High    int
}

// Text is what stays in the store of a mention.
type Text struct {
	Sentence                string
	DateBasis, Offset       string
	Reasons, RunnersUp      []string
	DeathWords, InjuryWords []string
}
