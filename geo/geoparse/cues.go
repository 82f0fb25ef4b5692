package geoparse

import (
	"fmt"
	"slices"
	"strings"
)

// cues are the groups of lexicon/cues.txt that a word stands in.
type cues uint32

const (
	cueCrowd cues = 1 << iota
	cueMarch
	cueMob
	cueRemote
	cueGun
	cueGround
	cueMurder
	cueUnarmed
	cueHarm
	cueCare
	cueFlee
	cueTroops
	cueLaw
	cueBloodless
	cueAircraft
	cuePolice
	cueSoldier
	cueCivilObject
	cueMilitaryObject
	cueQuiet
	cueDecree
	cueCustody
	cueSiege
	cueTaken
	cueCoup
	cueVehicle
	cueGiveUp
	cueFunction
	cueTelling
	cueDenial
)

// eventCues are the groups that hint at the type of an event.
const eventCues = cueFunction - 1

func cueNames() []string {
	return []string{"crowd", "march", "mob", "remote", "gun", "ground", "murder", "unarmed", "harm", "care", "flee", "troops", "law",
		"bloodless", "aircraft", "police", "soldier", "civilobject", "militaryobject", "quiet", "decree",
		"custody", "siege", "taken", "coup", "vehicle", "giveup", "function", "telling", "denial"}
}

func (l *lexicon) readCues(text string) {
	names := cueNames()
	var group cues
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			k := slices.Index(names, strings.Trim(line, "[]"))
			if k < 0 {
				panic(fmt.Sprintf("geoparse: cues.txt:%d: unknown section %s", i+1, line))
			}
			group = 1 << k
			continue
		}
		for _, form := range forms(line) {
			l.add(form).cues |= group
		}
	}
}
