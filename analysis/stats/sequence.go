package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// DefaultPhi is the tuning of [ConfidenceSequence] for the default margin at 80 % power. It is part of a claim's
// definition: changing it after data are seen voids the guarantee.
const DefaultPhi = 20

// MinSequenceEvents is the number of incidents from which the asymptotic sequence may be used; below it take [EProcess].
const MinSequenceEvents = 20

// Sequence is an interval that holds at every look at once, for ever: however often the page is read, the chance that it
// ever excludes the truth is at most alpha.
type Sequence struct {
	Radius Number   // half width, on the log scale
	Log    Interval // of the log ratio
	Ratio  Interval // of the ratio
	LogE   Number   // log of the e-value against "no difference"
	P      Number   // always-valid p-value, min(1, 1/E)
}

// ConfidenceSequence is the asymptotic confidence sequence of an estimate and its standard error, a normal mixture with
// parameter phi (Robbins 1970; Waudby-Smith et al. 2024). Feed it the standard error that allows for clusters (E6).
func ConfidenceSequence(log, se, phi, alpha float64) Sequence {
	if !(se > 0 && phi > 0 && alpha > 0 && alpha < 1) || math.IsInf(se+phi, 0) || math.IsInf(log, 0) || math.IsNaN(log) {
		u, i := Undefined(InvalidInput), undefinedInterval(InvalidInput)
		return Sequence{u, i, i, u, u}
	}
	information := 1 / (se * se)
	growth := math.Log1p(information / phi)
	radius := se * math.Sqrt((1+phi*se*se)*(growth-2*math.Log(alpha)))
	logE := (log/se*(log/se)/(1+phi*se*se) - growth) / 2
	i := waldInterval(Num(log), Num(radius), 1)
	return Sequence{
		Radius: Num(radius), Log: i, Ratio: Interval{i.Low.Then(math.Exp), i.High.Then(math.Exp)},
		LogE: Num(logE), P: Num(math.Min(1, math.Exp(-logE))),
	}
}

// PhiFor tunes the sequence to be tightest when just enough information is there to find a ratio with a power.
func PhiFor(ratio, alpha, power float64) Number {
	z := (num.Z(alpha) + num.NormalQuantile(power)) / math.Log(ratio)
	a := -2 * math.Log(alpha)
	return Num(z * z / (a + math.Log1p(a)))
}
