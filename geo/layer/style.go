package layer

import (
	"fmt"

	"github.com/conflictmap/conflictmap/geo"
)

// EventStyle is how maps draw an event type: the same in GeoPackages, the QGIS
// project, tiles and pages.
type EventStyle struct {
	Event  geo.EventType // empty for what has no event type
	Label  string        // what people call it
	Colour RGB
	Marker string // QGIS's name of a shape: the second cue beside the colour
}

// RGB is a colour.
type RGB struct{ Red, Green, Blue uint8 }

// Hex writes the colour as CSS does: #d55e00.
func (c RGB) Hex() string { return fmt.Sprintf("#%02x%02x%02x", c.Red, c.Green, c.Blue) }

// Alpha writes the colour as QGIS does, with an opacity of 0 to 255.
func (c RGB) Alpha(a uint8) string {
	return fmt.Sprintf("%d,%d,%d,%d", c.Red, c.Green, c.Blue, a)
}

// EventStyles lists the event types in the order of geo.EventTypes, then what has
// none. The colours are those of Okabe and Ito, which people with colour vision
// deficiencies can tell apart, and the map page's.
func EventStyles() []EventStyle {
	return []EventStyle{
		{geo.Explosion, "Explosion", RGB{213, 94, 0}, "star"},
		{geo.Battle, "Battle", RGB{0, 114, 178}, "diamond"},
		{geo.Civilians, "Violence against civilians", RGB{204, 121, 167}, "circle"},
		{geo.Protest, "Protest", RGB{0, 158, 115}, "triangle"},
		{geo.Riot, "Riot", RGB{230, 159, 0}, "pentagon"},
		{geo.Strategic, "Strategic development", RGB{86, 180, 233}, "square"},
		{geo.Casualties, "Casualties", RGB{61, 61, 61}, "cross_fill"},
		{"", "No event", RGB{107, 107, 107}, "circle"},
	}
}
