package num

import (
	"math"
	"math/bits"
)

const (
	// chunkBits is the distance between neighbouring chunks; each holds twice as many bits, so that carries can wait.
	chunkBits = 32
	chunkMask = 1<<chunkBits - 1
	// carryEvery bounds how often a chunk can grow by 52 bits before it must pass its surplus upwards.
	carryEvery = 1 << 10
	// exponentBias is the weight of the lowest bit of chunk 0, as a power of two.
	exponentBias = 1075
)

// Sum adds float64 values without rounding, so that the total does not depend on the order of the terms: the same
// facts give the same number, byte for byte, however the rows arrive. The zero value is an empty sum; copying a
// Sum copies its state. It is a fixed-point number as wide as the range of float64 (Neal 2015, "Fast exact
// summation using small and large superaccumulators").
type Sum struct {
	chunk    [67]int64
	pending  int
	infinite float64
}

// Add adds x.
func (s *Sum) Add(x float64) {
	b := math.Float64bits(x)
	exp := uint(b>>52) & 0x7ff
	mant := b & (1<<52 - 1)
	switch exp {
	case 0:
		exp = 1
	case 0x7ff:
		s.infinite += x
		return
	default:
		mant |= 1 << 52
	}
	i, shift := exp/chunkBits, exp%chunkBits
	low, high := int64(mant<<shift&chunkMask), int64(mant>>(chunkBits-shift))
	if b>>63 != 0 {
		low, high = -low, -high
	}
	s.chunk[i] += low
	s.chunk[i+1] += high
	if s.pending++; s.pending >= carryEvery {
		s.carry()
	}
}

// AddProduct adds x·y with the rounding error of the product included.
func (s *Sum) AddProduct(x, y float64) {
	p := x * y
	s.Add(p)
	if e := math.FMA(x, y, -p); e != 0 && !math.IsInf(p, 0) {
		s.Add(e)
	}
}

func (s *Sum) carry() {
	for i := range len(s.chunk) - 1 {
		c := s.chunk[i] >> chunkBits
		s.chunk[i] -= c << chunkBits
		s.chunk[i+1] += c
	}
	s.pending = 0
}

// Value is the sum so far, rounded once to the nearest float64.
func (s *Sum) Value() float64 {
	if s.infinite != 0 {
		return s.infinite
	}
	t := *s
	t.carry()
	sign := 1.0
	if t.chunk[len(t.chunk)-1] < 0 {
		sign = -1
		for i := range t.chunk {
			t.chunk[i] = -t.chunk[i]
		}
		t.carry()
	}
	return sign * t.round()
}

// round needs carried, non-negative chunks. It takes the top 64 bits and folds everything below into the last of
// them, so that the one conversion rounds correctly.
func (s *Sum) round() float64 {
	top := len(s.chunk) - 1
	for top > 1 && s.chunk[top] == 0 {
		top--
	}
	if top < 2 {
		return math.Ldexp(float64(s.chunk[1]), chunkBits-exponentBias) + math.Ldexp(float64(s.chunk[0]), -exponentBias)
	}
	n := bits.Len64(uint64(s.chunk[top]))
	word := uint64(s.chunk[top])<<chunkBits | uint64(s.chunk[top-1])
	word = word<<(chunkBits-n) | uint64(s.chunk[top-2])>>n
	rest := s.chunk[top-2] & (1<<n - 1)
	for i := top - 3; i >= 0 && rest == 0; i-- {
		rest = s.chunk[i]
	}
	if rest != 0 {
		word |= 1
	}
	return math.Ldexp(float64(word), chunkBits*(top-1)-exponentBias-(chunkBits-n))
}

// Total adds up xs without rounding in between.
func Total(xs []float64) float64 {
	var s Sum
	for _, x := range xs {
		s.Add(x)
	}
	return s.Value()
}
