package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
	"gonum.org/v1/gonum/mat"
)

// Row is N changes with the same covariates, Y of which had an incident. X usually starts with a constant 1. Offset is
// added to the linear predictor. Cluster is only used by [ModifiedPoisson].
type Row struct {
	X       []float64
	N, Y    float64
	Offset  float64
	Cluster uint64
}

// Regression is a fitted model: one coefficient per covariate. If the fit fails, every number is undefined for the
// same reason.
type Regression struct {
	Beta   []Number
	SE     []Number // model standard errors
	LogLik Number   // without binomial coefficients; penalised for Firth fits
	Why    Reason   // why there is no fit
}

// Logistic fits a binomial regression with logit link (E8). Where a covariate separates incidents from the rest there is no
// finite fit, and Why is [Separated]: use [Firth] then, and say so.
func Logistic(rows []Row) Regression {
	d, why := newDesign(rows, binomial{})
	if why != "" {
		return failedRegression(rows, why)
	}
	f, why := d.irls()
	if why != "" {
		return failedRegression(rows, why)
	}
	return f.regression()
}

func failedRegression(rows []Row, why Reason) Regression {
	p := 0
	if len(rows) > 0 {
		p = len(rows[0].X)
	}
	return Regression{undefinedNumbers(p, why), undefinedNumbers(p, why), Undefined(why), why}
}

func undefinedNumbers(n int, why Reason) []Number {
	out := make([]Number, n)
	for i := range out {
		out[i] = Undefined(why)
	}
	return out
}

// family is what a model needs to know of its distribution, per change at linear predictor eta.
type family interface {
	moments(eta float64) (mean, variance float64) // of one outcome
	log(n, y, eta float64) float64                // log-likelihood of a row
	start(rate float64) (intercept float64)       // linear predictor of a rate
}

type binomial struct{}

func (binomial) moments(eta float64) (mean, variance float64) {
	return logistic(eta), logistic(eta) * logistic(-eta)
}

func (binomial) log(n, y, eta float64) float64 { return -y*softplus(-eta) - (n-y)*softplus(eta) }
func (binomial) start(rate float64) float64    { return math.Log(rate) - math.Log1p(-rate) }

type poisson struct{}

func (poisson) moments(eta float64) (mean, variance float64) { return math.Exp(eta), math.Exp(eta) }

func (poisson) log(n, y, eta float64) float64 { return y*eta - n*math.Exp(eta) }
func (poisson) start(rate float64) float64    { return math.Log(rate) }

// design is the rows of a model with p covariates.
type design struct {
	rows []Row
	p    int
	family
}

const (
	maxColumns   = 30
	maxCondition = 1e12
	maxFits      = 50    // steps of a fit
	settled      = 1e-11 // largest relative step at which a fit is done
	hugeSE       = 10    // a standard error beyond this means separation
)

func newDesign(rows []Row, f family) (*design, Reason) {
	if len(rows) == 0 {
		return nil, NoChanges
	}
	d := &design{p: len(rows[0].X), family: f}
	if d.p == 0 || d.p > maxColumns {
		return nil, InvalidInput
	}
	for _, r := range rows {
		if len(r.X) != d.p || !countable(r.Y) || !countable(r.N) || r.Y > r.N || !finite(r.Offset) || !finite(r.X...) {
			return nil, InvalidInput
		}
		if r.N > 0 {
			d.rows = append(d.rows, r)
		}
	}
	if len(d.rows) == 0 {
		return nil, NoChanges
	}
	return d, ""
}

func finite(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) || math.Abs(x) > 1e100 {
			return false
		}
	}
	return true
}

func (d *design) eta(r Row, beta []float64) float64 {
	eta := r.Offset
	for j, x := range r.X {
		eta += x * beta[j]
	}
	return eta
}

func (d *design) logLik(beta []float64) float64 {
	var s num.Sum
	for _, r := range d.rows {
		s.Add(d.log(r.N, r.Y, d.eta(r, beta)))
	}
	return s.Value()
}

// score is the gradient of the log-likelihood and the information, both exact sums over the rows.
func (d *design) score(beta []float64) ([]float64, *mat.SymDense) {
	gradient := make([]num.Sum, d.p)
	cross := newCross(d.p)
	for _, r := range d.rows {
		mean, variance := d.moments(d.eta(r, beta))
		residual := r.Y - r.N*mean
		for j, x := range r.X {
			gradient[j].Add(x * residual)
		}
		cross.add(r.X, r.N*variance)
	}
	return values(gradient), cross.matrix()
}

func values(sums []num.Sum) []float64 {
	out := make([]float64, len(sums))
	for i := range sums {
		out[i] = sums[i].Value()
	}
	return out
}

// begin is where fits start: the intercept at the overall rate, everything else at zero.
func (d *design) begin() []float64 {
	beta := make([]float64, d.p)
	var y, n, offset num.Sum
	for _, r := range d.rows {
		if r.X[0] != 1 {
			return beta
		}
		y.Add(r.Y)
		n.Add(r.N)
		offset.Add(r.N * r.Offset)
	}
	rate := (y.Value() + 0.5) / (n.Value() + 1)
	beta[0] = d.start(rate) - offset.Value()/n.Value()
	return beta
}
