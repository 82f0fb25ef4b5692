package geoparse_test

import (
	"testing"

	"github.com/conflictmap/conflictmap/geo"
)

func TestEvents(t *testing.T) {
	p := newParser(t)
	for _, tt := range []struct {
		text  string
		event geo.EventType
		days  string
		prec  geo.DatePrecision
		where geo.WherePrecision
	}{
		{"They bombed Stepanakert on Friday.", geo.Explosion, "2020-09-25/2020-09-25", geo.DateDay, geo.WhereExact},
		{"Clashes went on near Fuzuli overnight.", geo.Battle, "2020-09-26/2020-09-27", geo.DateDays, geo.WhereNear},
		{"In July 2020 they fought in Nagorno-Karabakh.", geo.Battle, "2020-07-01/2020-07-31", geo.DateMonth, geo.WhereProvince},
		{"There has been fighting along the line of contact since 2016.", geo.Battle, "2016-01-01/2020-09-27", geo.DateYear, geo.WhereArea},
		{"Demonstrators clashed with nobody; thousands protested in Gyumri.", geo.Protest, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"Gunmen attacked civilians in Goris.", geo.Civilians, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"Two villagers were murdered near Goris.", geo.Civilians, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereNear},
		{"Soldiers withdrew from Hadrut on 20 September.", geo.Strategic, "2020-09-20/2020-09-20", geo.DateDay, geo.WhereExact},
		{"Two people died in Goris.", geo.Casualties, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"Shelling killed two people in Goris.", geo.Explosion, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereExact},
		{"An attack in Azerbaijan went unanswered.", geo.Battle, "2020-09-27/2020-09-27", geo.DateDay, geo.WhereCountry},
	} {
		ms := sites(parse(t, p, tt.text))
		if len(ms) != 1 {
			t.Errorf("%q: %d sites, want 1", tt.text, len(ms))
			continue
		}
		m := ms[0]
		if m.Event != tt.event || m.Days.String() != tt.days || m.DatePrec != tt.prec || m.WherePrec != tt.where {
			t.Errorf("%q: got %s %v date_prec %d where_prec %d, want %s %s %d %d", tt.text,
				m.Event, m.Days, m.DatePrec, m.WherePrec, tt.event, tt.days, tt.prec, tt.where)
		}
	}
}

func sites(ms []geo.Mention) []geo.Mention {
	var out []geo.Mention
	for _, m := range ms {
		if m.Role == geo.Site {
			out = append(out, m)
		}
	}
	return out
}

// A sentence without a date takes that of the earlier sentence about the same event.
func TestInheritedDays(t *testing.T) {
	p := newParser(t)
	ms := sites(parse(t, p, "On 20 September they shelled Hadrut. Shells also fell on Martuni, Stepanakert and Aghdam."))
	for _, m := range ms {
		if got := m.Days.String(); got != "2020-09-20/2020-09-20" {
			t.Errorf("%s on %s, want 2020-09-20", m.Name, got)
		}
	}
	if len(ms) != 4 {
		t.Errorf("%d sites, want 4", len(ms))
	}
}
