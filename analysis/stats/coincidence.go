package stats

import (
	"cmp"
	"math"
	"slices"

	"github.com/baserate/baserate/analysis/stats/internal/num"
)

// Block is incidents that each involve AI with the same probability: those of a stratum, with AI's share of its changes.
type Block struct {
	Incidents float64
	Share     float64
}

// maxExact is the number of incidents up to which the distribution is computed exactly; the work grows with its square.
const maxExact = 10_000

// Coincidence is the chance, if AI made no difference, that as many incidents as were seen (or more) hit changes with AI,
// given AI's share of the changes in each stratum and the strata's incidents. It is the exact tail of [ConditionalRR] at
// RR = 1. Incidents in strata with one arm are left out: there AI's share is all or nothing.
func Coincidence(strata []Stratum) TailProbs {
	if !validStrata(strata) {
		return undefinedTails(InvalidInput)
	}
	var k num.Sum
	blocks := make([]Block, 0, len(strata))
	for _, s := range strata {
		if s.overlaps() && s.m() > 0 {
			k.Add(s.A)
			blocks = append(blocks, Block{s.m(), s.N1 / s.n()})
		}
	}
	if len(blocks) == 0 {
		return undefinedTails(emptyReason(strata))
	}
	return PoissonBinomialTail(k.Value(), blocks)
}

// PoissonBinomialTail is the distribution at k of a sum of independent binomials: exact to 10,000 incidents, above that
// normal with continuity correction. Shares of 0 and 1 are allowed.
func PoissonBinomialTail(k float64, blocks []Block) TailProbs {
	var total, mean, variance num.Sum
	for _, b := range blocks {
		if !(b.Share >= 0 && b.Share <= 1 && b.Incidents >= 0) {
			return undefinedTails(InvalidInput)
		}
		if !whole(b.Incidents) {
			return undefinedTails(Fractional)
		}
		total.Add(b.Incidents)
		mean.Add(b.Incidents * b.Share)
		variance.Add(b.Incidents * b.Share * (1 - b.Share))
	}
	if !whole(k) {
		return undefinedTails(Fractional)
	}
	var t TailProbs
	if total.Value() <= maxExact {
		t = tailProbs(exactTails(int(math.Max(-1, math.Min(k, total.Value()+1))), blocks))
	} else {
		t = tailProbs(normalTails(k, mean.Value(), math.Sqrt(variance.Value())))
	}
	t.Mean, t.Variance = Num(mean.Value()), Num(variance.Value())
	return t
}

// exactTails convolves the blocks one trial at a time. All terms are positive, so both tails keep their digits; the
// blocks are sorted so that their order cannot change the rounding.
func exactTails(k int, blocks []Block) num.Tails {
	sorted := slices.Clone(blocks)
	slices.SortFunc(sorted, func(x, y Block) int {
		return cmp.Or(cmp.Compare(x.Share, y.Share), cmp.Compare(x.Incidents, y.Incidents))
	})
	p := []float64{1}
	for _, b := range sorted {
		for range int(b.Incidents) {
			p = append(p, p[len(p)-1]*b.Share)
			for j := len(p) - 2; j > 0; j-- {
				p[j] = p[j]*(1-b.Share) + p[j-1]*b.Share
			}
			p[0] *= 1 - b.Share
		}
	}
	return readTails(k, p)
}

func readTails(k int, p []float64) num.Tails {
	switch {
	case k < 0:
		return num.Tails{AtLeast: 1}
	case k >= len(p):
		return num.Tails{AtMost: 1}
	}
	return num.Tails{
		PMF:     p[k],
		AtLeast: math.Min(1, num.Total(p[k:])),
		AtMost:  math.Min(1, num.Total(p[:k+1])),
	}
}

func normalTails(k, mean, sd float64) num.Tails {
	if sd == 0 {
		return readTails(int(math.Max(-1, math.Min(k-mean, 1))), []float64{1})
	}
	up, down := num.NormalUpper((k-0.5-mean)/sd), num.NormalUpper((mean-k-0.5)/sd)
	return num.Tails{
		PMF:     normalMass((k-0.5-mean)/sd, (k+0.5-mean)/sd),
		AtLeast: up,
		AtMost:  down,
	}
}

// normalMass is P(a < Z ≤ b), from whichever tail keeps the digits.
func normalMass(a, b float64) float64 {
	if a < 0 {
		a, b = -b, -a
	}
	return math.Max(0, num.NormalUpper(a)-num.NormalUpper(b))
}
