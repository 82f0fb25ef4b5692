package main

import "testing"

// The page's search box and its lists, on the real gazetteer.
func TestDemoIsSearched(t *testing.T) {
	url := serve(t, "--demo")
	for _, name := range []string{"stepan", "Ханкенди", "Khankendy"} {
		found := getLayer(t, url+"api/gazetteer?q="+name).Features
		if len(found) == 0 {
			t.Fatalf("%s finds nothing", name)
		}
		p := found[0].Properties
		if p["name"] != "Stepanakert" || p["country_name"] != "Azerbaijan" || p["events"].(float64) == 0 || p["mentions"].(float64) < p["events"].(float64) || p["lon"] == 0.0 {
			t.Errorf("%s finds %v first", name, p)
		}
		events := getLayer(t, url+"layers/events.geojson?place="+found[0].ID).Features
		if float64(len(events)) != p["events"] {
			t.Errorf("%s has %d events, not %v", found[0].ID, len(events), p["events"])
		}
	}
	if byID := getLayer(t, url+"api/gazetteer?id=gn:586523,gn:2988507").Features; len(byID) != 2 || byID[1].Properties["name"] != "Paris" || byID[1].Properties["events"] != 0.0 {
		t.Errorf("the ids find %v", byID)
	}
	told := getLayer(t, url+"api/collections/events/items?sortby=-mentions&limit=100").Features
	if len(told) < 5 || told[0].Properties["mentions"].(float64) <= told[len(told)-1].Properties["mentions"].(float64) {
		t.Errorf("%d events are not in the order of their mentions", len(told))
	}
	mentions := getLayer(t, url+"api/collections/mentions/items?limit=1").Features
	if origin, _ := mentions[0].Properties["origin"].(string); origin == "" {
		t.Errorf("a mention has no account: %v", mentions[0].Properties)
	}
}
