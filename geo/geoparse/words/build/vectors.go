package main

import "math"

// dot returns the product of two vectors, summed in four lanes.
func dot(a, b *vector) float32 {
	var s0, s1, s2, s3 float32
	for i := 0; i < dimensions; i += 4 {
		s0 += float32(a[i] * b[i])
		s1 += float32(a[i+1] * b[i+1])
		s2 += float32(a[i+2] * b[i+2])
		s3 += float32(a[i+3] * b[i+3])
	}
	return s0 + s1 + (s2 + s3)
}

// normalise brings a vector to length 1. It reports false for the zero vector.
func normalise(v *vector) bool {
	length := float32(math.Sqrt(float64(dot(v, v))))
	if length == 0 {
		return false
	}
	for i := range v {
		v[i] /= length
	}
	return true
}

// whiten prepares vectors for clustering: it takes out their common mean and the
// directions in which they differ most, which in GloVe tell how frequent a word
// is rather than how it is used, and brings all to length 1.
func whiten(vectors []vector, directions int) {
	var mean vector
	for i := range vectors {
		for d, x := range vectors[i] {
			mean[d] += x
		}
	}
	for d := range mean {
		mean[d] /= float32(len(vectors))
	}
	for i := range vectors {
		for d := range vectors[i] {
			vectors[i][d] -= mean[d]
		}
	}
	for range directions {
		main := mainDirection(vectors)
		for i := range vectors {
			share := dot(&vectors[i], &main)
			for d := range vectors[i] {
				vectors[i][d] -= float32(share * main[d])
			}
		}
	}
	for i := range vectors {
		normalise(&vectors[i])
	}
}

// mainDirection returns the direction in which centred vectors differ most, by
// power iteration.
func mainDirection(vectors []vector) vector {
	var main vector
	for d := range main {
		main[d] = 1 / float32(d+1)
	}
	normalise(&main)
	for range 30 {
		var next vector
		for i := range vectors {
			share := dot(&vectors[i], &main)
			for d, x := range vectors[i] {
				next[d] += float32(share * x)
			}
		}
		if !normalise(&next) {
			break
		}
		main = next
	}
	return main
}
