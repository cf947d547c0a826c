package num

import "math"

// GammaTails are P(X ≤ x) and P(X > x) for X ~ Gamma(shape a, rate 1).
func GammaTails(a, x float64) (lower, upper float64) {
	switch {
	case !(a > 0) || math.IsNaN(x):
		return math.NaN(), math.NaN()
	case x <= 0:
		return 0, 1
	case math.IsInf(x, 1):
		return 1, 0
	}
	if x < a+1 {
		lower = clipProbability(PoissonPMF(a, x) * gammaSeries(a, x))
		return lower, 1 - lower
	}
	upper = clipProbability(PoissonPMF(a, x) * a * gammaFraction(a, x))
	return 1 - upper, upper
}

// gammaSeries is Σ x^i / ((a+1)…(a+i)), i = 0, 1, …
func gammaSeries(a, x float64) float64 {
	total, term := 1.0, 1.0
	for i := 1.0; i < maxFraction; i++ {
		term *= x / (a + i)
		total += term
		if term < total*epsilon/4 {
			break
		}
	}
	return total
}

// gammaFraction is the continued fraction of the upper incomplete gamma function, modified Lentz method.
func gammaFraction(a, x float64) float64 {
	b := x + 1 - a
	c, d := 1e300, 1/lentz(b)
	h := d
	for i := 1.0; i < maxFraction; i++ {
		an := -i * (i - a)
		b += 2
		d = 1 / lentz(an*d+b)
		c = lentz(b + an/c)
		h *= d * c
		if math.Abs(d*c-1) < epsilon {
			break
		}
	}
	return h
}

// PoissonPMF is m^x e^-m / Γ(x+1) for real x ≥ 0, in Loader's form.
func PoissonPMF(x, m float64) float64 {
	switch {
	case x < 0 || m < 0:
		return 0
	case m == 0:
		return boolean(x == 0)
	case x == 0:
		return math.Exp(-m)
	}
	return math.Exp(-stirlingError(x)-deviance(x, m)) / math.Sqrt(2*math.Pi*x)
}

// PoissonTails are the tails of Poisson(m) at the whole number k.
func PoissonTails(k, m float64) Tails {
	t := Tails{PMF: PoissonPMF(k, m), AtLeast: 1}
	if k > 0 {
		t.AtLeast, _ = GammaTails(k, m)
	}
	_, t.AtMost = GammaTails(k+1, m)
	return t
}

// GammaQuantile is the x with P(X ≤ x) = p for X ~ Gamma(shape a, rate 1).
func GammaQuantile(p, a float64) float64 {
	switch {
	case !(p >= 0 && p <= 1 && a > 0):
		return math.NaN()
	case p == 0:
		return 0
	case p == 1:
		return math.Inf(1)
	}
	excess := func(t float64) float64 {
		lower, upper := GammaTails(a, math.Exp(t))
		if p < 0.5 {
			return math.Log(lower) - math.Log(p)
		}
		return math.Log1p(-p) - math.Log(upper)
	}
	return math.Exp(monotoneRoot(excess, math.Log(a), 1/math.Sqrt(a), 740))
}

// LogGamma is ln Γ(x) for x > 0.
func LogGamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// LogBeta is ln B(a, b) for a, b > 0, without the cancellation of three log-gammas at large arguments.
func LogBeta(a, b float64) float64 {
	n := a + b
	small, large := min(a, b), max(a, b)
	return 0.5*math.Log(2*math.Pi*n/(a*b)) + stirlingError(a) + stirlingError(b) - stirlingError(n) +
		small*math.Log(small/n) + large*math.Log1p(-small/n)
}

// Digamma is d/dx ln Γ(x) and Trigamma its derivative, for x > 0: recurrence up to 15, then the asymptotic series.
func Digamma(x float64) float64 {
	shift := 0.0
	for ; x < 15; x++ {
		shift -= 1 / x
	}
	s := 1 / (x * x)
	return shift + math.Log(x) - 1/(2*x) - s*(1.0/12-s*(1.0/120-s*(1.0/252-s*(1.0/240-s/132))))
}

// Trigamma is the second derivative of ln Γ(x), for x > 0.
func Trigamma(x float64) float64 {
	shift := 0.0
	for ; x < 15; x++ {
		shift += 1 / (x * x)
	}
	s := 1 / (x * x)
	return shift + 1/x + s/2 + s/x*(1.0/6-s*(1.0/30-s*(1.0/42-s*(1.0/30-5.0/66*s))))
}

// GammaUpperQuantile is the x with P(X > x) = p; it keeps the digits of a small p.
func GammaUpperQuantile(p, a float64) float64 {
	if !(p > 0 && p < 1 && a > 0) {
		return GammaQuantile(1-p, a)
	}
	excess := func(t float64) float64 {
		_, upper := GammaTails(a, math.Exp(t))
		return math.Log(p) - math.Log(upper)
	}
	return math.Exp(monotoneRoot(excess, math.Log(a), 1/math.Sqrt(a), 740))
}
