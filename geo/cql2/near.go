package cql2

import "strings"

// near lists the names that are like the one, quoted; empty if none is.
func near(name string, names []string) string {
	const most = 3
	var like []string
	lower := strings.ToLower(name)
	for _, n := range names {
		l := strings.ToLower(n)
		if len(like) < most && (distance(lower, l) <= 1+min(len(l), len(lower))/4 || len(lower) > 2 && strings.Contains(l, lower)) {
			like = append(like, n)
		}
	}
	return strings.Join(like, ", ")
}

// distance is the number of bytes to change, add or leave out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
