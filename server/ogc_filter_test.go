package server_test

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/conflictmap/conflictmap/geo/layer"
)

// TestOGCCRS holds the requirements of Part 2.
func TestOGCCRS(t *testing.T) {
	all := []string{crs84, wgs84, webMerc}
	contentCRS := func(s *ogc, path, want string) {
		s.Helper()
		if res := s.request(http.MethodGet, path); res.StatusCode != http.StatusOK || res.Header.Get("Content-Crs") != "<"+want+">" {
			s.Errorf("%s: %s, Content-Crs is %q, want %s", path, res.Status, res.Header.Get("Content-Crs"), want)
		}
	}
	startOGC(t).check([]requirement{
		{"/req/crs/crs-uri", func(s *ogc) {
			if got := fmt.Sprint(s.object("/api/collections")["crs"]); got != fmt.Sprint(all) {
				s.Errorf("the list is %s", got)
			}
		}},
		{"/req/crs/fc-md-crs-list", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				if got := fmt.Sprint(s.object("/api/collections/" + collection)["crs"]); got != fmt.Sprint(all) {
					t.Errorf("the list is %s", got)
				}
			})
		}},
		{"/req/crs/fc-md-storageCrs-valid-value", func(s *ogc) {
			if got := s.object("/api/collections/events")["storageCrs"]; got != crs84 {
				s.Errorf("storageCrs is %v", got)
			}
		}},
		{"/req/crs/fc-crs-default-value", func(s *ogc) {
			contentCRS(s, items("events"), crs84)
			contentCRS(s, items("events", "limit", "5000"), crs84)
			contentCRS(s, items("events", "f", "html"), crs84)
			contentCRS(s, "/api/collections/places/items/gn:1", crs84)
		}},
		{"/req/crs/ogc-crs-header", func(s *ogc) {
			for i, crs := range all {
				contentCRS(s, items("events", "crs", crs), crs)
				contentCRS(s, items("events", "crs", crs, "limit", "5000"), crs)
				contentCRS(s, "/api/collections/places/items/gn:1?crs="+url.QueryEscape(crs), crs)
				contentCRS(s, items("events", "crs", []string{"[OGC:CRS84]", "[EPSG:4326]", "[EPSG:3857]"}[i]), crs)
			}
		}},
		{"/req/crs/fc-crs-valid-value", func(s *ogc) {
			for _, bad := range []string{"http://www.opengis.net/def/crs/0/unsupported", "EPSG:4326", "", "[EPSG:1]"} {
				s.refuses(items("events", "crs", bad), "crs")
				s.refuses("/api/collections/places/items/gn:1?crs="+url.QueryEscape(bad), "crs")
			}
		}},
		{"/req/crs/bbox-crs-parameter-invalid", func(s *ogc) {
			s.refuses(items("events", "bbox", "1,2,3,4", "bbox-crs", "http://www.opengis.net/def/crs/0/unsupported"), "bbox-crs")
			for crs, bad := range map[string][]string{
				wgs84: {"1,200,2,201", "9,1,2,3", "a,1,2,3", "100,1,101,2"}, webMerc: {"0,5,1,4", "3e7,0,4e7,1", "0,0,NaN,1", "1,2,3", "0,0,Inf,1"},
			} {
				for _, bbox := range bad {
					s.refuses(items("events", "bbox", bbox, "bbox-crs", crs), "bbox")
				}
			}
		}},
		{"/req/crs/crs-action", testTransformed},
		{"/req/crs/bbox-crs-action", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				for _, box := range [][4]float64{{46.7, 39.8, 46.8, 39.9}, {177, -20, -177, 20}, {-180, -85, 180, 85}} {
					want, _ := s.walk(items(collection, "limit", "1000", "bbox", numbers(box[:]...)))
					w, south := mercator(box[0], box[1])
					e, north := mercator(box[2], box[3])
					for crs, bbox := range map[string]string{
						wgs84: numbers(box[1], box[0], box[3], box[2]), webMerc: numbers(w, south, e, north), crs84: numbers(box[:]...),
					} {
						for _, given := range []string{bbox, withHeights(bbox)} {
							if got, _ := s.walk(items(collection, "limit", "1000", "bbox", given, "bbox-crs", crs)); !slices.Equal(got, want) {
								t.Errorf("bbox=%s in %s selects %d features, want %d", given, crs, len(got), len(want))
							}
						}
					}
				}
			})
		}},
	})
}

func withHeights(bbox string) string {
	f := strings.Split(bbox, ",")
	return strings.Join([]string{f[0], f[1], "-10", f[2], f[3], "10"}, ",")
}

func numbers(n ...float64) string {
	var text []string
	for _, v := range n {
		text = append(text, strconv.FormatFloat(v, 'f', -1, 64))
	}
	return strings.Join(text, ",")
}

// mercator is Web Mercator, by another formula than the server's.
func mercator(lon, lat float64) (x, y float64) {
	const half = 20037508.342789244
	return lon * half / 180, math.Log(math.Tan((90+lat)*math.Pi/360)) * half / math.Pi
}

func testTransformed(s *ogc) {
	s.each(func(t *testing.T, s *ogc, collection string) {
		for _, limit := range []string{"1000", "2000"} { // kept and streamed
			plain := s.page(items(collection, "limit", limit)).Features
			for crs, to := range map[string]func(lon, lat float64) (float64, float64){
				webMerc: mercator, wgs84: func(lon, lat float64) (float64, float64) { return lat, lon },
			} {
				for i, f := range s.page(items(collection, "limit", limit, "crs", crs)).Features {
					for j, p := range positions(t, f) {
						at := positions(t, plain[i])[j]
						if x, y := to(at[0], at[1]); math.Abs(x-p[0]) > 0.2 || math.Abs(y-p[1]) > 0.2 {
							t.Fatalf("%s in %s: %v, want %v %v", f.ID, crs, p, x, y)
						}
					}
				}
			}
		}
	})
}

// TestOGCFilter holds the requirements of Part 3 and of the schemas of Part 5.
func TestOGCFilter(t *testing.T) {
	startOGC(t).check([]requirement{
		{"/req/queryables/get-queryables-op", func(s *ogc) {
			s.each(func(t *testing.T, s *ogc, collection string) {
				for path, lists := range map[string]bool{"/queryables": false, "/schema": true} {
					path = "/api/collections/" + collection + path
					res, _ := s.get(path)
					doc := s.object(path)
					properties, _ := doc["properties"].(map[string]any)
					if res.Header.Get("Content-Type") != "application/schema+json" || doc["$id"] != "http://"+s.addr+path || doc["type"] != "object" {
						t.Errorf("%s: %s %v", path, res.Header.Get("Content-Type"), doc)
					}
					columns, _ := layer.Schema(collection)
					for _, c := range columns {
						p, ok := properties[c.Name].(map[string]any)
						if ok != (lists || c.Type != layer.Strings) || ok && (p["type"] == nil || p["description"] == nil) {
							t.Errorf("%s: %s is %v", path, c.Name, p)
						}
					}
					if g, _ := properties["geometry"].(map[string]any); g["x-ogc-role"] != "primary-geometry" {
						t.Errorf("%s: the geometry is %v", path, g)
					}
				}
			})
		}},
		{"/req/queryables/queryables-link", func(s *ogc) {
			links := s.linksOf(s.object("/api/collections/events"))
			for rel, path := range map[string]string{"queryables": "/queryables", "schema": "/schema"} {
				l := linked(links, "http://www.opengis.net/def/rel/ogc/1.0/"+rel, "application/schema+json")
				if len(l) != 1 || s.path(l[0].Href) != "/api/collections/events"+path {
					s.Errorf("the links with rel %s are %v", rel, l)
				}
			}
		}},
		{"/req/filter/filter-param", func(s *ogc) {
			for _, c := range filters() {
				want := s.selected("mentions", c.selects)
				for _, parameters := range [][]string{{"filter", c.text}, {"filter", c.text, "filter-lang", "cql2-text"}, {"filter", c.json, "filter-lang", "cql2-json"}} {
					if c.json == "" && len(parameters) > 3 && parameters[3] == "cql2-json" {
						continue
					}
					ids, first := s.walk(items("mentions", append(parameters, "limit", "7")...))
					if !slices.Equal(ids, want) || first.NumberMatched != len(want) || len(want) == 0 {
						s.Errorf("%v selects %d features, %d matched, want %d", parameters, len(ids), first.NumberMatched, len(want))
					}
				}
			}
		}},
		{"/req/filter/filter-lang-param", func(s *ogc) {
			s.refuses(items("events", "filter", "country='AZ'", "filter-lang", "sql"), "filter-lang")
			s.refuses(items("events", "filter", "country='AZ'", "filter-lang", "cql2-json"), "filter")
			s.page(items("events", "filter", `"to" >= '2020-09-28T' AND sentence LIKE 'Bombs%'`, "filter-lang", "cql-text"))
		}},
		{"/req/filter/filter-crs-param", func(s *ogc) {
			want, _ := s.walk(items("mentions", "limit", "1000", "filter", "S_INTERSECTS(geometry,BBOX(46.7,39.8,46.8,39.9))"))
			x, y := mercator(46.7, 39.8)
			x2, y2 := mercator(46.8, 39.9)
			for crs, box := range map[string]string{crs84: "46.7,39.8,46.8,39.9", wgs84: "39.8,46.7,39.9,46.8", webMerc: numbers(x, y, x2, y2)} {
				got, _ := s.walk(items("mentions", "limit", "1000", "filter", "S_INTERSECTS(geometry,BBOX("+box+"))", "filter-crs", crs))
				if !slices.Equal(got, want) || len(want) == 0 {
					s.Errorf("in %s %d features are selected, want %d", crs, len(got), len(want))
				}
			}
			s.refuses(items("mentions", "filter", "country='AZ'", "filter-crs", "x"), "filter-crs")
		}},
		{"/req/filter/mixing-expressions", func(s *ogc) {
			want := s.selected("mentions", func(f ogcFeature) bool {
				return f.Properties["country"] == "AZ" && f.Properties["role"] == "site" && f.Properties["confidence"].(float64) > 0.4
			})
			ids, _ := s.walk(items("mentions", "limit", "3", "country", "AZ", "role", "site", "filter", "confidence > 0.4 OR confidence > 0.45"))
			if !slices.Equal(ids, want) || len(want) == 0 {
				s.Errorf("%d features, want %d", len(ids), len(want))
			}
		}},
		{"/req/filter/response", func(s *ogc) {
			for _, bad := range []string{
				"country = ", "nope = 1", "country = 1", "mentions LIKE 'a'", "S_INTERSECTS(geometry, POINT(200 10))", "", "country", "1 = 1; DROP TABLE article",
				strings.Repeat("NOT ", 1500) + "disputed", "country = 'AZ", "\x00",
			} {
				s.refuses(items("events", "filter", bad), "filter")
			}
			s.refuses("/api/collections/events/items?filter="+strings.Repeat("(", 10000)+"TRUE", "filter")
			s.refuses(items("events", "filter", strings.Repeat(`{"op":"not","args":[`, 150), "filter-lang", "cql2-json"), "filter")
		}},
	})
}

// selected are the ids of all features of the collection that ok takes.
func (s *ogc) selected(collection string, ok func(ogcFeature) bool) []string {
	s.Helper()
	var ids []string
	for _, f := range s.page(items(collection, "limit", "1000")).Features {
		if ok(f) {
			ids = append(ids, f.ID)
		}
	}
	return ids
}

type filterCase struct {
	text, json string
	selects    func(ogcFeature) bool
}

func filters() []filterCase {
	return []filterCase{
		{"country = 'AZ'", `{"op":"=","args":[{"property":"country"},"AZ"]}`, func(f ogcFeature) bool { return f.Properties["country"] == "AZ" }},
		{
			"country <> 'AZ' AND NOT (confidence < 0.3)", "",
			func(f ogcFeature) bool {
				return f.Properties["country"] == "FJ" && f.Properties["confidence"].(float64) >= 0.3
			},
		},
		{"place_id IS NULL", `{"op":"isNull","args":[{"property":"place_id"}]}`, func(f ogcFeature) bool { return f.Properties["place_id"] == nil }},
		{"event IN ('battle','explosion')", "", func(f ogcFeature) bool {
			return f.Properties["event"] == "battle" || f.Properties["event"] == "explosion"
		}},
		{
			"confidence BETWEEN 0.2 AND 0.4", `{"op":"between","args":[{"property":"confidence"},0.2,0.4]}`,
			func(f ogcFeature) bool {
				c := f.Properties["confidence"].(float64)
				return c >= 0.2 && c <= 0.4
			},
		},
		{"place LIKE 'The Hills'' %'", "", func(f ogcFeature) bool { return f.Properties["place_id"] == "cm:hills" }},
		{"CASEI(place) = CASEI('STEPANAKERT')", "", func(f ogcFeature) bool { return f.Properties["place"] == "Stepanakert" }},
		{
			"S_INTERSECTS(geometry, POLYGON((46.7 39.8,46.8 39.8,46.8 39.9,46.7 39.9,46.7 39.8)))", "",
			func(f ogcFeature) bool {
				return f.Properties["place_id"] == town.ID || f.Properties["place_id"] == "cm:hills"
			},
		},
		{
			"\"from\" >= DATE('2020-09-30') AND \"to\" < TIMESTAMP('2020-10-02T00:00:00Z')", "",
			func(f ogcFeature) bool {
				from, _ := f.Properties["from"].(string)
				to, _ := f.Properties["to"].(string)
				return from >= "2020-09-30" && to < "2020-10-02" && from != ""
			},
		},
		{
			"T_INTERSECTS(INTERVAL(\"from\",\"to\"), INTERVAL('2020-09-30','2020-10-01'))", "",
			func(f ogcFeature) bool {
				from, _ := f.Properties["from"].(string)
				to, _ := f.Properties["to"].(string)
				return from != "" && from <= "2020-10-01" && to >= "2020-09-30"
			},
		},
	}
}

// Strings of SQL through every parameter give a refusal or a plain answer.
func TestSQLInjection(t *testing.T) {
	s := startOGC(t)
	attacks := []string{
		"' OR '1'='1", "'; DROP TABLE mention; --", `" OR ""="`, "1 UNION SELECT * FROM article", "\\'; --", "AZ') OR 1=1 --", "x' AND SLEEP(5) AND 'a'='a", "%27%20OR%201=1",
		"${7*7}", "../../../etc/passwd", "a\x00b", "\xff\xfe", "1;ATTACH DATABASE '/x' AS y", "SELECT load_extension('x')",
	}
	names := []string{"limit", "cursor", "bbox", "bbox-crs", "crs", "datetime", "published", "asof", "event", "role", "country", "place", "source", "claim", "min_confidence", "q", "filter", "filter-lang", "filter-crs", "f", "nope"}
	for _, collection := range layer.Collections() {
		all := s.page(items(collection, "limit", "1")).NumberMatched
		columns, _ := layer.Schema(collection)
		parameters := slices.Clone(names)
		for _, c := range columns {
			parameters = append(parameters, c.Name)
		}
		for _, name := range parameters {
			for _, attack := range attacks {
				res, body := s.get(items(collection, name, attack))
				if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusBadRequest {
					t.Errorf("%s: %s=%q gives %s: %.200s", collection, name, attack, res.Status, body)
				}
				wordless := name == "q" && !strings.ContainsFunc(attack, unicode.IsLetter)
				if res.StatusCode == http.StatusOK && !wordless && strings.Contains(body, fmt.Sprintf(`"numberMatched":%d,`, all)) {
					t.Errorf("%s: %s=%q selects everything", collection, name, attack)
				}
			}
		}
		for _, attack := range attacks {
			if res, body := s.get("/api/collections/" + collection + "/items/" + url.PathEscape(attack)); res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusBadRequest {
				t.Errorf("%s: the id %q gives %s: %.200s", collection, attack, res.Status, body)
			}
		}
	}
}
