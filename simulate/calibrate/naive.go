package calibrate

import (
	"math"

	"github.com/baserate/baserate/analysis/stats"
)

// naive is what is mostly done: the ratio of two rates with its textbook interval.
type naive struct {
	log, se float64
}

func crude(t stats.Stratum) naive {
	return naive{
		log: math.Log(t.A / t.N1 / (t.C / t.N0)),
		se:  math.Sqrt(1/t.A - 1/t.N1 + 1/t.C - 1/t.N0),
	}
}

func (n naive) ratio() float64 { return math.Exp(n.log) }

// covers reports whether the 95 % interval contains a ratio.
func (n naive) covers(ratio float64) bool { return math.Abs(n.log-math.Log(ratio)) <= 1.959964*n.se }

// rejects reports whether the test finds a difference.
func (n naive) rejects() bool { return !n.covers(1) }
