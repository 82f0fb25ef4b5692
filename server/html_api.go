package server

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// definitionView is the API definition as the template shows it.
type definitionView struct {
	Description, Version, Definition string
	Groups                           []groupView
}

type groupView struct {
	Name, Description string
	Operations        []operationView
}

type operationView struct {
	ID, Path, URL, Summary, Description string
	Templated                           bool
	Parameters                          []parameterView
	Responses                           []responseView
}

type parameterView struct{ Name, In, Type, Description, Example string }

type responseView struct {
	Status, Description string
	Types               []string
}

func viewDefinition(d *apiDocument) definitionView {
	v := definitionView{Description: d.Info.Description, Version: d.Info.Version, Definition: d.Servers[0].URL + "/openapi.json"}
	for _, tag := range d.Tags {
		group := groupView{Name: tag.Name, Description: tag.Description}
		for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
			if item := d.Paths[path]; slices.Contains(item.Get.Tags, tag.Name) {
				group.Operations = append(group.Operations, viewOperation(d, path, item))
			}
		}
		v.Groups = append(v.Groups, group)
	}
	return v
}

func viewOperation(d *apiDocument, path string, item apiPathItem) operationView {
	servers := item.Servers
	if servers == nil {
		servers = d.Servers
	}
	v := operationView{
		ID: item.Get.OperationID, URL: servers[0].URL + path, Summary: item.Get.Summary, Description: withoutTicks(item.Get.Description),
		Templated: strings.Contains(path, "{"),
	}
	_, v.Path, _ = strings.Cut(strings.TrimPrefix(v.URL, "http://"), "/")
	v.Path = "/" + v.Path
	for _, p := range item.Get.Parameters {
		if name, ok := strings.CutPrefix(p.Ref, "#/components/parameters/"); ok {
			p = d.Components.Parameters[name]
		}
		pv := parameterView{Name: p.Name, In: p.In, Type: typeName(p.Schema), Description: withoutTicks(p.Description)}
		if p.Example != nil {
			pv.Example = exampleText(p.Example)
		}
		v.Parameters = append(v.Parameters, pv)
	}
	for _, status := range slices.Sorted(maps.Keys(item.Get.Responses)) {
		r := item.Get.Responses[status]
		if name, ok := strings.CutPrefix(r.Ref, "#/components/responses/"); ok {
			r = d.Components.Responses[name]
		}
		v.Responses = append(v.Responses, responseView{status, withoutTicks(r.Description), slices.Sorted(maps.Keys(r.Content))})
	}
	return v
}

// withoutTicks leaves out what marks code in the definition.
func withoutTicks(s string) string { return strings.ReplaceAll(s, "`", "") }

// typeName says what values a schema has.
func typeName(s *apiSchema) string {
	name := s.Type
	switch {
	case s.Enum != nil:
		name = fmt.Sprint(s.Enum[0])
		for _, v := range s.Enum[1:] {
			name += " | " + fmt.Sprint(v)
		}
	case s.Items != nil:
		name = "list of " + typeName(s.Items)
	case s.Format != "":
		name = s.Format
	case s.Minimum != nil && s.Maximum != nil:
		name += fmt.Sprintf(" %v to %v", *s.Minimum, *s.Maximum)
	}
	if s.Default != nil {
		name += fmt.Sprintf("; default %v", s.Default)
	}
	return name
}

// exampleText writes a list as a query does.
func exampleText(example any) string {
	switch v := example.(type) {
	case []string:
		return strings.Join(v, ",")
	case []float64:
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(v), " ", ","), "[]")
	}
	return fmt.Sprint(example)
}
