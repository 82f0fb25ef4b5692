package layer

import (
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"

	"github.com/conflictmap/conflictmap/gazetteer"
	"github.com/conflictmap/conflictmap/geo"
)

// drawn is what the features of mentions and events at a place share.
type drawn struct {
	geometry    []byte // the footprint, or null
	columns     []byte // of the place, to the end, or up to "label" if that goes by what is written
	behind      []byte // the columns after "label", nil if columns holds all of them
	uncertainty []byte

	geometryErr, uncertaintyErr error // why there is no such thing
}

// drawnAt is what features of the place share, nil for no place.
func (e *Encoder) drawnAt(p *gazetteer.Place) *drawn {
	if p == nil {
		return nil
	}
	all := &e.kept[e.crs].drawn
	d := all.of(p)
	if d == nil {
		d = e.newDrawn(p)
		all.keep(p, d, len(d.geometry)+len(d.columns)+len(d.behind)+len(d.uncertainty))
	}
	return d
}

func (e *Encoder) newDrawn(p *gazetteer.Place) *drawn {
	d := new(drawn)
	d.geometry, d.geometryErr = e.notation().appendGeoJSON(nil, p.Footprint())
	var w row
	w.text(`,"place_id":`, p.ID)
	w.text(`,"place":`, p.Name)
	if p.Disputed && (e.options.Labels == geo.LabelsAsWritten || e.options.Labels == geo.LabelsDual) {
		d.columns, w.b = w.b, nil
		w.placeEnd(p)
		d.behind = w.b
	} else {
		w.text(`,"label":`, e.options.Labels.Label(p, ""))
		w.placeEnd(p)
		d.columns = w.b
	}
	var metres row
	metres.metres(p)
	d.uncertainty, d.uncertaintyErr = metres.b, metres.err
	return d
}

func (w *row) placeEnd(p *gazetteer.Place) {
	w.text(`,"country":`, p.Country)
	w.text(`,"kind":`, string(p.Kind))
	w.boolean(`,"disputed":`, p.Disputed)
}

// metres is the place's uncertainty, null where nobody stated one.
func (w *row) metres(p *gazetteer.Place) {
	if p.Uncertainty == 0 {
		w.text(`,"uncertainty_m":`, "")
		return
	}
	w.number(`,"uncertainty_m":`, p.Uncertainty)
}

// place appends the columns of the place, d of p, under the name that was written.
func (w *row) place(d *drawn, labels geo.Labels, p *gazetteer.Place, written string) {
	switch {
	case p == nil:
		w.b = append(w.b, `,"place_id":null,"place":null`...)
		w.text(`,"label":`, written)
		w.b = append(w.b, `,"country":null,"kind":null,"disputed":null`...)
	case d.behind == nil:
		w.b = append(w.b, d.columns...)
	default:
		w.b = append(w.b, d.columns...)
		w.text(`,"label":`, labels.Label(p, written))
		w.b = append(w.b, d.behind...)
	}
}

// geometry appends where the text puts the feature, else the place's footprint.
func (w *row) geometry(crs CRS, moved orb.Geometry, d *drawn) {
	w.b = append(w.b, `,"geometry":`...)
	switch {
	case moved != nil:
		n := jsonNotation()
		n.crs = crs
		var err error
		w.b, err = n.appendGeoJSON(w.b, moved)
		w.fail(err)
	case d != nil:
		w.b = append(w.b, d.geometry...)
		w.fail(d.geometryErr)
	default:
		w.b = append(w.b, "null"...)
	}
}

// uncertainty is null for what the text puts elsewhere than at the place.
func (w *row) uncertainty(d *drawn, moved bool) {
	if moved || d == nil {
		w.text(`,"uncertainty_m":`, "")
		return
	}
	w.b = append(w.b, d.uncertainty...)
	w.fail(d.uncertaintyErr)
}

// listed is the feature of a place around what the selected mentions say of it.
type listed struct {
	before, behind []byte
	err            error // why there is no such thing
}

// listedAs is what the place's own feature always has.
func (e *Encoder) listedAs(p *gazetteer.Place) *listed {
	all := &e.kept[e.crs].listed
	l := all.of(p)
	if l == nil {
		l = e.newListed(p)
		all.keep(p, l, len(l.before)+len(l.behind))
	}
	return l
}

func (e *Encoder) newListed(place *gazetteer.Place) *listed {
	p := orNowhere(place)
	w := row{b: appendString([]byte(`{"type":"Feature","id":`), p.ID)}
	w.b = append(w.b, `,"geometry":`...)
	var err error
	w.b, err = e.notation().appendGeoJSON(w.b, labelOf(place))
	w.fail(err)
	w.text(`,"properties":{"id":`, p.ID)
	w.text(`,"name":`, p.Name)
	w.text(`,"label":`, e.options.Labels.Label(p, ""))
	w.text(`,"country":`, p.Country)
	w.text(`,"kind":`, string(p.Kind))
	w.boolean(`,"disputed":`, p.Disputed)
	w.boolean(`,"capital":`, p.Capital)
	w.code(`,"population":`, int(p.Population))
	w.list(`,"names":`, namesOf(p))
	behind := row{err: w.err}
	behind.metres(p)
	behind.text(`,"source":`, p.Source)
	behind.text(`,"geonames":`, p.External["geonames"])
	behind.text(`,"wikidata":`, p.External["wikidata"])
	return &listed{before: w.b, behind: append(behind.b, "}}"...), err: behind.err}
}

func (e *Encoder) notation() notation {
	n := jsonNotation()
	n.crs = e.crs
	return n
}

const (
	// maxFragmentBytes bounds what an encoder keeps of each kind. Beyond it
	// everything is dropped and begun anew.
	maxFragmentBytes = 8 << 20
	fragmentOverhead = 256 // of an entry
)

// fragments keeps what was encoded of places.
type fragments[T any] struct {
	byPlace sync.Map // *gazetteer.Place → *T
	size    atomic.Int64
}

// of is what is kept of the place, nil for nothing.
func (f *fragments[T]) of(p *gazetteer.Place) *T {
	v, _ := f.byPlace.Load(p)
	t, _ := v.(*T)
	return t
}

// keep keeps t, which takes so many bytes.
func (f *fragments[T]) keep(p *gazetteer.Place, t *T, size int) {
	if f.size.Add(int64(size+fragmentOverhead)) > maxFragmentBytes {
		f.byPlace.Clear()
		f.size.Store(int64(size + fragmentOverhead))
	}
	f.byPlace.Store(p, t)
}
