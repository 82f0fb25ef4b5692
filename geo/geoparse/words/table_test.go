package words_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/geo/geoparse/words"
)

// sample is a table of n words w0, w1 … with nested clusters.
func sample(n int) []words.Entry {
	var entries []words.Entry
	for i := range n {
		entries = append(entries, words.Entry{Word: fmt.Sprint("w", i), Class: words.Class{
			Coarse: uint16(i%20/10) + 1, Medium: uint16(i%20/5) + 1, Fine: uint16(i%20) + 1,
			Noun: uint8(i % 29), Verb: uint8(i % 44), Rank: uint8(i % 18),
		}})
	}
	return append(entries, words.Entry{Word: "loose", Class: words.Class{Noun: 4, Rank: 9}})
}

func TestEncodeRead(t *testing.T) {
	for _, n := range []int{0, 1, 3, 100, 5000} {
		entries := sample(n)
		data, err := words.Encode(entries)
		if err != nil {
			t.Fatal(err)
		}
		table, err := words.Read(string(data))
		if err != nil {
			t.Fatal(err)
		}
		if table.Len() != len(entries) {
			t.Errorf("%d words, want %d", table.Len(), len(entries))
		}
		for _, e := range entries {
			if got := table.Of(e.Word); got != e.Class {
				t.Fatalf("%q is %+v, want %+v", e.Word, got, e.Class)
			}
		}
		if got := table.Of("other"); got != (words.Class{}) {
			t.Errorf("an unknown word is %+v", got)
		}
		slices.Reverse(entries)
		if again, err := words.Encode(entries); err != nil || !bytes.Equal(again, data) {
			t.Errorf("the order of %d entries changes the bytes (%v)", n, err)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for name, entries := range map[string][]words.Entry{
		"twice":         {{Word: "a"}, {Word: "a"}},
		"two parents":   {{Word: "a", Class: words.Class{Coarse: 1, Medium: 1, Fine: 1}}, {Word: "b", Class: words.Class{Coarse: 1, Medium: 2, Fine: 1}}},
		"no parent":     {{Word: "a", Class: words.Class{Medium: 1, Fine: 1}}},
		"noun too high": {{Word: "a", Class: words.Class{Noun: 32}}},
		"fine too high": {{Word: "a", Class: words.Class{Coarse: 1, Medium: 1, Fine: 1 << 13}}},
	} {
		if _, err := words.Encode(entries); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	data, err := words.Encode(sample(50))
	if err != nil {
		t.Fatal(err)
	}
	whole := string(data)
	for name, bad := range map[string]string{
		"empty":         "",
		"cut header":    whole[:20],
		"cut":           whole[:len(whole)-1],
		"longer":        whole + "\x00",
		"other version": strings.Replace(whole, "\x01", "\x02", 1),
		"huge":          whole[:12] + "\xff\xff\xff\xff" + whole[16:],
		"many bits":     whole[:8] + "\x1f\x00\x00\x00" + whole[12:],
	} {
		if _, err := words.Read(bad); !errors.Is(err, words.ErrTable) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// What the built-in table says is in range, and it is as small as it should be.
func TestBuiltinTable(t *testing.T) {
	info, err := os.Stat("words.bin")
	if err != nil {
		t.Fatal(err)
	}
	if table := words.Builtin(); info.Size() > 1_200_000 || table.Len() < 80_000 {
		t.Errorf("%d words in %d bytes", table.Len(), info.Size())
	}
	if err := words.Builtin().Check(); err != nil {
		t.Error(err)
	}
}

// FuzzRead damages tables: whatever the bytes, nothing panics, and clusters that
// come out are all there or all none.
func FuzzRead(f *testing.F) {
	data, err := words.Encode(sample(40))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data), "w7")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, data, word string) {
		table, err := words.Read(data)
		if err != nil {
			return
		}
		for _, w := range []string{word, "w1", "w17", "loose", "other"} {
			c := table.Of(w)
			if (c.Fine == 0) != (c.Medium == 0) || (c.Fine == 0) != (c.Coarse == 0) {
				t.Errorf("%q is %+v", w, c)
			}
		}
	})
}
