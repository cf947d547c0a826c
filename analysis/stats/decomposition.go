package stats

import (
	"math"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Decomposition splits the total effect of AI into what comes with the access and review that changes with AI get
// (indirect) and what remains at equal access (direct, "autonomy"). Strata are the path variables (permission × review ×
// size). It reads causally only if no hidden factor drives both the path and the incidents; say "if access and review
// were assigned as for human changes".
type Decomposition struct {
	DroppedAI, DroppedHuman float64 // changes in strata with one arm

	R11 Number // risk of AI changes, with their own mix of strata
	R10 Number // … of AI changes, with the human mix
	R00 Number // … of human changes, with their own mix
	R01 Number // … of human changes, with the AI mix

	Total    Estimate // R11/R00 = Direct · Indirect
	Direct   Estimate // R10/R00: AI against human at human access
	Indirect Estimate // R11/R10: AI at AI's access against AI at human access
	SMR      Estimate // R11/R01: AI against human at AI's access

	TotalSE, DirectSE, IndirectSE, SMRSE Number // of the logarithms

	Difference Number // R11 − R00
	Rate       Number // its part from different risks (Kitagawa 1955)
	Mix        Number // its part from different mixes
	Share      Number // ln Indirect / ln Total; undefined where the total is within its own error
}

// Decompose splits the total effect over strata with both arms (E7). Weights count as fixed, incidents as rare and
// independent; where they come in clusters use the jackknife.
func Decompose(strata []Stratum, alpha float64) Decomposition {
	if !validStrata(strata) {
		return undefinedDecomposition(InvalidInput)
	}
	used := make([]Stratum, 0, len(strata))
	for _, s := range strata {
		if s.overlaps() {
			used = append(used, s)
		}
	}
	all, in := Crude(strata), Crude(used)
	var d Decomposition
	if len(used) == 0 {
		d = undefinedDecomposition(emptyReason(strata))
	} else {
		d = decompose(used, in, alpha)
	}
	d.DroppedAI, d.DroppedHuman = all.N1-in.N1, all.N0-in.N0
	return d
}

func undefinedDecomposition(why Reason) Decomposition {
	u, e := Undefined(why), undefinedEstimate(why)
	return Decomposition{
		R11: u, R10: u, R00: u, R01: u, Total: e, Direct: e, Indirect: e, SMR: e,
		TotalSE: u, DirectSE: u, IndirectSE: u, SMRSE: u, Difference: u, Rate: u, Mix: u, Share: u,
	}
}

func decompose(used []Stratum, in Stratum, alpha float64) Decomposition {
	r11, r10, r00, r01 := standardised(used, in)
	ratio := func(x, y, variance float64) (Estimate, Number) {
		value := quotient(x, y, NoIncidents)
		se := spread(value, variance)
		return logRatio(value, se, alpha, in.m()), se
	}
	var d Decomposition
	d.R11, d.R10, d.R00, d.R01 = Num(r11), Num(r10), Num(r00), Num(r01)
	v := logVariances(used, in, r11, r10, r00, r01)
	d.Total, d.TotalSE = ratio(r11, r00, v.total)
	d.Direct, d.DirectSE = ratio(r10, r00, v.direct)
	d.Indirect, d.IndirectSE = ratio(r11, r10, v.indirect)
	d.SMR, d.SMRSE = ratio(r11, r01, v.smr)
	d.Difference = Num(r11 - r00)
	d.Rate = Num((r11 - r01 + r10 - r00) / 2)
	d.Mix = Num((r11 - r10 + r01 - r00) / 2)
	d.Share = pathShare(d)
	return d
}

// standardised are the risks of each arm under each arm's mix of strata.
func standardised(used []Stratum, in Stratum) (r11, r10, r00, r01 float64) {
	var s11, s10, s00, s01 num.Sum
	for _, k := range used {
		w1, w0 := k.N1/in.N1, k.N0/in.N0
		s11.Add(k.A / in.N1)
		s10.Add(w0 * (k.A / k.N1))
		s00.Add(k.C / in.N0)
		s01.Add(w1 * (k.C / k.N0))
	}
	return s11.Value(), s10.Value(), s00.Value(), s01.Value()
}

type pathVariances struct{ total, direct, indirect, smr float64 }

// logVariances are the delta-method variances of the log ratios.
func logVariances(used []Stratum, in Stratum, r11, r10, r00, r01 float64) pathVariances {
	var total, direct, indirect, smr num.Sum
	for _, k := range used {
		w1, w0 := k.N1/in.N1, k.N0/in.N0
		r1, r0 := k.A/k.N1, k.C/k.N0
		v1, v0 := r1*(1-r1)/k.N1, r0*(1-r0)/k.N0
		total.Add(square(w1/r11)*v1 + square(w0/r00)*v0)
		direct.Add(square(w0/r10)*v1 + square(w0/r00)*v0)
		indirect.Add(square(w1/r11-w0/r10) * v1)
		smr.Add(square(w1/r11)*v1 + square(w1/r01)*v0)
	}
	return pathVariances{total.Value(), direct.Value(), indirect.Value(), smr.Value()}
}

func square(x float64) float64 { return x * x }

// pathShare is the part of the log total that runs through access, shown only if the total exceeds its standard error.
func pathShare(d Decomposition) Number {
	if !d.TotalSE.OK() || !d.IndirectSE.OK() {
		return Undefined(OneSided)
	}
	total := math.Log(d.Total.Value.F)
	if math.Abs(total) <= d.TotalSE.F {
		return Undefined(NoVariance)
	}
	return Num(math.Log(d.Indirect.Value.F) / total)
}
