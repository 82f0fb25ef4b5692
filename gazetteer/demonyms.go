package gazetteer

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// demonymColumns are the columns of the table of demonyms. The place's name is
// there to be read, and checked against the id.
var demonymColumns = []string{"id", "place", "forms", "source"}

// readDemonyms reads the table of demonyms and adds the forms, English and
// separated by "|", to the names of the places. Its case is kept: "Polish" and
// "polish" differ to a recogniser.
func readDemonyms(r io.Reader, file string, byID map[string]located) (table, error) {
	t, err := readTable(r, file, demonymColumns)
	var problems problems
	for _, row := range t.rows {
		id, name, forms := row.fields[0], row.fields[1], row.fields[2]
		p, ok := byID[id]
		switch {
		case !ok:
			problems.add(file, row.line, "id %q is no place in these tables", clip(id))
			continue
		case p.Name != name:
			problems.add(file, row.line, "id %q is %q, not %q", id, p.Name, clip(name))
			continue
		}
		names, err := parseDemonyms(forms)
		if err != nil {
			problems.add(file, row.line, "%w", err)
			continue
		}
		p.Names = append(p.Names, names...)
	}
	t.rows = nil
	return t, errors.Join(err, problems.err())
}

func parseDemonyms(s string) ([]Name, error) {
	forms := strings.Split(s, "|")
	if len(forms) > maxNames {
		return nil, fmt.Errorf("%d demonyms, at most %d", len(forms), maxNames)
	}
	names := make([]Name, 0, len(forms))
	for _, f := range forms {
		f = strings.TrimSpace(f)
		if err := checkName(f); err != nil {
			return nil, err
		}
		names = append(names, Name{Text: f, Lang: "en", Script: Script(f, "en"), Demonym: true})
	}
	return names, nil
}
