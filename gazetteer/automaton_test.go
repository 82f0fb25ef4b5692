package gazetteer_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/blevesearch/vellum"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// Our reader finds in an automaton what vellum's finds.
func TestAutomaton(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, alphabet := range []string{"ab", "\x00\x01\xfe\xff", "etaoin .-09", allBytes()} {
		keys := make(map[string]uint64)
		for range 5000 {
			key := make([]byte, 1+r.IntN(8))
			for i := range key {
				key[i] = alphabet[r.IntN(len(alphabet))]
			}
			keys[string(key)] = r.Uint64N(1 << (1 + r.IntN(60)))
		}
		data := automaton(t, keys)
		fst, err := vellum.Load(data)
		if err != nil {
			t.Fatal(err)
		}
		asked := 0
		for key := range keys {
			for _, key := range []string{key, key[:len(key)-1], key + alphabet[:1]} {
				asked++
				want, wantOK, err := fst.Get([]byte(key))
				got, ok, errGot := gazetteer.AutomatonGet(data, key)
				if errors.Join(err, errGot) != nil || got != want && ok || ok != wantOK {
					t.Fatalf("%q: got %d, %v, %v, want %d, %v, %v", key, got, ok, errGot, want, wantOK, err)
				}
			}
		}
		for range 1000 {
			v, err := gazetteer.AutomatonPath(data, r)
			if err != nil || !slices.Contains(values(keys), v) {
				t.Fatalf("a way leads to %d, %v", v, err)
			}
		}
	}
}

func TestAutomatonSmall(t *testing.T) {
	for _, keys := range []map[string]uint64{{}, {"": 7}, {"a": 0}, {"a": 1, "b": 1}} {
		data := automaton(t, keys)
		for _, key := range []string{"", "a", "b", "ab"} {
			want, wantOK := keys[key]
			if got, ok, err := gazetteer.AutomatonGet(data, key); err != nil || got != want && ok || ok != wantOK {
				t.Errorf("%v: %q is %d, %v, %v", keys, key, got, ok, err)
			}
		}
	}
}

func automaton(t *testing.T, keys map[string]uint64) []byte {
	t.Helper()
	var out bytes.Buffer
	b, err := vellum.New(&out, nil)
	if err != nil {
		t.Fatal(err)
	}
	sorted := make([]string, 0, len(keys))
	for key := range keys {
		sorted = append(sorted, key)
	}
	slices.Sort(sorted)
	for _, key := range sorted {
		if err := b.Insert([]byte(key), keys[key]); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func values(keys map[string]uint64) []uint64 {
	var out []uint64
	for _, v := range keys {
		out = append(out, v)
	}
	return out
}

func allBytes() string {
	var b []byte
	for i := range 256 {
		b = append(b, byte(i))
	}
	return string(b)
}

func FuzzAutomaton(f *testing.F) {
	var out bytes.Buffer
	b, err := vellum.New(&out, nil)
	if err != nil {
		f.Fatal(err)
	}
	for i := range 300 {
		if err := b.Insert(fmt.Appendf(nil, "key %03d", i), uint64(i*i)); err != nil {
			f.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes(), "key 017", uint64(1))
	f.Add(out.Bytes()[:40], "key 017", uint64(2))
	f.Fuzz(func(_ *testing.T, data []byte, key string, seed uint64) {
		_, _, _ = gazetteer.AutomatonGet(data, key)
		_, _ = gazetteer.AutomatonPath(data, rand.New(rand.NewPCG(seed, 0)))
	})
}
