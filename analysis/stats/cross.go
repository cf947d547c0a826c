package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
	"gonum.org/v1/gonum/mat"
)

// cross adds up Σ w·x·x' exactly, in the upper triangle.
type cross struct {
	p    int
	sums []num.Sum
}

func newCross(p int) *cross { return &cross{p, make([]num.Sum, p*(p+1)/2)} }

func (c *cross) add(x []float64, w float64) {
	k := 0
	for i := range c.p {
		wx := w * x[i]
		for j := i; j < c.p; j++ {
			if v := wx * x[j]; v != 0 {
				c.sums[k].Add(v)
			}
			k++
		}
	}
}

func (c *cross) matrix() *mat.SymDense {
	m := mat.NewSymDense(c.p, nil)
	k := 0
	for i := range c.p {
		for j := i; j < c.p; j++ {
			m.SetSym(i, j, c.sums[k].Value())
			k++
		}
	}
	return m
}

// factor is the Cholesky factor of a positive definite matrix scaled to a unit diagonal, so that covariates in lines and
// in shares do not make it look singular.
type factor struct {
	chol  mat.Cholesky
	scale []float64
}

func factorise(m *mat.SymDense) (*factor, Reason) {
	p := m.SymmetricDim()
	f := &factor{scale: make([]float64, p)}
	for i := range p {
		d := m.At(i, i)
		if !(d > 0) || math.IsInf(d, 0) {
			return nil, Collinear
		}
		f.scale[i] = math.Sqrt(d)
	}
	scaled := mat.NewSymDense(p, nil)
	for i := range p {
		for j := i; j < p; j++ {
			scaled.SetSym(i, j, m.At(i, j)/f.scale[i]/f.scale[j])
		}
	}
	if !f.chol.Factorize(scaled) || f.chol.Cond() > maxCondition {
		return nil, Collinear
	}
	return f, ""
}

// solve is M⁻¹ v.
func (f *factor) solve(v []float64) []float64 {
	b := make([]float64, len(v))
	for i := range v {
		b[i] = v[i] / f.scale[i]
	}
	var x mat.VecDense
	if err := f.chol.SolveVecTo(&x, mat.NewVecDense(len(b), b)); err != nil {
		return make([]float64, len(v))
	}
	for i := range b {
		b[i] = x.AtVec(i) / f.scale[i]
	}
	return b
}

// inverse is M⁻¹.
func (f *factor) inverse() *mat.SymDense {
	p := len(f.scale)
	m := mat.NewSymDense(p, nil)
	if err := f.chol.InverseTo(m); err != nil {
		return mat.NewSymDense(p, nil)
	}
	for i := range p {
		for j := i; j < p; j++ {
			m.SetSym(i, j, m.At(i, j)/f.scale[i]/f.scale[j])
		}
	}
	return m
}

// logDet is ln |M|.
func (f *factor) logDet() float64 {
	d := f.chol.LogDet()
	for _, s := range f.scale {
		d += 2 * math.Log(s)
	}
	return d
}
