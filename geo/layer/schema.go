package layer

import "github.com/conflictmap/conflictmap/geo"

// Type is the type of a property's values. All but the list can be null.
type Type string

// The types of properties.
const (
	String  Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Boolean Type = "boolean"
	Date    Type = "date"    // a civil day, YYYY-MM-DD
	Strings Type = "strings" // a list of strings
)

// Column describes a property of a collection's features.
type Column struct {
	Name        string
	Type        Type
	Description string   // a clause, without a full stop
	Values      []string // the codes that a String can have, nil where it is free
}

// Schema describes the properties of the collection's features in the order of
// Columns, and false for a collection that doesn't exist.
func Schema(collection string) ([]Column, bool) {
	switch collection {
	case EventCollection:
		return eventSchema(), true
	case MentionCollection:
		return mentionSchema(), true
	case PlaceCollection:
		return placeSchema(), true
	}
	return nil, false
}

func eventSchema() []Column {
	columns := []Column{{Name: "id", Type: String, Description: "id of the event: the same while place, kind and first day are"}}
	columns = append(columns, placeSchemaOf("the event")...)
	columns = append(columns,
		Column{Name: "event", Type: String, Description: "kind of event", Values: names(geo.EventTypes())},
		Column{Name: "from", Type: Date, Description: "first day"},
		Column{Name: "to", Type: Date, Description: "last day"},
		Column{Name: "date_prec", Type: Integer, Description: "UCDP precision of the days: 1 day to 5 year"},
		Column{Name: "where_prec", Type: Integer, Description: "UCDP precision of the position: 1 exact to 7 sea or air"},
		Column{Name: "offset", Type: String, Description: "words that put it elsewhere than at the place, or say how near"},
		Column{Name: "uncertainty_m", Type: Number, Description: "metres by which the position may be off"},
		Column{Name: "mentions", Type: Integer, Description: "mentions that tell of it"},
		Column{Name: "articles", Type: Integer, Description: "articles that tell of it"},
		Column{Name: "origins", Type: Integer, Description: "independent accounts among the articles"},
		Column{Name: "reported", Type: Integer, Description: "mentions in the article's own voice"},
		Column{Name: "claimed", Type: Integer, Description: "mentions told by somebody quoted"},
		Column{Name: "denied", Type: Integer, Description: "mentions with somebody's denial"},
		Column{Name: "claimants", Type: Strings, Description: "who is quoted, as written"},
		Column{Name: "confidence", Type: Number, Description: "highest confidence among the mentions, 0 to 1"},
		Column{Name: "name", Type: String, Description: "name as written in the sentence"},
		Column{Name: "sentence", Type: String, Description: "sentence that shows the event best"},
		Column{Name: "name_start", Type: Integer, Description: "offset of the name in the sentence, in code points"},
		Column{Name: "name_end", Type: Integer, Description: "end of the name in the sentence, exclusive"},
		Column{Name: "article_id", Type: String, Description: "article of the sentence"},
		Column{Name: "title", Type: String, Description: "title of that article"},
		Column{Name: "source", Type: String, Description: "who published it"},
		Column{Name: "url", Type: String, Description: "where it can be read"},
		Column{Name: "published", Type: Date, Description: "its day of publication"},
		Column{Name: "claim", Type: String, Description: "voice of the sentence", Values: names(geo.Claims())},
		Column{Name: "claimed_by", Type: String, Description: "whom the sentence quotes, as written"},
	)
	return append(columns, countSchema()...)
}

func mentionSchema() []Column {
	columns := []Column{
		{Name: "id", Type: String, Description: "id of the mention: its article's and the offset in the text"},
		{Name: "article_id", Type: String, Description: "article that it stands in"},
		{Name: "title", Type: String, Description: "title of the article"},
		{Name: "source", Type: String, Description: "who published the article"},
		{Name: "url", Type: String, Description: "where the article can be read"},
		{Name: "published", Type: Date, Description: "day of publication"},
		{Name: "origin", Type: String, Description: "account that the article gives: the same for copies of one text"},
		{Name: "name", Type: String, Description: "name as written"},
		{Name: "start", Type: Integer, Description: "offset of the name in the text, in code points"},
		{Name: "end", Type: Integer, Description: "end of the name in the text, exclusive"},
		{Name: "sentence", Type: String, Description: "sentence that the name stands in"},
		{Name: "name_start", Type: Integer, Description: "offset of the name in the sentence, in code points"},
		{Name: "name_end", Type: Integer, Description: "end of the name in the sentence, exclusive"},
	}
	columns = append(columns, placeSchemaOf("the mention")...)
	columns = append(columns,
		Column{Name: "demonym", Type: Boolean, Description: "whether the name is an adjective or a people's"},
		Column{Name: "role", Type: String, Description: "what the place does in the sentence", Values: names(geo.Roles())},
		Column{Name: "event", Type: String, Description: "kind of event, of sites only", Values: names(geo.EventTypes())},
		Column{Name: "from", Type: Date, Description: "first day of the event"},
		Column{Name: "to", Type: Date, Description: "last day of the event"},
		Column{Name: "date_prec", Type: Integer, Description: "UCDP precision of the days: 1 day to 5 year"},
		Column{Name: "date_basis", Type: String, Description: "words that gave the days"},
		Column{Name: "where_prec", Type: Integer, Description: "UCDP precision of the position: 1 exact to 7 sea or air"},
		Column{Name: "offset", Type: String, Description: "words that put it elsewhere than at the place, or say how near"},
		Column{Name: "uncertainty_m", Type: Number, Description: "metres by which the position may be off"},
		Column{Name: "claim", Type: String, Description: "in whose voice the event is told", Values: names(geo.Claims())},
		Column{Name: "claimed_by", Type: String, Description: "who is quoted, as written"},
		Column{Name: "confidence", Type: Number, Description: "how likely place and role are right, 0 to 1"},
		Column{Name: "reasons", Type: Strings, Description: "what the confidence rests on"},
		Column{Name: "runners_up", Type: Strings, Description: "ids of the other candidate places"},
	)
	return append(columns, countSchema()...)
}

func placeSchema() []Column {
	return []Column{
		{Name: "id", Type: String, Description: "id in the gazetteer"},
		{Name: "name", Type: String, Description: "name under which the gazetteer files the place"},
		{Name: "label", Type: String, Description: "name to show, by the policy for disputed places"},
		{Name: "country", Type: String, Description: "ISO 3166-1 alpha-2 code of the international gazetteers"},
		{Name: "kind", Type: String, Description: "kind of place"},
		{Name: "disputed", Type: Boolean, Description: "whether more than one authority claims it"},
		{Name: "capital", Type: Boolean, Description: "whether a national government has its seat there"},
		{Name: "population", Type: Integer, Description: "inhabitants"},
		{Name: "names", Type: Strings, Description: "what the place is called"},
		{Name: "mentions", Type: Integer, Description: "mentions of the place"},
		{Name: "sites", Type: Integer, Description: "mentions as the site of an event"},
		{Name: "articles", Type: Integer, Description: "articles that mention it"},
		{Name: "first", Type: Date, Description: "first day of its events"},
		{Name: "last", Type: Date, Description: "last day of its events"},
		{Name: "uncertainty_m", Type: Number, Description: "metres by which the position may be off"},
		{Name: "source", Type: String, Description: "where position and names come from"},
		{Name: "geonames", Type: String, Description: "id in GeoNames"},
		{Name: "wikidata", Type: String, Description: "id in Wikidata"},
	}
}

// placeSchemaOf are the columns of the place of a feature.
func placeSchemaOf(feature string) []Column {
	return []Column{
		{Name: "place_id", Type: String, Description: "gazetteer id of the place of " + feature},
		{Name: "place", Type: String, Description: "name under which the gazetteer files it"},
		{Name: "label", Type: String, Description: "name to show, by the policy for disputed places"},
		{Name: "country", Type: String, Description: "ISO 3166-1 alpha-2 code of the international gazetteers"},
		{Name: "kind", Type: String, Description: "kind of place"},
		{Name: "disputed", Type: Boolean, Description: "whether more than one authority claims the place"},
	}
}

func countSchema() []Column {
	return []Column{
		{Name: "deaths_low", Type: Integer, Description: "people killed, lowest figure stated"},
		{Name: "deaths_high", Type: Integer, Description: "people killed, highest figure stated; null where it is a least one"},
		{Name: "deaths_words", Type: Strings, Description: "the words of these figures"},
		{Name: "injuries_low", Type: Integer, Description: "people hurt, lowest figure stated"},
		{Name: "injuries_high", Type: Integer, Description: "people hurt, highest figure stated; null where it is a least one"},
		{Name: "injuries_words", Type: Strings, Description: "the words of these figures"},
	}
}

func names[T ~string](codes []T) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = string(c)
	}
	return out
}
