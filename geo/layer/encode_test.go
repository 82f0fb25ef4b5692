package layer_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/layer"
)

// dice makes records and events with everything that they can have and lack.
type dice struct{ *rand.Rand }

func pick[T any](d dice, values ...T) T { return values[d.IntN(len(values))] }

func (d dice) text() string {
	return pick(d, "", "", "plain words that are somewhat longer than a word", "Степанакерт и ещё", "“quoted” & <b>", "a\x00\x1f\t\n\"\\",
		"\xff\xfe bytes", "\u2028", strings.Repeat("x", d.IntN(40))+pick(d, "", "é", "&", "\"", "\x07")+strings.Repeat("y", d.IntN(20)))
}

func (d dice) texts() []string {
	var list []string
	for range d.IntN(3) {
		list = append(list, d.text())
	}
	return list
}

func (d dice) day() geo.Day {
	return pick(d, 0, 1, 737695, geo.MaxDay, geo.Day(d.IntN(int(geo.MaxDay))))
}

func (d dice) count() geo.Count {
	return geo.Count{Low: d.IntN(99), High: d.IntN(999), Open: d.IntN(2) == 0, Words: d.texts()}
}

func (d dice) place() *gazetteer.Place {
	if d.IntN(8) == 0 {
		return nil
	}
	p := *pick(d, town, line, area)
	p.ID, p.Name, p.Country, p.Source = d.text(), d.text(), pick(d, "", "AZ"), d.text()
	p.Disputed, p.Capital = d.IntN(2) == 0, d.IntN(2) == 0
	p.Uncertainty, p.Population = pick(d, 0, 0.5, 5000, 1e21), pick[int64](d, 0, 1, 1<<40)
	p.Kind = pick(d, gazetteer.Settlement, gazetteer.Country, "")
	if d.IntN(2) == 0 {
		p.Shape, p.Names, p.External = nil, nil, nil
	}
	return &p
}

func (d dice) mention(places []*gazetteer.Place) geo.Mention {
	return geo.Mention{
		Article: d.text(), Start: d.IntN(1e6), End: d.IntN(1e6), SentenceStart: d.IntN(1e6), Name: d.text(), Sentence: d.text(),
		Place: pick(d, places...), Demonym: d.IntN(2) == 0, WherePrec: geo.WherePrecision(d.IntN(8)), Offset: d.text(),
		Geometry: pick[orb.Geometry](d, nil, nil, orb.Point{12.3456789, -89}, orb.LineString{{1, 2}, {-170, 4}}, orb.LineString{}),
		Role:     pick(d, geo.Roles()...), Event: pick(d, append(geo.EventTypes(), "")...),
		Days: geo.Interval{From: d.day(), To: d.day()}, DatePrec: geo.DatePrecision(d.IntN(6)), DateBasis: d.text(),
		Claim: pick(d, append(geo.Claims(), "")...), ClaimedBy: d.text(), Deaths: d.count(), Injuries: d.count(),
		Confidence: pick(d, 0, 1, 0.87, d.Float64()), Reasons: d.texts(), RunnersUp: d.texts(),
	}
}

func (d dice) article() geo.Article {
	return geo.Article{ID: d.text(), Source: d.text(), URL: d.text(), Title: d.text(), Published: d.day()}
}

func (d dice) event(places []*gazetteer.Place) geo.Event {
	return geo.Event{
		ID: d.text(), Place: pick(d, places...), Type: pick(d, geo.EventTypes()...), Days: geo.Interval{From: d.day(), To: d.day()},
		DatePrec: geo.DatePrecision(d.IntN(6)), WherePrec: geo.WherePrecision(d.IntN(3)), Mentions: d.IntN(99), Articles: d.IntN(99),
		Origins: d.IntN(99), Reported: d.IntN(9), Claimed: d.IntN(9), Denied: d.IntN(9), Claimants: d.texts(),
		Deaths: d.count(), Injuries: d.count(), Confidence: d.Float64(), Best: d.mention(places), Article: d.article(),
	}
}

// encoded is one feature by the encoder, and by WriteGeoJSON.
type encoded struct {
	got  []byte
	err  error
	want []byte
}

func slow(f layer.Feature, err error) []byte {
	if err != nil {
		return nil
	}
	var out bytes.Buffer
	if err := layer.WriteGeoJSON(&out, layer.Meta{}, rows(f)); err != nil {
		return nil
	}
	return bytes.Split(out.Bytes(), []byte("\n"))[1]
}

func (d dice) features(o layer.Options, e *layer.Encoder, places []*gazetteer.Place) []encoded {
	var all []encoded
	r := geo.Record{Mention: d.mention(places), Article: d.article()}
	for f, err := range o.Mentions(rows(r)) {
		got, encodeErr := e.AppendMention(nil, &r)
		all = append(all, encoded{got, encodeErr, slow(f, err)})
	}
	v := d.event(places)
	if d.IntN(2) == 0 {
		v.WherePrec = v.Best.WherePrec
	}
	for f, err := range o.Events(rows(v)) {
		got, encodeErr := e.AppendEvent(nil, &v)
		all = append(all, encoded{got, encodeErr, slow(f, err)})
	}
	s := geo.PlaceSummary{Place: pick(d, places...), Mentions: d.IntN(99), Sites: d.IntN(99), Articles: 7, Days: geo.Interval{From: d.day(), To: d.day()}}
	for f, err := range o.Places(rows(s)) {
		got, encodeErr := e.AppendPlace(nil, &s)
		all = append(all, encoded{got, encodeErr, slow(f, err)})
	}
	return all
}

func TestEncoderWritesWhatWriteGeoJSONWrites(t *testing.T) {
	for i, labels := range []geo.Labels{"", geo.LabelsGazetteer, geo.LabelsAsWritten, geo.LabelsDual} {
		d := dice{rand.New(rand.NewPCG(uint64(i), 1))}
		o := layer.Options{Labels: labels}
		e := layer.NewEncoder(o)
		var places []*gazetteer.Place
		for range 30 {
			places = append(places, d.place())
		}
		for range 500 {
			for _, f := range d.features(o, e, places) {
				if f.err != nil || !bytes.Equal(f.got, f.want) {
					t.Fatalf("labels %q: %v\n%s\nwant\n%s", labels, f.err, f.got, f.want)
				}
			}
		}
	}
}

func TestEncoderFollowsColumns(t *testing.T) {
	e := layer.NewEncoder(layer.Options{})
	for name, features := range map[string]func() ([]byte, error){
		layer.EventCollection:   func() ([]byte, error) { return e.AppendEvent(nil, new(geo.Event)) },
		layer.MentionCollection: func() ([]byte, error) { return e.AppendMention(nil, new(geo.Record)) },
		layer.PlaceCollection:   func() ([]byte, error) { return e.AppendPlace(nil, new(geo.PlaceSummary)) },
	} {
		text, err := features()
		if err != nil {
			t.Fatal(err)
		}
		var f struct{ Properties json.RawMessage }
		if err := json.Unmarshal(text, &f); err != nil {
			t.Fatalf("%s: %v in %s", name, err, text)
		}
		var got []string
		decoder := json.NewDecoder(bytes.NewReader(f.Properties))
		for depth := 0; ; {
			token, err := decoder.Token()
			if err != nil {
				break
			}
			switch token {
			case json.Delim('{'), json.Delim('['):
				depth++
			case json.Delim('}'), json.Delim(']'):
				depth--
			}
			if key, ok := token.(string); ok && depth == 1 {
				got = append(got, key)
				var value any
				if err := decoder.Decode(&value); err != nil {
					t.Fatal(err)
				}
			}
		}
		if want, _ := layer.Columns(name); !slices.Equal(got, want) {
			t.Errorf("%s: the encoder writes %v, want %v", name, got, want)
		}
	}
}

func TestEncoderRefusesWhatIsNoNumber(t *testing.T) {
	e := layer.NewEncoder(layer.Options{})
	off, endless := *town, *town
	off.Point, endless.Uncertainty = orb.Point{181, 0}, math.Inf(1)
	at := func(p *gazetteer.Place, g orb.Geometry, confidence float64) error {
		_, err := e.AppendMention(nil, &geo.Record{Mention: geo.Mention{Article: "a", Place: p, Geometry: g, Confidence: confidence}})
		return err
	}
	for range 2 { // what failed once fails again
		for _, tt := range []struct {
			err  error
			want string
		}{
			{at(town, nil, math.NaN()), `"a:0": property confidence: is not a finite number`},
			{at(&off, nil, 1), `"a:0": position 181,0 is not on the globe`},
			{at(town, orb.Point{0, math.NaN()}, 1), `"a:0": position 0,NaN is not on the globe`},
			{at(&endless, nil, 1), `"a:0": property uncertainty_m: is not a finite number`},
		} {
			if tt.err == nil || !strings.Contains(tt.err.Error(), tt.want) {
				t.Errorf("%v, want %s", tt.err, tt.want)
			}
		}
		if err := at(&off, orb.Point{1, 2}, 1); err != nil {
			t.Errorf("a mention elsewhere than at a broken place: %v", err)
		}
		if _, err := e.AppendPlace(nil, &geo.PlaceSummary{Place: &off}); err == nil || !strings.Contains(err.Error(), "not on the globe") {
			t.Errorf("a place off the globe: %v", err)
		}
	}
}

func TestEncoderForgets(t *testing.T) {
	e := layer.NewEncoder(layer.Options{})
	for i := range 40 {
		p := *town
		p.ID, p.Source = fmt.Sprint(i), strings.Repeat("x", 1<<20)
		for range 2 {
			got, err := e.AppendPlace(nil, &geo.PlaceSummary{Place: &p})
			if err != nil || !strings.HasPrefix(string(got), fmt.Sprintf(`{"type":"Feature","id":"%d"`, i)) || !json.Valid(got) {
				t.Fatalf("place %d: %v", i, err)
			}
		}
	}
	if kept := e.KeptBytes(); kept > 17<<20 {
		t.Errorf("%d bytes are kept", kept)
	}
}

func TestEncoderServesManyAtOnce(t *testing.T) {
	e := layer.NewEncoder(layer.Options{})
	want, err := e.AppendEvent(nil, &events()[0])
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				p := *town
				v := events()[0]
				v.Place = &p
				if got, err := e.AppendEvent(nil, &v); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s, %v", got, err)
				}
			}
		})
	}
	all.Wait()
}

func TestEncoderMakesNoGarbage(t *testing.T) {
	e := layer.NewEncoder(layer.Options{})
	r := geo.Record{Mention: shelling, Article: article}
	b := make([]byte, 0, 16<<10)
	if n := testing.AllocsPerRun(100, func() {
		if _, err := e.AppendMention(b, &r); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("%v allocations a mention", n)
	}
}

func BenchmarkEncoder(b *testing.B) {
	e := layer.NewEncoder(layer.Options{})
	some := events()
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		for i := range 1000 {
			var err error
			if out, err = e.AppendEvent(out[:0], &some[i%len(some)]); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkEncoderMentions(b *testing.B) {
	e := layer.NewEncoder(layer.Options{})
	r := geo.Record{Mention: shelling, Article: article}
	r.Sentence = "The army said on Sunday that its artillery had shelled positions near Stepanakert, where at least 16 people were killed."
	r.Deaths, r.Injuries = geo.Count{}, geo.Count{}
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if out, err = e.AppendMention(out[:0], &r); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(out)))
}
