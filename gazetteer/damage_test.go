package gazetteer_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
)

// sample is a small compiled file with everything in it.
func sample(t testing.TB) []byte {
	t.Helper()
	b := newBuilder(t, gazetteer.BuilderOptions{})
	if err := gazetteer.LoadInto(b, files(
		"countries.tsv", header+armenia,
		"theatre.tsv", header+goris+strings.ReplaceAll(lake, "Lake", "Lake Sevan")+
			"cm:goris-hamlet\tGoris\tsettlement\tAM\t\t\t-179.9\t-80\t\t\tar=غوريس|Gorisse|en=Goriss Town\t\ttest\n",
		"demonyms.tsv", demonyms+"gn:174982\tArmenia\tArmenian|Armenians\ttest\n",
		"shapes/lake.geojson", square,
	)); err != nil {
		t.Fatal(err)
	}
	data, err := gazetteer.Compile(b)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// useAll asks for everything. It fails where damage gives a place that is none.
func useAll(t *testing.T, g *gazetteer.Gazetteer) {
	t.Helper()
	check := func(p *gazetteer.Place) {
		if p == nil || p.ID == "" || !p.Kind.Valid() || !(p.Point[0] >= -180 && p.Point[0] <= 180 && p.Point[1] >= -90 && p.Point[1] <= 90) {
			t.Errorf("an invalid place: %+v", p)
		}
	}
	for _, name := range []string{"Goris", "Hayastan", "Горис", "غوريس", "lake sevan", "Gorisse", "Ghoris", "Armenians", "x"} {
		for _, h := range append(g.Lookup(name), g.Prefix(name[:1], 20)...) {
			check(h.Place)
		}
		if _, hits := g.Longest(strings.Fields(gazetteer.Fold(name))); hits != nil {
			check(hits[0].Place)
		}
	}
	for _, at := range []orb.Point{{45, 40}, {180, -90}, {-180, 90}} {
		for _, n := range g.Nearest(at, 10, 0) {
			check(n.Place)
		}
	}
	for _, id := range []string{"gn:174895", "cm:lake", "a", "z"} {
		if p, ok := g.Place(id); ok {
			check(p)
		}
	}
	if p, ok := g.CountryPlace("AM"); ok {
		check(p)
	}
	n := 0
	for p := range g.Places() {
		check(p)
		n++
	}
	if err := g.Err(); err != nil && strings.Contains(err.Error(), "runtime error") {
		t.Errorf("damage was met too late: %v", err)
	}
	if n != g.Len() && g.Err() == nil {
		t.Errorf("%d of %d places and no error", n, g.Len())
	}
}

func TestSampleIsWhole(t *testing.T) {
	g, err := gazetteer.OpenBytes(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	useAll(t, g)
	if err := errors.Join(g.Err(), g.Verify()); err != nil || g.Len() != 4 || len(g.Nearest(orb.Point{}, 10, 0)) != 4 {
		t.Errorf("%d places, %v", g.Len(), err)
	}
}

// A file that was cut short anywhere, or goes on, is refused.
func TestTruncated(t *testing.T) {
	data := sample(t)
	for n := range len(data) {
		if _, err := gazetteer.OpenBytes(data[:n]); !errors.Is(err, gazetteer.ErrFormat) {
			t.Fatalf("cut at %d of %d: %v", n, len(data), err)
		}
	}
	if _, err := gazetteer.OpenBytes(append(bytes.Clone(data), 0)); !errors.Is(err, gazetteer.ErrFormat) {
		t.Errorf("a byte more: %v", err)
	}
}

// Whatever bit is wrong, Open or Verify say so, and look-ups survive it.
func TestEveryBit(t *testing.T) {
	data := sample(t)
	refused := 0
	for i := range len(data) * 8 {
		damaged := bytes.Clone(data)
		damaged[i/8] ^= 1 << (i % 8)
		g, err := gazetteer.OpenBytes(damaged)
		switch {
		case errors.Is(err, gazetteer.ErrFormat):
			refused++
		case err != nil:
			t.Fatalf("bit %d: %v is no ErrFormat", i, err)
		default:
			useAll(t, g)
			if err := g.Verify(); !errors.Is(err, gazetteer.ErrFormat) {
				t.Fatalf("bit %d: verified as %v", i, err)
			}
		}
	}
	t.Logf("%d bits, %d refused by Open", len(data)*8, refused)
}

// reseal makes the checksums of a file those of its content, so that damage
// gets past them.
func reseal(data []byte) []byte {
	const headerSize, entrySize, trailerSize = 16, 24, 32
	castagnoli := crc32.MakeTable(crc32.Castagnoli)
	if len(data) < headerSize+gazetteer.Sections*entrySize+trailerSize {
		return data
	}
	table := data[len(data)-trailerSize-gazetteer.Sections*entrySize:]
	for id := range gazetteer.Sections {
		e := table[id*entrySize:]
		start, n := binary.LittleEndian.Uint64(e[8:]), binary.LittleEndian.Uint64(e[16:])
		if size := uint64(len(data)); start <= size && n <= size-start {
			binary.LittleEndian.PutUint32(e[4:], crc32.Checksum(data[start:start+n], castagnoli))
		}
	}
	sum := crc32.Checksum(data[:headerSize], castagnoli)
	sum = crc32.Update(sum, castagnoli, table[:len(table)-trailerSize+20])
	binary.LittleEndian.PutUint32(data[len(data)-12:], sum)
	return data
}

// A file made to deceive has good checksums. Nothing that it says may lead
// astray.
func TestForged(t *testing.T) {
	data := sample(t)
	r := rand.New(rand.NewPCG(5, 6))
	opened := 0
	for range 20_000 {
		forged := bytes.Clone(data)
		for range 1 + r.IntN(8) {
			forged[r.IntN(len(forged))] = byte(r.Uint32())
		}
		g, err := gazetteer.OpenBytes(reseal(forged))
		if err != nil {
			continue
		}
		opened++
		useAll(t, g)
	}
	if opened < 1000 {
		t.Errorf("only %d forged files opened", opened)
	}
}

func TestNoGazetteer(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	future := sample(t)
	future[8]++
	for path, want := range map[string]string{
		write("empty", nil): "0 bytes",
		write("text", []byte(strings.Repeat("id\tname\n", 20))): "does not begin like one",
		write("zip", append([]byte("PK\x03\x04"), future...)):   "does not begin like one",
		write("future", future):                                 "format version 2, this program reads 1",
		dir:                                                     "regular file",
		filepath.Join(dir, "none"):                              "no such file",
	} {
		_, err := gazetteer.Open(path)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("Open(%s): %v, want %q", path, err, want)
		}
	}
}

// Somebody may cut the file short while it is open. What lies behind the end
// can not be read then, which must not kill the process.
func TestCutWhileOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.cmg")
	b := newBuilder(t, gazetteer.BuilderOptions{})
	synthetic(t, b, 10_000)
	if _, err := b.WriteFile(path); err != nil {
		t.Fatal(err)
	}
	g, err := gazetteer.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	if err := os.Truncate(path, 4096); err != nil {
		t.Fatal(err)
	}
	g.Lookup("Shusha")
	g.Nearest(orb.Point{}, 1, 0)
	for range g.Places() {
	}
	if err := g.Verify(); !errors.Is(err, gazetteer.ErrFormat) {
		t.Errorf("verified: %v", err)
	}
	if g.Err() == nil {
		t.Error("no look-up met the damage")
	}
}

func FuzzOpen(f *testing.F) {
	data := sample(f)
	f.Add(data, uint32(0), []byte{})
	f.Add([]byte{}, uint32(300), []byte{0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{}, uint32(len(data)-60), []byte{0x7f})
	f.Add([]byte("\x89CMG\r\n\x1a\n\x01\x00\x00\x00\x0a\x00\x00\x00CMGAZEND"), uint32(0), []byte{})
	f.Fuzz(func(t *testing.T, file []byte, at uint32, patch []byte) {
		if g, err := gazetteer.OpenBytes(file); err == nil {
			useAll(t, g)
		}
		forged := bytes.Clone(data)
		copy(forged[int(at)%len(forged):], patch)
		if g, err := gazetteer.OpenBytes(reseal(forged)); err == nil {
			useAll(t, g)
		}
	})
}
