package stats

import (
	"math"
	"slices"
)

// Adjusted is p-values corrected for being many, in the order given.
type Adjusted struct {
	BH     []Number // Benjamini & Hochberg 1995: false discovery rate
	BY     []Number // Benjamini & Yekutieli 2001: the same under any dependence
	Holm   []Number // Holm 1979: any false rejection
	Reject []bool   // BH ≤ q
}

// AdjustP corrects p-values for being many (E12). The number of slices is all that are shown or can be filtered to, not
// those that were clicked. A p-value outside [0,1] makes everything undefined.
func AdjustP(p []float64, q float64) Adjusted {
	k := len(p)
	for _, x := range p {
		if !(x >= 0 && x <= 1) {
			u := undefinedNumbers(k, InvalidInput)
			return Adjusted{u, u, u, make([]bool, k)}
		}
	}
	order := byValue(p)
	harmonic := 0.0
	for i := k; i >= 1; i-- {
		harmonic += 1 / float64(i)
	}
	a := Adjusted{make([]Number, k), make([]Number, k), make([]Number, k), make([]bool, k)}
	bh, by := 1.0, 1.0
	for rank := k; rank >= 1; rank-- {
		i := order[rank-1]
		raw := p[i] * (float64(k) / float64(rank)) // in this order it never rounds below p
		bh, by = math.Min(bh, raw), math.Min(by, raw*harmonic)
		a.BH[i], a.BY[i], a.Reject[i] = Num(bh), Num(by), bh <= q
	}
	holm := 0.0
	for rank, i := range order {
		holm = math.Max(holm, math.Min(1, p[i]*float64(k-rank)))
		a.Holm[i] = Num(holm)
	}
	return a
}

// byValue is the order of xs from small to large; equal values keep theirs.
func byValue(xs []float64) []int {
	order := make([]int, len(xs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case xs[i] < xs[j]:
			return -1
		case xs[i] > xs[j]:
			return 1
		}
		return 0
	})
	return order
}

// EBH is the Benjamini–Hochberg procedure on e-values (Wang & Ramdas 2022): it holds under any dependence and daily looks.
// The k largest are rejected if the k-th is at least K/(k·q).
func EBH(e []float64, q float64) []bool {
	reject := make([]bool, len(e))
	order := byValue(e)
	slices.Reverse(order)
	last := 0
	for k, i := range order {
		if e[i] >= float64(len(e))/(float64(k+1)*q) {
			last = k + 1
		}
	}
	for _, i := range order[:last] {
		reject[i] = true
	}
	return reject
}
