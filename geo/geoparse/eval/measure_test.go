package eval_test

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
	"github.com/conflictmap/conflictmap/geo/geoparse/eval"
)

const sourced = `{"id":"a","source":"Wire, CC BY","text":"Goris region and Baku, Kapan.","mentions":[
 {"start":0,"end":12,"name":"Goris region","country":"AM","lat":39.5,"lon":46.3,"kind":"settlement","role":"site","event":"battle","claim":"claimed","claimed_by":"the Armenian army"},
 {"start":17,"end":21,"name":"Baku","role":"actor"},
 {"start":23,"end":28,"name":"Kapan","country":"AM","lat":39.2,"lon":46.4,"kind":"settlement","role":"setting","optional":true}]}
{"id":"b","source":"Blog; daily","text":"Goris fell, and then nothing more.","mentions":[
 {"start":0,"end":5,"name":"Goris","country":"AM","lat":39.5,"lon":46.3,"kind":"settlement","role":"site","event":"battle","claim":"claimed","claimed_by":"the Armenian army"}]}`

func reports(t *testing.T, p eval.Parser, corpus string) []*eval.Report {
	t.Helper()
	rs, err := eval.Run(p, "x.jsonl", strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(corpus, ",\n", ","), "[\n", "[")))
	if err != nil {
		t.Fatal(err)
	}
	return rs
}

// Spans that only overlap, mentions without coordinates and optional ones, one
// source and another.
func TestOverlapAndEndToEnd(t *testing.T) {
	goris := place("goris", gazetteer.Settlement, "AM", 46.3, 39.5)
	p := fixed{
		{Start: 0, End: 5, Name: "Goris", Place: goris, Role: geo.Site, Event: geo.Battle, Claim: geo.Claimed, ClaimedBy: "Armenian army spokesman", Confidence: 0.8},
		{Start: 17, End: 21, Name: "Baku", Place: goris, Role: geo.Actor, Confidence: 0.3},
		{Start: 23, End: 28, Name: "Kapan", Place: goris, Role: geo.Site, Confidence: 1},
	}
	rs := reports(t, p, sourced)
	var names []string
	for _, r := range rs {
		names = append(names, r.Corpus)
	}
	if got := strings.Join(names, " "); got != "x.jsonl x.jsonl/Wire x.jsonl/Blog" {
		t.Fatalf("reports %s", got)
	}
	wire, blog := rs[1], rs[2]
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"overlap", wire.Overlap, eval.Overlap{Predicted: eval.Ratio{Right: 2, Of: 2}, Gold: eval.Ratio{Right: 2, Of: 2}}},
		{"strict", wire.Spans, eval.Found{True: 1, False: 1, Missed: 1}},
		{"end to end, without the mention that has no coordinates", wire.EndToEnd, eval.Found{True: 1}},
		{"end to end, with places over nothing", blog.EndToEnd, eval.Found{True: 1, False: 2}},
		{"mentions", wire.Mentions, 2},
		{"calibration, 0.3 in its own bin", wire.Calibration.Bins[3], eval.Bin{Sum: 0.3, Right: 1, Of: 1}},
		{"calibration, no mention", wire.Calibration.Bins[8], eval.Bin{Sum: 0.8, Right: 0, Of: 1}},
		{"calibration, not the optional one", wire.Calibration.Bins[9], eval.Bin{}},
		{"actors", wire.Role(geo.Actor), eval.Found{True: 1}},
		{"macro F1 of the one role there is", wire.MacroRole(), 1.0},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.what, c.got, c.want)
		}
	}
	if got := blog.Claimants.Value(); math.Abs(got-0.8) > 1e-9 {
		t.Errorf("claimants overlap by %v, want 2·2/(3+2)", got)
	}
	if got, want := wire.Calibration.Error(), (0.7+0.8)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("calibration error %v, want %v", got, want)
	}
	if got, want := wire.Calibration.Brier(), (0.49+0.64)/2; math.Abs(got-want) > 1e-9 {
		t.Errorf("Brier score %v, want %v", got, want)
	}
}

// Every figure has a place in the JSON, null where nothing was asked.
func TestWriteJSON(t *testing.T) {
	var b bytes.Buffer
	if err := eval.WriteJSON(&b, reports(t, fixed{}, sourced)[:1]); err != nil {
		t.Fatal(err)
	}
	var got []map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got[0]["recall"] != 0.0 || got[0]["precision"] != nil || got[0]["calibration_error"] != nil {
		t.Errorf("got %v", got[0])
	}
	for _, key := range []string{
		"documents", "mentions", "f1", "overlap_f1", "resolution_accuracy", "end_to_end_f1", "role_accuracy", "role_macro_f1",
		"by_role", "confusion", "sites", "site_f1", "false_site_share", "false_capitals", "pin_f1", "event_accuracy", "event_confusion",
		"day_accuracy", "claim_accuracy", "claimed_by_overlap", "calibration",
	} {
		if _, ok := got[0][key]; !ok {
			t.Errorf("no %s", key)
		}
	}
}
