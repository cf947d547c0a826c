package stats

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// fit is a converged model.
type fit struct {
	beta   []float64
	inv    *mat.SymDense // inverse information at beta
	logLik float64
}

// irls maximises the likelihood by iteratively reweighted least squares (Fisher scoring) with step halving.
func (d *design) irls() (*fit, Reason) {
	beta := d.begin()
	logLik := d.logLik(beta)
	for range maxFits {
		u, information := d.score(beta)
		f, why := factorise(information)
		if why != "" {
			return nil, d.blame(beta, why)
		}
		next, nextLik, step := d.climb(beta, f.solve(u), logLik)
		done := step <= settled
		beta, logLik = next, nextLik
		if done {
			return d.finish(beta, logLik)
		}
	}
	return nil, d.blame(beta, NotConverged)
}

// climb takes a step, halving it until the likelihood does not fall by more than rounding.
func (d *design) climb(beta, step []float64, logLik float64) (next []float64, nextLik, size float64) {
	for range 40 {
		next, size = moved(beta, step)
		nextLik = d.logLik(next)
		if nextLik >= logLik-1e-11*(1+math.Abs(logLik)) {
			return next, nextLik, size
		}
		for j := range step {
			step[j] /= 2
		}
	}
	return beta, logLik, 0
}

// moved is beta + step and the largest step relative to its coefficient.
func moved(beta, step []float64) (next []float64, size float64) {
	next = make([]float64, len(beta))
	for j := range beta {
		next[j] = beta[j] + step[j]
		size = math.Max(size, math.Abs(step[j])/math.Max(1, math.Abs(beta[j])))
	}
	return next, size
}

func (d *design) finish(beta []float64, logLik float64) (*fit, Reason) {
	_, information := d.score(beta)
	f, why := factorise(information)
	if why != "" {
		return nil, d.blame(beta, why)
	}
	out := &fit{beta, f.inverse(), logLik}
	for j := range beta {
		if !(out.inv.At(j, j) <= hugeSE*hugeSE*d.spread(j)) {
			return nil, Separated
		}
	}
	return out, ""
}

// spread puts a covariate's standard error on the scale of a 0/1 covariate.
func (d *design) spread(j int) float64 {
	largest := 0.0
	for _, r := range d.rows {
		largest = math.Max(largest, math.Abs(r.X[j]))
	}
	return 1 / (largest * largest)
}

// blame tells separation from covariates that were never independent: in the first case the information was fine at the
// start and vanished as the coefficients ran away.
func (d *design) blame(beta []float64, why Reason) Reason {
	_, information := d.score(d.begin())
	if _, atStart := factorise(information); atStart != "" {
		return atStart
	}
	for _, b := range beta {
		if math.Abs(b) > hugeSE {
			return Separated
		}
	}
	return why
}

func (f *fit) regression() Regression {
	r := Regression{LogLik: Num(f.logLik)}
	for j, b := range f.beta {
		r.Beta = append(r.Beta, Num(b))
		r.SE = append(r.SE, Num(math.Sqrt(f.inv.At(j, j))))
	}
	return r
}
