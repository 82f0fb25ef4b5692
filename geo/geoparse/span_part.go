package geoparse

import "github.com/conflictmap/conflictmap/gazetteer"

// townOf returns the places of the town that an unknown building is called
// after, with the town's name in front ("Jolo Cathedral", "Toronto General
// Hospital") or a part of a town is a part of ("North London"): nil where there is
// none. The building stands in the town that bears the name, if the text names
// the town by itself, too, or if the town is big; roads are called after places far off.
func (p *Parser) townOf(d *document, first, last int) []gazetteer.Hit {
	if d.toks[first].isCompass() {
		return towns(p.hitsExactly(d, first+1, last))
	}
	if !d.toks[last].isBuilding() {
		return nil
	}
	for end := last - 1; end >= first; end-- {
		hits := towns(p.hitsExactly(d, first, end))
		if hits == nil {
			continue
		}
		if d.namesAlone(first, end) || largest(hits) >= bigTown {
			return hits
		}
		return nil
	}
	return nil
}

// isBuilding lists nouns at the end of the names of buildings and places within a town.
func (t *token) isBuilding() bool {
	switch t.fold {
	case "bridge", "cathedral", "church", "mosque", "temple", "synagogue", "castle", "fort", "palace", "citadel", "hospital", "clinic",
		"university", "college", "school", "jail", "prison", "court", "courthouse", "stadium", "arena", "market", "bazaar", "mall",
		"station", "terminal", "airport", "airfield", "port", "harbour", "harbor", "dock", "docks", "barracks", "base", "refinery",
		"plant", "factory", "museum", "theatre", "theater", "square", "park", "zoo", "cemetery", "quarter", "neighbourhood", "neighborhood",
		"suburb", "suburbs", "center", "centre", "gate", "tower", "towers", "campus", "hotel":
		return true
	}
	return false
}

// isCompass lists the words for parts of a town in front of its name.
func (t *token) isCompass() bool {
	switch t.fold {
	case "north", "south", "east", "west", "upper", "lower", "greater", "central", "downtown", "inner", "outer":
		return t.upper
	}
	return false
}

// towns keeps the settlements; nil where there are none.
func towns(hits []gazetteer.Hit) []gazetteer.Hit {
	var keep []gazetteer.Hit
	for _, h := range hits {
		if h.Place.Kind == gazetteer.Settlement && !h.Name.Demonym {
			keep = append(keep, h)
		}
	}
	return keep
}

func largest(hits []gazetteer.Hit) int64 {
	var n int64
	for _, h := range hits {
		n = max(n, h.Place.Population)
	}
	return n
}

// namesAlone reports whether the rules took the same words for a place elsewhere.
func (d *document) namesAlone(first, last int) bool {
	for k := range d.names {
		n := &d.names[k]
		if n.verdict != verdictTaken || n.last-n.first != last-first || n.first == first {
			continue
		}
		same := true
		for i := 0; i <= last-first && same; i++ {
			same = d.toks[first+i].hash == d.toks[n.first+i].hash
		}
		if same && !d.at(n.last+1).isBuilding() {
			return true
		}
	}
	return false
}
