package geoparse

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

func TestZZ(t *testing.T) {
	g, _ := gazetteer.Builtin()
	p := New(g, nil)
	for _, file := range strings.Fields(os.Getenv("ZZ")) {
		f, _ := os.Open(file)
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<24)
		for sc.Scan() {
			var x struct{ ID, Text, Published string }
			_ = json.Unmarshal(sc.Bytes(), &x)
			day, _ := geo.ParseDay(x.Published)
			d := p.read(x.Text, day)
			tops := p.recognise(d)
			resolve(tops)
			p.assignRoles(d, tops)
			p.assignEvents(d, tops)
			d.assignCasualties(tops)
			for k, s := range d.sents {
				has := false
				for i := s.first; i <= s.last; i++ {
					has = has || harmOf(&d.toks[i]).any()
				}
				if !has {
					continue
				}
				fmt.Printf("[%s] %s\n", x.ID, strings.ReplaceAll(d.span(s.first, s.last), "\n", " "))
				for _, f := range d.figuresIn(k) {
					c := d.count(&f)
					in := map[int][]*toponym{}
					for _, t := range tops {
						if t.role == geo.Site || t.role == geo.Setting {
							in[t.sent] = append(in[t.sent], t)
						}
					}
					to := ""
					for _, st := range d.sitesOf(&f, in) {
						to += " @" + d.span(st.first, st.last) + "/" + string(st.event) + "/" + st.when.days.String()
					}
					fmt.Printf("    => d%t i%t %d-%d %t %q %s\n", f.deaths, f.injuries, c.Low, c.High, c.Open, c.Words, to)
				}
			}
		}
	}
}
