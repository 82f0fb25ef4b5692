package main

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// space is vectors of length 1 to cluster, each with a weight. Products are
// rounded before they are added, so that no machine fuses the two and all come
// to the same clusters.
type space struct {
	points  []vector
	weights []float32
	random  *rand.Rand
}

const (
	maxRounds = 40
	starts    = 4
)

// split parts the members into at most k groups by k-means on the sphere, the
// best of a few starts. Each group has a member; the order of members is kept.
func (s *space) split(members []int32, k int) [][]int32 {
	if k < 2 || len(members) < 2 {
		return [][]int32{members}
	}
	var best []int32
	bestFit := 0.0
	for range starts {
		of := make([]int32, len(members))
		if fit := s.settle(members, s.start(members, min(k, len(members))), of); best == nil || fit > bestFit {
			best, bestFit = of, fit
		}
	}
	groups := make([][]int32, k)
	for i, m := range members {
		groups[best[i]] = append(groups[best[i]], m)
	}
	return slices.DeleteFunc(groups, func(g []int32) bool { return len(g) == 0 })
}

// settle moves the centres until hardly a member changes its centre, notes in of
// to which each belongs, and returns how near members are to their centres.
func (s *space) settle(members []int32, centres []vector, of []int32) float64 {
	for round := range maxRounds {
		changed := s.assign(members, centres, of)
		if changed == 0 || round > 8 && changed < len(members)/1000 {
			break
		}
		s.recentre(members, centres, of)
	}
	fit := 0.0
	for i, m := range members {
		fit += float64(s.weights[m] * dot(&s.points[m], &centres[of[i]]))
	}
	return fit
}

// start picks k members as centres, each with a chance that grows with its
// weight and its distance from the centres before. Where members are all alike
// fewer come back.
func (s *space) start(members []int32, k int) []vector {
	distance := make([]float32, len(members))
	for i := range distance {
		distance[i] = 2
	}
	var centres []vector
	for len(centres) < k {
		total := 0.0
		for i, m := range members {
			total += float64(distance[i] * s.weights[m])
		}
		left := s.random.Float64() * total
		pick := -1
		for i, m := range members {
			d := float64(distance[i] * s.weights[m])
			if d <= 0 {
				continue
			}
			pick = i
			if left -= d; left < 0 {
				break
			}
		}
		if pick < 0 {
			break
		}
		c := s.points[members[pick]]
		centres = append(centres, c)
		for i, m := range members {
			distance[i] = max(0, min(distance[i], 1-dot(&s.points[m], &c)))
		}
		distance[pick] = 0
	}
	return centres
}

// assign gives each member to its nearest centre and returns how many changed.
func (s *space) assign(members []int32, centres []vector, of []int32) int {
	workers := runtime.GOMAXPROCS(0)
	if len(members) < 1<<12 {
		workers = 1
	}
	changes := make([]int, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w * len(members) / workers; i < (w+1)*len(members)/workers; i++ {
				best, at := float32(-2), int32(0)
				for c := range centres {
					if d := dot(&s.points[members[i]], &centres[c]); d > best {
						best, at = d, int32(c)
					}
				}
				if of[i] != at {
					of[i] = at
					changes[w]++
				}
			}
		})
	}
	wait.Wait()
	changed := 0
	for _, n := range changes {
		changed += n
	}
	return changed
}

// recentre moves each centre to the middle of its members. A centre without
// members stays.
func (s *space) recentre(members []int32, centres []vector, of []int32) {
	sums := make([]vector, len(centres))
	for i, m := range members {
		w := s.weights[m]
		sum := &sums[of[i]]
		for d, x := range s.points[m] {
			sum[d] += float32(w * x)
		}
	}
	for c := range centres {
		if normalise(&sums[c]) {
			centres[c] = sums[c]
		}
	}
}
