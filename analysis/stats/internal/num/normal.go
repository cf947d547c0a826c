package num

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// NormalQuantile is the z with P(Z ≤ z) = p; NaN outside (0,1).
func NormalQuantile(p float64) float64 {
	if !(p > 0 && p < 1) {
		return math.NaN()
	}
	return mathext.NormalQuantile(p)
}

// Z is the two-sided critical value at level alpha: 1.96 for 0.05. It works from the tail, so that a tiny alpha keeps
// its digits.
func Z(alpha float64) float64 { return -NormalQuantile(alpha / 2) }

// NormalUpper is P(Z > z), good to the smallest float64.
func NormalUpper(z float64) float64 { return 0.5 * math.Erfc(z/math.Sqrt2) }

// TwoSided is P(|Z| > |z|).
func TwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// ChiSquaredUpper is P(X > x) of the chi-squared distribution with df degrees of freedom.
func ChiSquaredUpper(x, df float64) float64 {
	switch {
	case !(df > 0) || math.IsNaN(x):
		return math.NaN()
	case x <= 0:
		return 1
	case df == 1:
		return math.Erfc(math.Sqrt(x / 2))
	}
	_, upper := GammaTails(df/2, x/2)
	return upper
}

// TUpper is P(T > t) of Student's t with df degrees of freedom; df = 0 or +Inf means the normal distribution.
func TUpper(t, df float64) float64 {
	if nearNormal(df) || math.IsInf(t, 0) {
		return NormalUpper(t)
	}
	tail, _ := BetaTails(df/2, 0.5, df/(df+t*t), t*t/(df+t*t))
	if t < 0 {
		return 1 - tail/2
	}
	return tail / 2
}

// TQuantile is the t with P(T ≤ t) = p; df = 0 or +Inf means the normal distribution.
func TQuantile(p, df float64) float64 {
	if nearNormal(df) || !(p > 0 && p < 1) {
		return NormalQuantile(p)
	}
	if p == 0.5 {
		return 0
	}
	tail := min(p, 1-p)
	t := math.Sqrt(df * math.Exp(-betaQuantileLogit(2*tail, df/2, 0.5)))
	if p < 0.5 {
		return -t
	}
	return t
}

// nearNormal reports whether t with df degrees of freedom cannot be told from normal; 0 stands for normal.
func nearNormal(df float64) bool { return df == 0 || df > 1e12 }
