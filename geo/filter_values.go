package geo

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Values writes f as the parameters that ParseFilter reads. Filters that select
// alike by the same values give the same parameters: lists are sorted and
// without doubles, intervals in full, what is not set is left out.
func (f Filter) Values() map[string][]string {
	out := map[string][]string{}
	set := func(name, value string) {
		if value != "" {
			out[name] = []string{value}
		}
	}
	if f.BBox != nil {
		set("bbox", f.BBox.String())
	}
	if !f.Datetime.IsZero() {
		set("datetime", f.Datetime.String())
	}
	if !f.Published.IsZero() {
		set("published", f.Published.String())
	}
	set("asof", f.AsOf.String())
	set("event", join(f.Events))
	set("role", join(f.Roles))
	set("country", join(f.Countries))
	set("place", join(f.Places))
	set("claim", join(f.Claims))
	if f.MinConfidence != 0 {
		set("min_confidence", strconv.FormatFloat(f.MinConfidence, 'g', -1, 64))
	}
	set("q", f.Query)
	if len(f.Sources) > 0 {
		out["source"] = sourceValues(canonical(f.Sources))
	}
	return out
}

// Encode writes Values as a URL query.
func (f Filter) Encode() string { return EncodeQuery(f.Values()) }

// EncodeQuery writes parameters as a URL query, sorted by name. What a query may
// hold as it is (slashes, commas, colons) stays legible.
func EncodeQuery(values map[string][]string) string {
	return strings.NewReplacer("%2F", "/", "%2C", ",", "%3A", ":").Replace(url.Values(values).Encode())
}

// sourceValues repeats the parameter where a name holds a comma.
func sourceValues(names []string) []string {
	switch {
	case !slices.ContainsFunc(names, func(s string) bool { return strings.Contains(s, ",") }):
		return []string{strings.Join(names, ",")}
	case len(names) == 1:
		return []string{names[0], names[0]}
	}
	return names
}

func join[T ~string](list []T) string {
	names := make([]string, 0, len(list))
	for _, v := range canonical(list) {
		names = append(names, string(v))
	}
	return strings.Join(names, ",")
}

// canonical sorts and removes doubles in a copy.
func canonical[T ~string](list []T) []T { return slices.Compact(slices.Sorted(slices.Values(list))) }
