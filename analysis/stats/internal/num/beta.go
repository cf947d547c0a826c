package num

import "math"

// maxFraction bounds the continued fractions; they need some 500 terms at shapes of 1e9.
const maxFraction = 1_000_000

// BetaTails are P(X ≤ x) and P(X > x) for X ~ Beta(a, b), that is the regularised incomplete beta function and its
// complement. y = 1−x is given apart so that neither side loses digits.
func BetaTails(a, b, x, y float64) (lower, upper float64) {
	switch {
	case !(a > 0 && b > 0) || math.IsNaN(x+y):
		return math.NaN(), math.NaN()
	case x <= 0:
		return 0, 1
	case y <= 0:
		return 1, 0
	}
	prefactor := BinomialPMF(a, a+b, x, y) * (a / (a + b)) * b
	excess := a - (a+b)*x // how far x lies below the mean, in whichever form keeps the digits
	if a > b {
		excess = (a+b)*y - b
	}
	if excess >= 0 {
		lower = clipProbability(prefactor / betaFraction(a, b, x, y, excess))
		return lower, 1 - lower
	}
	upper = clipProbability(prefactor / betaFraction(b, a, y, x, -excess))
	return 1 - upper, upper
}

// betaFraction is x^a y^b / (B(a,b) I_x(a,b)) for x below the mean, by the continued fraction of DiDonato & Morris (1992),
// whose terms do not cancel where x and both shapes are large; modified Lentz method.
func betaFraction(a, b, x, y, excess float64) float64 {
	h := lentz(a * (excess + 1) / (a + 1))
	c, d := h, 0.0
	for n := 1.0; n < maxFraction; n++ {
		w := a + 2*n - 1
		alpha := (a + n - 1) / w * ((a + b + n - 1) / w) * n * (b - n) * x * x
		beta := n + n*(b-n)*x/w + (a+n)*(excess+1+n*(1+y))/(w+2)
		d = 1 / lentz(beta+alpha*d)
		c = lentz(beta + alpha/c)
		h *= c * d
		if math.Abs(c*d-1) < epsilon {
			break
		}
	}
	return h
}

// lentz keeps a denominator away from zero, as the method asks.
func lentz(x float64) float64 {
	if math.Abs(x) < 1e-300 {
		return 1e-300
	}
	return x
}

// BetaQuantile is the x with P(X ≤ x) = p for X ~ Beta(a, b), together with 1−x.
func BetaQuantile(p, a, b float64) (x, complement float64) {
	switch {
	case !(p >= 0 && p <= 1 && a > 0 && b > 0):
		return math.NaN(), math.NaN()
	case p == 0:
		return 0, 1
	case p == 1:
		return 1, 0
	}
	return fromLogit(betaQuantileLogit(p, a, b))
}

// betaQuantileLogit solves on the log-odds scale, and on the logarithm of the smaller tail, where the function is
// close to a line.
func betaQuantileLogit(p, a, b float64) float64 {
	excess := func(t float64) float64 {
		lower, upper := BetaTails(a, b, logistic(t), logistic(-t))
		if p < 0.5 {
			return math.Log(lower) - math.Log(p)
		}
		return math.Log1p(-p) - math.Log(upper)
	}
	return monotoneRoot(excess, math.Log(a/b), math.Sqrt(1/a+1/b), 750)
}

// monotoneRoot solves an increasing function, looking outwards from a start in steps of the given scale.
func monotoneRoot(f func(float64) float64, start, scale, limit float64) float64 {
	start, scale = min(max(start, -limit), limit), min(scale, 50)
	var x float64
	if f(start) > 0 {
		if x = RootFrom(f, start, -scale, -limit); math.IsNaN(x) {
			return math.Inf(-1)
		}
		return x
	}
	if x = RootFrom(f, start, scale, limit); math.IsNaN(x) {
		return math.Inf(1)
	}
	return x
}

// logistic is 1/(1+e^-t).
func logistic(t float64) float64 { return 1 / (1 + math.Exp(-t)) }

func fromLogit(t float64) (x, complement float64) { return logistic(t), logistic(-t) }
