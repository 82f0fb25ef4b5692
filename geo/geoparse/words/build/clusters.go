package main

import (
	"math"
	"math/rand/v2"
)

// How many clusters there are of each size, about: groups are divided by their
// weight, so that totals come near.
const (
	coarseClusters = 64
	mediumClusters = 512
	fineClusters   = 4096

	// minMembers is how many words a fine cluster has on average, at least:
	// fewer teach a model nothing.
	minMembers = 6

	// frequencyDirections is how many directions whiten takes out.
	frequencyDirections = 1

	seed = 0x636d776f726473
)

// place is the numbers, from 1, of the clusters of a word.
type place struct{ coarse, medium, fine uint16 }

// cluster returns where each word stands. Vectors come by frequency, and are
// changed. A word's weight falls off with its rank, by the power of ¾, less steeply
// than its frequency: without it the clusters would go to the many rare names.
func cluster(vectors []vector) []place {
	whiten(vectors, frequencyDirections)
	s := &space{points: vectors, weights: make([]float32, len(vectors)), random: rand.New(rand.NewPCG(seed, 0))}
	all := make([]int32, len(vectors))
	for i := range vectors {
		all[i] = int32(i)
		root := math.Sqrt(float64(i + 100))
		s.weights[i] = float32(1 / (root * math.Sqrt(root)))
	}
	places := make([]place, len(vectors))
	total := s.weight(all)
	var medium, fine uint16
	for c, coarse := range s.split(all, coarseClusters) {
		for _, group := range s.split(coarse, share(mediumClusters, s.weight(coarse)/total, len(coarse))) {
			medium++
			for _, members := range s.split(group, share(fineClusters, s.weight(group)/total, len(group))) {
				fine++
				for _, m := range members {
					places[m] = place{uint16(c + 1), medium, fine}
				}
			}
		}
	}
	return places
}

// weight returns the sum of the members' weights.
func (s *space) weight(members []int32) float64 {
	sum := 0.0
	for _, m := range members {
		sum += float64(s.weights[m])
	}
	return sum
}

// share returns how many of n clusters fall to a part of all words with so many
// members.
func share(n int, part float64, members int) int {
	return max(1, min(int(math.Round(float64(n)*part)), members/minMembers))
}
