package stats

import (
	"encoding/binary"
	"math"
	"testing"
)

// source deals numbers from fuzzed bytes: mostly counts, sometimes nonsense.
type source struct{ data []byte }

func (s *source) next() uint64 {
	var word [8]byte
	n := copy(word[:], s.data)
	s.data = s.data[n:]
	return binary.LittleEndian.Uint64(word[:])
}

func (s *source) number() float64 {
	x := s.next()
	switch x >> 60 {
	case 0:
		return math.Float64frombits(s.next()) // anything, NaN and ±Inf included
	case 1:
		return float64(x % 1_000_000_001)
	case 2:
		return float64(x%1000) / 7
	}
	return float64(x % 50)
}

func (s *source) stratum() Stratum {
	x := Stratum{s.number(), s.number(), s.number(), s.number()}
	if s.next()%8 != 0 { // mostly possible
		x.A, x.C = math.Min(x.A, x.N1), math.Min(x.C, x.N0)
	}
	return x
}

func (s *source) strata() []Stratum {
	out := make([]Stratum, 0, 8)
	for len(s.data) > 0 && len(out) < 8 {
		out = append(out, s.stratum())
	}
	return out
}

// seeds are strata of every awkward kind, as bytes.
func seeds(f *testing.F) {
	for _, numbers := range [][]uint64{
		{},
		{3, 40, 2, 30, 1},
		{0, 40, 0, 30, 1},
		{40, 40, 30, 30, 1},
		{0, 0, 9, 30, 1},
		{1 << 60, 1<<60 + 999, 1<<60 + 3, 1<<60 + 1e9, 1, 3, 4, 5, 6, 1},
		{0, 0x7ff8000000000001, 0, 0x7ff0000000000000, 3, 9, 1},
		{2<<60 + 5, 2<<60 + 900, 2<<60 + 3, 2<<60 + 999, 1},
	} {
		var data []byte
		for _, n := range numbers {
			data = binary.LittleEndian.AppendUint64(data, n|3<<60*uint64(count(n < 1<<59 && n > 0)))
		}
		f.Add(data, 0.05)
	}
	f.Add([]byte("\x00\x00\x00\x00\x00\x00\x00\x30some bytes that mean nothing in particular, long enough for two strata"), -1.0)
}

func FuzzStrata(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, alpha float64) {
		s := &source{data}
		strata := s.strata()
		requireFit(t, ConditionalRR(strata, alpha), MantelHaenszel(strata, alpha), Coincidence(strata), EProcess(strata, alpha*10, alpha))
		requireFit(t, Decompose(strata, alpha), AttributableShare(strata, alpha), Swap(strata, alpha), MeasureOverlap(strata))
		requireFit(t, CorrectExposure(strata, Detection{alpha, 0.9, 0.8, 1}), CorrectOutcome(strata, Recall{0.9, 0.99, 0.8, alpha}))
		requireFit(t, TippingSensitivity(strata, Detection{0.9, 0.9, 0.8, 1}, alpha*20))
		cells := make([]Cell, len(strata))
		for i, x := range strata {
			cells[i] = Cell{uint64(i % 3), uint64(i % 5), x}
		}
		c := ClusterRR(cells)
		requireFit(t, c, c.SE(), c.EffectiveEvents())
		requireFit(t, Decide(Case{OverlapEvents: c.Events, AIEvents: 50, HumanEvents: 50, AIPeople: 9, HumanPeople: 9, Log: c.LogRR, SE: c.SE(), DF: Num(c.DF()), Alpha: alpha}))
	})
}

func FuzzTables(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, alpha float64) {
		s := &source{data}
		x, y := s.stratum(), s.stratum()
		requireFit(t, TwoByTwo(x, alpha), PoissonRR(x, alpha), Interact(x, y, alpha))
		if x.m() < 1e7 { // the exact distribution is summed term by term
			requireFit(t, FisherExact(x, alpha))
		}
		requireFit(t, Wilson(x.A, x.N1, alpha), ClopperPearson(x.A, x.N1, alpha), Jeffreys(x.C, x.N0, alpha), AgainstTarget(x.A, x.N1, alpha))
		requireFit(t, ObservedExpected(x.A, x.C, alpha), CorrectPrevalence(x.A, x.N1, 0.9, alpha))
		requireFit(t, BinomialTail(x.A, x.N1, alpha), ShareConfidence(x.A, x.N1, alpha*3, x.C, x.N0, alpha))
		requireFit(t, ConfidenceSequence(x.A, x.N1, x.C, alpha), EValueOf(Estimate{Value: Num(x.A), Low: Num(x.N1), High: Num(x.C)}))
		requireFit(t, TestEquivalence(Effect{x.A, x.N1, x.C}, RatioMargin(x.N0), alpha, 0.8))
		requireFit(t, PlanTwoProportions(Design{x.N1, x.N0, alpha, x.A, 0.05, 0.8}), EventsNeeded(alpha, x.A, 0.05, 0.8))
		requireFit(t, CompareMinutes([]Minutes{{x.A, x.C, x.N1, y.A, y.C, y.N1}, {y.C, y.N0, x.N0, 1, 2, 3}}, alpha))
	})
}

func FuzzGroups(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, data []byte, alpha float64) {
		s := &source{data}
		var counts []Count
		var shares []Proportion
		var times []Time
		var bins []Bin
		var rows []Row
		var p []float64
		for len(s.data) > 0 && len(counts) < 10 {
			x := s.stratum()
			counts, shares = append(counts, Count{x.A, x.C}), append(shares, Proportion{x.A, x.N1})
			times, bins = append(times, Time{x.A, x.C, x.N1}), append(bins, Bin{x.A, x.C, x.N0})
			rows = append(rows, Row{X: []float64{1, x.C, x.N0}, N: x.N1, Y: x.A, Cluster: uint64(len(rows) % 3)})
			p = append(p, x.A/x.N1)
		}
		requireFit(t, ShrinkRates(counts, alpha), ShrinkShares(shares, alpha), MannWhitney(bins), AdjustP(p, alpha))
		requireFit(t, KaplanMeier(times, alpha*9, alpha*99, alpha), CompareTimes(times, times[len(times)/2:]))
		requireFit(t, Logistic(rows), ModifiedPoisson(rows), Firth(rows, alpha))
		EBH(p, alpha)
	})
}
