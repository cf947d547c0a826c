package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// DefaultMargin is the risk ratio up to which a difference counts as no meaningful one, unless an organisation declares
// another before it looks.
const DefaultMargin = 1.25

// Effect is an estimated log ratio with its standard error. DF is the degrees of freedom of the t distribution that goes
// with it; 0 means normal.
type Effect struct {
	Log, SE, DF float64
}

// Margin is the range of log ratios that count as no meaningful difference.
type Margin struct {
	Low, High float64
}

// RatioMargin is the symmetric margin (1/ratio, ratio).
func RatioMargin(ratio float64) Margin {
	d := math.Abs(math.Log(ratio))
	return Margin{-d, d}
}

// Equivalence is the fixed-sample tests of an effect against a margin (Schuirmann 1987; Wellek 2010). They hold if looked
// at once; for a page that is looked at daily, [ConfidenceSequence] and [Decide] decide.
type Equivalence struct {
	NonInferior Number   // p-value of "not above the margin"
	NonSuperior Number   // p-value of "not below the margin"
	TOST        Number   // p-value of "within the margin": the larger of the two
	TwoSided    Number   // p-value of "no difference"
	CI          Interval // of the ratio, at 1−alpha
	CITOST      Interval // of the ratio, at 1−2·alpha: inside the margin exactly when TOST < alpha
	MDEUp       Number   // smallest ratio above 1 that would have been seen at the power given
	MDEDown     Number   // largest ratio below 1 that would have been seen
	Verdict     string   // equivalent, more, fewer or not_enough_data
	Detail      string   // equivalent, different_but_within_margin, different or inconclusive
	NotAbove    bool     // not above the margin: NonInferior < alpha
}

// TestEquivalence tests an effect against a margin (E5).
func TestEquivalence(e Effect, m Margin, alpha, power float64) Equivalence {
	if !(e.SE > 0 && degrees(e.DF) && alpha > 0 && alpha < 1) || math.IsInf(e.SE, 0) || math.IsInf(e.Log, 0) ||
		math.IsNaN(e.Log+m.Low+m.High) {
		u, i := Undefined(InvalidInput), undefinedInterval(InvalidInput)
		return Equivalence{u, u, u, u, i, i, u, u, "not_enough_data", "inconclusive", false}
	}
	q := Equivalence{
		NonInferior: Num(num.TUpper((m.High-e.Log)/e.SE, e.DF)),
		NonSuperior: Num(num.TUpper((e.Log-m.Low)/e.SE, e.DF)),
		TwoSided:    Num(2 * num.TUpper(math.Abs(e.Log)/e.SE, e.DF)),
		CI:          e.Interval(alpha),
		CITOST:      e.Interval(2 * alpha),
	}
	q.TOST = both(q.NonInferior, q.NonSuperior, math.Max)
	q.MDEUp, q.MDEDown = MDE(e.SE, e.DF, alpha, power)
	q.NotAbove = q.NonInferior.F < alpha
	q.Verdict, q.Detail = q.classify(e.Log, alpha)
	return q
}

// degrees reports whether df can be degrees of freedom; 0 stands for the normal distribution.
func degrees(df float64) bool { return df == 0 || df >= 1 }

// Interval is exp(Log ± q·SE) at level 1−alpha.
func (e Effect) Interval(alpha float64) Interval {
	return ratioInterval(Num(e.Log), Num(e.SE), -num.TQuantile(alpha/2, e.DF))
}

func (q Equivalence) classify(log, alpha float64) (verdict, detail string) {
	different := q.TwoSided.F < alpha
	switch {
	case q.TOST.F < alpha && different:
		return "equivalent", "different_but_within_margin"
	case q.TOST.F < alpha:
		return "equivalent", "equivalent"
	case different && log > 0:
		return "more", "different"
	case different:
		return "fewer", "different"
	}
	return "not_enough_data", "inconclusive"
}

// MDE is the minimum detectable effect: the ratios above and below 1 that a two-sided test at alpha would have found with
// the power given. It depends on the standard error reached, never on the effect seen (Hoenig & Heisey 2001).
func MDE(se, df, alpha, power float64) (up, down Number) {
	if !(se >= 0 && degrees(df)) || math.IsInf(se, 0) {
		return Undefined(InvalidInput), Undefined(InvalidInput)
	}
	d := (num.TQuantile(power, df) - num.TQuantile(alpha/2, df)) * se
	return Num(math.Exp(d)), Num(math.Exp(-d))
}
