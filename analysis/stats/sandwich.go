package stats

import (
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats/internal/num"
	"gonum.org/v1/gonum/mat"
)

// RobustRegression is a modified Poisson regression: coefficients are log risk ratios, standard errors do not rely on the
// Poisson variance.
type RobustRegression struct {
	Regression
	HC0      []Number // robust, outcomes independent
	CR0      []Number // robust to clusters
	CR1      []Number // × √(G/(G−1))
	Clusters int
}

// ModifiedPoisson fits a Poisson model to yes/no outcomes and corrects its standard errors (E8; Zou 2004, Liang & Zeger
// 1986).
func ModifiedPoisson(rows []Row) RobustRegression {
	d, why := newDesign(rows, poisson{})
	var f *fit
	if why == "" {
		f, why = d.irls()
	}
	if why != "" {
		r := failedRegression(rows, why)
		return RobustRegression{r, r.SE, r.SE, r.SE, 0}
	}
	out := RobustRegression{Regression: f.regression()}
	out.HC0 = f.robust(d.outcomeMeat(f.beta), 1)
	var meat *mat.SymDense
	meat, out.Clusters = d.clusterMeat(f.beta)
	out.CR0 = f.robust(meat, 1)
	if g := float64(out.Clusters); g > 1 {
		out.CR1 = f.robust(meat, g/(g-1))
	} else {
		out.CR0, out.CR1 = undefinedNumbers(d.p, OneCluster), undefinedNumbers(d.p, OneCluster)
	}
	return out
}

// robust is √ of the diagonal of bread·meat·bread.
func (f *fit) robust(meat *mat.SymDense, factor float64) []Number {
	p := len(f.beta)
	out := make([]Number, p)
	for j := range p {
		bread := mat.NewVecDense(p, nil)
		for i := range p {
			bread.SetVec(i, f.inv.At(i, j))
		}
		out[j] = Num(math.Sqrt(factor * mat.Inner(bread, meat, bread)))
	}
	return out
}

// outcomeMeat is the variance of the score if changes are independent: y of n outcomes were 1 and missed the mean by 1−μ,
// the others by μ.
func (d *design) outcomeMeat(beta []float64) *mat.SymDense {
	c := newCross(d.p)
	for _, r := range d.rows {
		mu, _ := d.moments(d.eta(r, beta))
		c.add(r.X, r.Y*(1-mu)*(1-mu)+(r.N-r.Y)*mu*mu)
	}
	return c.matrix()
}

// clusterMeat is the variance of the score if only clusters are independent.
func (d *design) clusterMeat(beta []float64) (*mat.SymDense, int) {
	order := make([]int, len(d.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		switch x, y := d.rows[i].Cluster, d.rows[j].Cluster; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	c, clusters := newCross(d.p), 0
	for from := 0; from < len(order); clusters++ {
		score := make([]num.Sum, d.p)
		label := d.rows[order[from]].Cluster
		for ; from < len(order) && d.rows[order[from]].Cluster == label; from++ {
			r := d.rows[order[from]]
			mean, _ := d.moments(d.eta(r, beta))
			residual := r.Y - r.N*mean
			for j, x := range r.X {
				score[j].Add(x * residual)
			}
		}
		c.add(values(score), 1)
	}
	return c.matrix(), clusters
}
