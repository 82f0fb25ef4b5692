package server

import (
	"strconv"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// pageOf says what the frame shows around the resource.
func (s *Server) pageOf(base string, res resource) htmlPage {
	api := link{Href: base + "/api?f=html", Title: "API"}
	all := link{Href: base + "/api/collections?f=html", Title: "Collections"}
	p := htmlPage{Base: base, Links: res.links(), Trail: []link{api}, Data: res}
	switch r := res.(type) {
	case *landing:
		p.Heading, p.Trail, p.Data = r.Title, nil, landingView{r, tables(base)}
	case *conformance:
		p.Heading = "Conformance"
	case *collections:
		p.Heading = "Collections"
	case *collection:
		p.Heading, p.Trail = r.Title, []link{api, all}
	case *schemaPage:
		p.Heading, p.Trail = r.Title, []link{api, all, toCollection(base, r.Collection)}
	case *itemsPage:
		p.Heading, p.Trail = r.Collection.Title, []link{api, all, toCollection(base, r.Collection.ID)}
		p.Data = s.viewItems(r)
	case *featurePage:
		p.Heading, p.Trail = featureHeading(r), []link{api, all, toCollection(base, r.Collection.ID), toItems(base, r.Collection.ID)}
		p.Data = s.viewFeature(r)
	case *articleDocument:
		p.Heading, p.Data = "Article "+r.ID, s.viewArticle(base, r)
		if r.Title != nil {
			p.Heading = *r.Title
		}
	case *histogram:
		p.Heading, p.Trail = "Counts of "+r.Collection+" by "+string(r.Interval), []link{api, all, toCollection(base, r.Collection)}
	case *facets:
		p.Heading, p.Trail = "Counts of "+r.Collection+" by value", []link{api, all, toCollection(base, r.Collection)}
	case *placeSearch:
		p.Heading = "Places of the gazetteer"
	case *relations:
		p.Heading, p.Trail = "Who talks about whom", []link{api, all, toCollection(base, layer.MentionCollection)}
	case *apiDocument:
		p.Heading, p.Data = "API documentation", viewDefinition(r)
	}
	p.Title = p.Heading
	return p
}

// landingView is the landing page with what people look for first.
type landingView struct {
	*landing
	Tables []link
}

func tables(base string) []link {
	var links []link
	for _, id := range layer.Collections() {
		name, description := describeCollection(id)
		links = append(links, link{Href: base + collectionsPath + "/" + id + "/items?f=html", Title: name, Rel: description})
	}
	return links
}

// problemPage is what the frame shows around a problem.
func problemPage(base string, p *problem) htmlPage {
	heading := strconv.Itoa(p.Status) + " " + p.Title
	return htmlPage{Title: heading, Heading: heading, Base: base, Trail: []link{{Href: base + "/api?f=html", Title: "API"}}, Data: p}
}

func toCollection(base, id string) link {
	return link{Href: base + "/api/collections/" + id + "?f=html", Title: "The collection " + id}
}

func toItems(base, id string) link {
	return link{Href: base + "/api/collections/" + id + "/items?f=html", Title: "Items"}
}

// featureHeading says what and where.
func featureHeading(r *featurePage) string {
	get := func(name string) string { return textOfValue(valueOf(r.Feature, name)) }
	what := map[string]string{
		layer.EventCollection: eventLabel(get("event")), layer.MentionCollection: "“" + get("name") + "”", layer.PlaceCollection: get("label"),
	}[r.Collection.variant.collection]
	if where := get("label"); where != "" && r.Collection.variant.collection != layer.PlaceCollection {
		return what + ": " + where
	}
	return orElse(what, r.Feature.ID)
}

// eventLabel is what people call a kind of event.
func eventLabel(code string) string {
	for _, e := range layer.EventStyles() {
		if code != "" && string(e.Event) == code {
			return e.Label
		}
	}
	return code
}
