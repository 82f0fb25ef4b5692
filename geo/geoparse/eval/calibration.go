package eval

import "math"

// Bin holds the predictions of one tenth of the confidence scale.
type Bin struct {
	Sum   float64 `json:"-"` // of the confidences
	Right int     `json:"right"`
	Of    int     `json:"of"`
}

// Share is the share right, NaN in an empty bin.
func (b Bin) Share() float64 { return Ratio{b.Right, b.Of}.Share() }

// Confidence is the mean confidence, NaN in an empty bin.
func (b Bin) Confidence() float64 { return Mean{b.Sum, b.Of}.Value() }

// Calibration holds predictions by tenths of their confidence: bin 0 from 0 to
// below 0.1, bin 9 from 0.9 to 1.
type Calibration struct {
	Bins    [10]Bin
	Squares float64 // of the differences between confidence and outcome
}

func (c *Calibration) count(confidence float64, right bool) {
	// 0.3*10 is a bit less than 3, which is of no account for a table but
	// would put a printed 0.30 among the 0.2s
	b := &c.Bins[min(9, max(0, int(confidence*10+1e-9)))]
	b.Sum += confidence
	b.Of++
	outcome := 0.0
	if right {
		b.Right++
		outcome = 1
	}
	c.Squares += (confidence - outcome) * (confidence - outcome)
}

// Error is the expected calibration error: the mean over predictions of how far the
// mean confidence of their bin is from its share right; NaN without predictions.
func (c *Calibration) Error() float64 {
	var m Mean
	for _, b := range c.Bins {
		if b.Of > 0 {
			m.Sum += float64(b.Of) * math.Abs(b.Share()-b.Confidence())
			m.Of += b.Of
		}
	}
	return m.Value()
}

// Brier is the mean squared difference between confidence and outcome (Brier
// 1950), which rewards telling right from wrong as well as honesty; NaN without predictions.
func (c *Calibration) Brier() float64 {
	m := Mean{Sum: c.Squares}
	for _, b := range c.Bins {
		m.Of += b.Of
	}
	return m.Value()
}
