package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Wilson is the share x/n with Wilson's score interval (1927): sensible at any count, exactly 0 or 1 at the ends.
func Wilson(x, n, alpha float64) Estimate {
	if why := badShare(x, n); why != "" {
		return undefinedEstimate(why)
	}
	z, p := num.Z(alpha), x/n
	zz := z * z / n
	half := z * math.Sqrt(p*(1-p)/n+zz/(4*n))
	e := Estimate{Num(p), Num((p + zz/2 - half) / (1 + zz)), Num((p + zz/2 + half) / (1 + zz)), x}
	return pinEnds(e, x, n)
}

// ClopperPearson is the share x/n with the exact interval: never too short, often too long.
func ClopperPearson(x, n, alpha float64) Estimate {
	if why := badShare(x, n); why != "" {
		return undefinedEstimate(why)
	}
	low, _ := betaLimit(alpha/2, x, n-x+1)
	_, high := betaLimit(alpha/2, n-x, x+1)
	return pinEnds(Estimate{Num(x / n), Num(low), Num(high), x}, x, n)
}

// Jeffreys is the share x/n with the interval of a Beta(½, ½) prior.
func Jeffreys(x, n, alpha float64) Estimate {
	if why := badShare(x, n); why != "" {
		return undefinedEstimate(why)
	}
	low, _ := betaLimit(alpha/2, x+0.5, n-x+0.5)
	_, high := betaLimit(alpha/2, n-x+0.5, x+0.5)
	return pinEnds(Estimate{Num(x / n), Num(low), Num(high), x}, x, n)
}

// betaLimit is the p-quantile of Beta(a, b) and one minus it; shapes of zero sit at the end.
func betaLimit(p, a, b float64) (x, complement float64) {
	if a == 0 {
		return 0, 1
	}
	return num.BetaQuantile(p, a, b)
}

// pinEnds puts a limit exactly on 0 or 1 where the data lie there; cancellation would leave it just outside.
func pinEnds(e Estimate, x, n float64) Estimate {
	if x == 0 && e.Low.OK() {
		e.Low = Num(0)
	}
	if x == n && e.High.OK() {
		e.High = Num(1)
	}
	return e
}

func badShare(x, n float64) Reason {
	switch {
	case !countable(x) || !countable(n) || x > n:
		return InvalidInput
	case n == 0:
		return NoChanges
	}
	return ""
}

// TargetTest asks whether a share x/n reaches a target: exact tails at the target and the z statistic.
type TargetTest struct {
	AtLeast Number // P(X ≥ x) if the share were the target
	AtMost  Number // P(X ≤ x) if the share were the target
	Z       Number // (x/n − target)/√(target(1−target)/n)
}

// AgainstTarget tests a share against a target between 0 and 1.
func AgainstTarget(x, n, target float64) TargetTest {
	why := badShare(x, n)
	if why == "" && !(target >= 0 && target <= 1) {
		why = InvalidInput
	}
	if why != "" {
		return TargetTest{Undefined(why), Undefined(why), Undefined(why)}
	}
	t := num.BinomialTails(x, n, target, 1-target)
	z := (x/n - target) / math.Sqrt(target*(1-target)/n)
	return TargetTest{Num(t.AtLeast), Num(t.AtMost), Num(z)}
}
