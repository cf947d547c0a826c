package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
	"gonum.org/v1/gonum/mat"
)

// FirthFit is a logistic regression with Firth's penalty: finite also where a covariate separates the incidents, with the
// profile intervals that go with it.
type FirthFit struct {
	Regression
	Index []int      // covariates that were profiled: all but the first
	CI    []Interval // of the coefficients, by profile penalised likelihood
	LR    []Test     // that the coefficient is zero
}

// Firth fits a logistic regression penalised by ½ ln |I| (E8; Firth 1993; Heinze & Schemper 2002).
func Firth(rows []Row, alpha float64) FirthFit {
	d, why := newDesign(rows, binomial{})
	if why == "" && math.IsNaN(num.Z(alpha)) {
		why = InvalidInput
	}
	var f *fit
	if why == "" {
		f, why = d.penalised(d.begin(), -1)
	}
	if why != "" {
		return FirthFit{Regression: failedRegression(rows, why)}
	}
	out := FirthFit{Regression: f.regression()}
	for j := 1; j < d.p; j++ {
		out.Index = append(out.Index, j)
		ci, test := d.profile(f, j, num.Z(alpha))
		out.CI, out.LR = append(out.CI, ci), append(out.LR, test)
	}
	return out
}

// maxPenalised bounds the steps of a penalised fit, which converges linearly; maxStep is its longest step.
const (
	maxPenalised = 500
	maxStep      = 5
)

// penalised maximises the penalised likelihood, keeping the coefficient fixed as it is (−1 for none). The penalty is that
// of the full information, as profile likelihood asks.
func (d *design) penalised(beta []float64, fixed int) (*fit, Reason) {
	state, why := d.penalise(beta)
	if why != "" {
		return nil, why
	}
	for range maxPenalised {
		step, why := state.step(fixed)
		if why != "" {
			return nil, why
		}
		limitStep(step)
		next, size := d.climbPenalised(state, step)
		state = next
		if size <= settled {
			return &fit{state.beta, state.factor.inverse(), state.logLik}, ""
		}
	}
	return nil, NotConverged
}

// penalty is a point on the way: the modified score, the information and the penalised log-likelihood.
type penalty struct {
	beta     []float64
	gradient []float64
	full     *mat.SymDense
	factor   *factor
	logLik   float64
}

func (d *design) penalise(beta []float64) (*penalty, Reason) {
	_, information := d.score(beta)
	f, why := factorise(information)
	if why != "" {
		return nil, why
	}
	inverse := f.inverse()
	gradient := make([]num.Sum, d.p)
	for _, r := range d.rows {
		x := mat.NewVecDense(d.p, r.X)
		mean, variance := d.moments(d.eta(r, beta))
		leverage := r.N * variance * mat.Inner(x, inverse, x)
		residual := r.Y - r.N*mean + leverage*(0.5-mean)
		for j, v := range r.X {
			gradient[j].Add(v * residual)
		}
	}
	return &penalty{beta, values(gradient), information, f, d.logLik(beta) + f.logDet()/2}, ""
}

// step is the scoring step over the coefficients that are free.
func (p *penalty) step(fixed int) ([]float64, Reason) {
	if fixed < 0 {
		return p.factor.solve(p.gradient), ""
	}
	n := len(p.beta)
	step := make([]float64, n)
	if n == 1 {
		return step, ""
	}
	free := make([]int, 0, n-1)
	for j := range n {
		if j != fixed {
			free = append(free, j)
		}
	}
	sub, u := mat.NewSymDense(n-1, nil), make([]float64, n-1)
	for i, a := range free {
		u[i] = p.gradient[a]
		for j, b := range free {
			sub.SetSym(i, j, p.full.At(a, b))
		}
	}
	f, why := factorise(sub)
	if why != "" {
		return nil, why
	}
	for i, v := range f.solve(u) {
		step[free[i]] = v
	}
	return step, ""
}

func limitStep(step []float64) {
	longest := 0.0
	for _, s := range step {
		longest = math.Max(longest, math.Abs(s))
	}
	if longest <= maxStep {
		return
	}
	for j := range step {
		step[j] *= maxStep / longest
	}
}

// climbPenalised halves the step until the penalised likelihood does not fall by more than rounding; a size of 0 says
// that no step was left.
func (d *design) climbPenalised(from *penalty, step []float64) (*penalty, float64) {
	for range 40 {
		beta, size := moved(from.beta, step)
		next, why := d.penalise(beta)
		if why == "" && next.logLik >= from.logLik-1e-12*(1+math.Abs(from.logLik)) {
			return next, size
		}
		for j := range step {
			step[j] /= 2
		}
	}
	return from, 0
}
