package index

import (
	"fmt"
	"slices"

	"github.com/conflictmap/conflictmap/geo"
)

// flags packs what a mention has of codes and yes-or-no. The lowest byte is its
// kind: what a filter of event types, roles and claims asks for.
type flags uint32

const (
	eventBits = 3 // 0 is none; in the order of geo.EventTypes
	roleBits  = 3
	claimBits = 2
	precBits  = 3

	roleShift  = eventBits
	claimShift = roleShift + roleBits
	dateShift  = claimShift + claimBits
	whereShift = dateShift + precBits

	eventMask = 1<<eventBits - 1
	roleMask  = 1<<roleBits - 1
	claimMask = 1<<claimBits - 1
	precMask  = 1<<precBits - 1
	kinds     = 1 << dateShift
)

const (
	demonymFlag flags = 1 << (whereShift + precBits + iota)
	movedFlag
	deathsFlag
	injuriesFlag
)

func (f flags) event() int                    { return int(f & eventMask) }
func (f flags) role() int                     { return int(f >> roleShift & roleMask) }
func (f flags) claim() int                    { return int(f >> claimShift & claimMask) }
func (f flags) datePrec() geo.DatePrecision   { return geo.DatePrecision(f >> dateShift & precMask) }
func (f flags) wherePrec() geo.WherePrecision { return geo.WherePrecision(f >> whereShift & precMask) }
func (f flags) is(flag flags) bool            { return f&flag != 0 }
func precisions(d geo.DatePrecision, w geo.WherePrecision) flags {
	return flags(d)&precMask<<dateShift | flags(w)&precMask<<whereShift
}

// vocabulary is the codes by number, 0 for none.
type vocabulary struct {
	events []geo.EventType
	roles  []geo.Role
	claims []geo.Claim
	site   int // the number of geo.Site
}

func newVocabulary() *vocabulary {
	v := &vocabulary{
		events: append([]geo.EventType{""}, geo.EventTypes()...),
		roles:  append([]geo.Role{""}, geo.Roles()...),
		claims: append([]geo.Claim{""}, geo.Claims()...),
	}
	v.site = slices.Index(v.roles, geo.Site)
	return v
}

// pack packs the codes of a mention.
func (v *vocabulary) pack(m *Mention) (flags, error) {
	event, role, claim := slices.Index(v.events, m.Event), slices.Index(v.roles, m.Role), slices.Index(v.claims, m.Claim)
	if event < 0 || role < 0 || claim < 0 || m.DatePrec < 0 || m.DatePrec > precMask || m.WherePrec < 0 || m.WherePrec > precMask {
		return 0, fmt.Errorf("role %q, event %q, claim %q, date_prec %d, where_prec %d are no codes that are known",
			m.Role, m.Event, m.Claim, m.DatePrec, m.WherePrec)
	}
	f := flags(event|role<<roleShift|claim<<claimShift) | precisions(m.DatePrec, m.WherePrec)
	for _, x := range [...]struct {
		flag flags
		set  bool
	}{
		{demonymFlag, m.Demonym}, {movedFlag, m.Geometry != nil}, {deathsFlag, m.Deaths.Stated}, {injuriesFlag, m.Injuries.Stated},
	} {
		if x.set {
			f |= x.flag
		}
	}
	return f, nil
}

// Confidences are hundredths, but for odd ones, which are kept apart.
const oddConfidence = 255

func packConfidence(c float64) uint8 {
	if n := int(c*100 + 0.5); n >= 0 && n <= 100 && float64(n)/100 == c {
		return uint8(n)
	}
	return oddConfidence
}
