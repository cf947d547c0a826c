package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestCoincidenceOfOneStratumIsBinomial, and of equal shares too, however they are cut into strata.
func TestCoincidenceOfEqualSharesIsBinomial(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var strata []Stratum
		var a, m float64
		for range rapid.IntRange(1, 6).Draw(t, "strata") {
			s := Stratum{float64(rapid.IntRange(0, 9).Draw(t, "a")), 300, float64(rapid.IntRange(0, 9).Draw(t, "c")), 700}
			strata, a, m = append(strata, s), a+s.A, m+s.m()
		}
		if m == 0 {
			return // no incidents
		}
		got, want := Coincidence(strata), BinomialTail(a, m, 0.3)
		equal(t, "at least", got.AtLeast, want.AtLeast)
		equal(t, "at most", got.AtMost, want.AtMost)
		equal(t, "mean", got.Mean, want.Mean)
	})
}

// The newspaper's case: two of two major incidents involved AI, which made 30 % of the changes at risk.
func TestTwoOfTwo(t *testing.T) {
	near(t, "chance", Coincidence([]Stratum{{1, 30, 0, 70}, {1, 300, 0, 700}}).AtLeast, 0.09, 1e-12)
}

// TestNormalTakesOver: above the exact limit the approximation agrees with the binomial law to one percent at two standard
// deviations, where its skewness is left out.
func TestNormalTakesOver(t *testing.T) {
	exact, approximate := BinomialTail(3700, 12_000, 0.3), PoissonBinomialTail(3700, []Block{{6000, 0.3}, {6000, 0.3}})
	near(t, "at least", approximate.AtLeast, exact.AtLeast.F, 0.01)
	near(t, "at most", approximate.AtMost, exact.AtMost.F, 0.005)
	near(t, "pmf", approximate.PMF, exact.PMF.F, 0.01)
	certain := PoissonBinomialTail(20_000, []Block{{20_000, 1}, {500, 0}})
	near(t, "a certainty", certain.AtLeast, 1, 0)
	if beyond := PoissonBinomialTail(20_001, []Block{{20_000, 1}}); beyond.AtLeast.F != 0 || beyond.AtMost.F != 1 {
		t.Errorf("more than there are: %+v", beyond)
	}
}

func TestTailEdges(t *testing.T) {
	undefined(t, "half an incident", PoissonBinomialTail(1, []Block{{0.5, 0.3}}).PMF, Fractional)
	undefined(t, "half an observation", PoissonBinomialTail(0.5, []Block{{3, 0.3}}).PMF, Fractional)
	undefined(t, "a share of 2", PoissonBinomialTail(1, []Block{{3, 2}}).PMF, InvalidInput)
	undefined(t, "strata without overlap", Coincidence([]Stratum{{1, 10, 0, 0}}).AtLeast, NoHumanChanges)
	undefined(t, "nonsense", Coincidence([]Stratum{{1, 0, 0, 0}}).AtLeast, InvalidInput)
	undefined(t, "a chance of 2", BinomialTail(1, 2, 2).PMF, InvalidInput)
	undefined(t, "more marked than there are", HypergeometricTail(1, 10, 11, 2).PMF, InvalidInput)
	near(t, "nothing drawn from nothing", HypergeometricTail(0, 0, 0, 0).PMF, 1, 0)
	if below := PoissonBinomialTail(-3, []Block{{3, 0.3}}); below.AtLeast.F != 1 || below.PMF.F != 0 {
		t.Errorf("fewer than none: %+v", below)
	}
}

// TestOneTableEdges goes through the tables that divide by zero somewhere.
func TestOneTableEdges(t *testing.T) {
	empty := TwoByTwo(Stratum{0, 0, 9, 12000}, 0.05)
	undefined(t, "risk of nobody", empty.Risk1.Value, NoAIChanges)
	undefined(t, "RR without AI", empty.RR.Value, NoAIChanges)
	undefined(t, "interval without AI", empty.RDScore.Low, NoAIChanges)
	none := TwoByTwo(Stratum{0, 400, 0, 900}, 0.05)
	undefined(t, "RR without incidents", none.RR.Value, NoIncidents)
	undefined(t, "chi-squared without incidents", none.ChiSquared.P, NoIncidents)
	all := TwoByTwo(Stratum{4, 4, 9, 9}, 0.05)
	near(t, "RR if everything fails", all.RR.Value, 1, 0)
	undefined(t, "odds ratio if everything fails", all.OR.Value, AllIncidents)
	undefined(t, "chi-squared if everything fails", all.ChiSquared.P, AllIncidents)
	near(t, "Fisher if everything fails", FisherExact(Stratum{4, 4, 9, 9}, 0.05).TwoSided, 1, 0)
	undefined(t, "its odds ratio", FisherExact(Stratum{4, 4, 9, 9}, 0.05).CI.High, AllIncidents)
	undefined(t, "Fisher of half a change", FisherExact(Stratum{0.5, 4, 1, 9}, 0.05).TwoSided, Fractional)
	undefined(t, "exact RR without incidents", PoissonRR(Stratum{0, 4, 0, 9}, 0.05).RR, NoIncidents)
	only := TwoByTwo(Stratum{4, 40, 0, 90}, 0.05)
	if !math.IsInf(only.RR.Value.F, 1) || !math.IsInf(only.RRScore.High.F, 1) || only.RRScore.Low.F <= 1 {
		t.Errorf("incidents with AI only: RR %v, score %v to %v", only.RR.Value, only.RRScore.Low, only.RRScore.High)
	}
	extreme := TwoByTwo(Stratum{50, 50, 0, 60}, 0.05)
	near(t, "upper end of the largest difference", extreme.RDScore.High, 1, 0)
	requireFit(t, TwoByTwo(Stratum{1, 2, 3, 4}, 7), FisherExact(Stratum{1, 2, 3, 4}, 7), PoissonRR(Stratum{1, 2, 3, 4}, 7))
}

// TestPointSwitchesToFirth when one arm is nearly empty.
func TestPointSwitchesToFirth(t *testing.T) {
	sparse, dense := ConditionalRR([]Stratum{{0, 100, 9, 200}}, 0.05), ConditionalRR(bcg, 0.05)
	if sparse.Point() != sparse.Firth || !sparse.Point().Finite() || sparse.Point().F == 0 {
		t.Errorf("point of a sparse table %v, Firth %v, likelihood %v", sparse.Point(), sparse.Firth, sparse.RR.Value)
	}
	if dense.Point() != dense.RR.Value {
		t.Errorf("point of much data %v, likelihood %v", dense.Point(), dense.RR.Value)
	}
	undefined(t, "point of nothing", ConditionalRR(nil, 0.05).Point(), NoChanges)
}
