package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The simulations are seeded. A Kolmogorov–Smirnov distance beyond 1.95/√n happens by chance once in a thousand;
// tests of asymptotic p-values get a stated allowance on top.

func uniformDistance(p []float64) float64 {
	sorted := slices.Sorted(slices.Values(p))
	worst, n := 0.0, float64(len(p))
	for i, x := range sorted {
		worst = max(worst, x-float64(i)/n, float64(i+1)/n-x)
	}
	return worst
}

func requireUniform(t *testing.T, what string, p []float64, allowance float64) {
	t.Helper()
	limit := 1.95/math.Sqrt(float64(len(p))) + allowance
	if d := uniformDistance(p); d > limit {
		t.Errorf("%s: distance from uniform %.4f, limit %.4f", what, d, limit)
	}
}

func drawBinomial(r *rand.Rand, n int, p float64) float64 {
	k := 0.0
	for range n {
		if r.Float64() < p {
			k++
		}
	}
	return k
}

// fleet draws strata with incidents that ignore AI (psi = 1) or not.
func fleet(r *rand.Rand, psi float64) []Stratum {
	strata := make([]Stratum, 0, 14)
	for k := range 14 {
		n1, n0 := float64(1000*(1+k%5)), float64(1500*(1+k%3))
		m := 12 + 3*k
		a := drawBinomial(r, m, psi*n1/(psi*n1+n0))
		strata = append(strata, Stratum{a, n1, float64(m) - a, n0})
	}
	return strata
}

func TestPValuesAreUniformAtTheNull(t *testing.T) {
	r := rand.New(rand.NewPCG(20261123, 1))
	const runs = 3000
	var score, ratio, cmh, exact, fisher []float64
	for range runs {
		strata := fleet(r, 1)
		c := ConditionalRR(strata, 0.05)
		score, ratio = append(score, c.Score.P.F), append(ratio, c.LR.P.F)
		cmh = append(cmh, MantelHaenszel(strata, 0.05).CMH.P.F)
		x := Coincidence(strata)
		exact = append(exact, x.AtLeast.F-r.Float64()*x.PMF.F) // randomised, so that it is exactly uniform
		k := drawHypergeometric(r, 40, 70, 25)
		e := HypergeometricTail(k, 110, 40, 25)
		fisher = append(fisher, e.AtMost.F-r.Float64()*e.PMF.F)
	}
	requireUniform(t, "score", score, 0.025) // the statistic is discrete: M = 441 incidents, steps of about 0.02
	requireUniform(t, "likelihood ratio", ratio, 0.025)
	requireUniform(t, "CMH", cmh, 0.025)
	requireUniform(t, "exact tail", exact, 0)
	requireUniform(t, "hypergeometric tail", fisher, 0)
}

func drawHypergeometric(r *rand.Rand, marked, plain, draws int) float64 {
	k := 0.0
	for range draws {
		if r.IntN(marked+plain) < marked {
			marked--
			k++
		} else {
			plain--
		}
	}
	return k
}

func TestRankTestsAreUniformAtTheNull(t *testing.T) {
	r := rand.New(rand.NewPCG(20261123, 2))
	var rank, logrank []float64
	for range 1500 {
		bins, arms := make([]Bin, 30), [2][]Time{make([]Time, 30), make([]Time, 30)}
		for i := range bins {
			bins[i].Value = float64(i)
			arms[0][i].T, arms[1][i].T = float64(i), float64(i)
		}
		for j := range 400 {
			i, open := min(29, int(r.ExpFloat64()*8)), r.IntN(5) == 0
			arm := j % 2
			if arm == 0 {
				bins[i].N1++
			} else {
				bins[i].N0++
			}
			if open {
				arms[arm][i].Censored++
			} else {
				arms[arm][i].Events++
			}
		}
		rank = append(rank, MannWhitney(bins).P.F)
		logrank = append(logrank, CompareTimes(arms[0], arms[1]).P.F)
	}
	requireUniform(t, "Mann–Whitney", rank, 0.005)
	requireUniform(t, "log-rank", logrank, 0.005)
}

// TestCoverage counts how often intervals contain a true ratio of 2. The Monte Carlo error at 95 % is 0.5 points.
func TestCoverage(t *testing.T) {
	r := rand.New(rand.NewPCG(20261123, 3))
	const runs = 2000
	hits := map[string]int{}
	for range runs {
		strata := fleet(r, 2)
		c, p := ConditionalRR(strata, 0.05), MantelHaenszel(strata, 0.05)
		for name, i := range map[string]Interval{
			"likelihood ratio": c.RR.Interval(), "Wald": c.Wald, "Mantel–Haenszel": p.RR.Interval(),
			"e-process": EProcess(strata, 0.5, 0.05).RR,
		} {
			if i.Contains(2) {
				hits[name]++
			}
		}
	}
	for name, n := range hits {
		share := float64(n) / runs
		if share < 0.935 || (share > 0.965 && name != "e-process") {
			t.Errorf("%s: %.1f %% of the intervals contain the truth", name, 100*share)
		}
	}
	if hits["e-process"] < runs*98/100 {
		t.Errorf("the always-valid interval should nearly always contain the truth at one look, got %d of %d", hits["e-process"], runs)
	}
}

// TestDailyPeeking reads the same page every week for half a year while nothing is the matter. The sequence and the
// e-process must hold; the z-test must fail, or the simulation proves nothing.
func TestDailyPeeking(t *testing.T) {
	r := rand.New(rand.NewPCG(20261123, 4))
	const runs, weeks = 400, 40
	var fooledZ, fooledSequence, fooledE int
	for range runs {
		total := make([]Stratum, 4)
		var z, sequence, e bool
		for range weeks {
			for k := range total {
				n1, n0 := float64(100*(k+1)), 300.0
				m := r.IntN(4)
				a := drawBinomial(r, m, n1/(n1+n0))
				total[k] = Stratum{total[k].A + a, total[k].N1 + n1, total[k].C + float64(m) - a, total[k].N0 + n0}
			}
			c := ConditionalRR(total, 0.05)
			z = z || (c.Events >= MinSequenceEvents && c.Score.P.F < 0.05)
			e = e || EProcess(total, DefaultTau, 0.05).LogE.F >= math.Log(20)
			if c.Events >= MinSequenceEvents && c.LogSE.OK() {
				s := ConfidenceSequence(c.LogRR.F, c.LogSE.F, DefaultPhi, 0.05)
				sequence = sequence || !s.Log.Contains(0)
			}
		}
		fooledZ, fooledSequence, fooledE = fooledZ+count(z), fooledSequence+count(sequence), fooledE+count(e)
	}
	t.Logf("ever excluded the truth: z-test %d, sequence %d, e-process %d of %d", fooledZ, fooledSequence, fooledE, runs)
	if fooledSequence > runs*7/100 || fooledE > runs*7/100 { // 5 % and two Monte Carlo errors
		t.Errorf("sequence %d, e-process %d of %d excluded the truth", fooledSequence, fooledE, runs)
	}
	if fooledZ < runs*20/100 {
		t.Errorf("the z-test was fooled only %d times of %d: the simulation is too tame to test anything", fooledZ, runs)
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestJackknifeCoversClusteredIncidents: teams differ in how much riskier AI is for them. The model's error is too small,
// the reported one is not.
func TestJackknifeCoversClusteredIncidents(t *testing.T) {
	r := rand.New(rand.NewPCG(20261123, 5))
	const runs, teams = 600, 25
	var model, reported int
	for range runs {
		cells := make([]Cell, 0, teams*3)
		for g := range uint64(teams) {
			tilt := math.Exp(0.9 * r.NormFloat64())
			for k := range uint64(3) {
				n1, n0 := 400.0, 600.0
				a := drawPoisson(r, 0.01*n1*tilt)
				c := drawPoisson(r, 0.01*n0)
				cells = append(cells, Cell{k, g, Stratum{min(a, n1), n1, c, n0}})
			}
		}
		truth := 0.9 * 0.9 / 2 // ln of the mean tilt
		x := ClusterRR(cells)
		if math.Abs(x.LogRR.F-truth) < 1.96*x.SEModel.F {
			model++
		}
		if (Effect{x.LogRR.F, x.SE().F, x.DF()}).Interval(0.05).Contains(math.Exp(truth)) {
			reported++
		}
	}
	t.Logf("coverage: model %d, max(model, jackknife) with t %d of %d", model, reported, runs)
	if model > runs*85/100 {
		t.Errorf("the model's interval contains the truth %d times of %d: the incidents are not clustered enough", model, runs)
	}
	if reported < runs*88/100 {
		t.Errorf("the reported interval contains the truth only %d times of %d", reported, runs)
	}
}

func drawPoisson(r *rand.Rand, mean float64) float64 {
	k, p := 0.0, math.Exp(-mean)
	for u, sum := r.Float64(), p; u > sum && p > 0; sum += p {
		k++
		p *= mean / k
	}
	return k
}
