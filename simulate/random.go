package simulate

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// random draws by a PCG, held by value so that calls of it are direct: a fleet of a hundred million changes makes
// more than a billion draws.
type random struct{ rand.PCG }

// newRandom returns the generator of one stream of a seed. PCG's own seeding keeps streams apart only in its high half;
// both are scattered, so that neighbouring seeds and chunks have nothing in common.
func newRandom(seed, stream uint64) *random {
	r := &random{}
	r.Seed(scatter(seed), scatter(stream^0x9e3779b97f4a7c15))
	return r
}

// scatter is the finaliser of SplitMix64 (Steele, Lea & Flood 2014).
func scatter(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// uniform is in [0, 1).
func (r *random) uniform() float64 { return float64(r.Uint64()>>11) * 0x1p-53 }

// happens is true with probability p.
func (r *random) happens(p float64) bool { return r.uniform() < p }

// below is in [0, n); its bias of n/2^64 is beneath notice.
func (r *random) below(n uint32) uint32 {
	high, _ := bits.Mul64(r.Uint64(), uint64(n))
	return uint32(high)
}

// normal is standard normal, by the polar method.
func (r *random) normal() float64 {
	for {
		x, y := 2*r.uniform()-1, 2*r.uniform()-1
		if s := x*x + y*y; s > 0 && s < 1 {
			return x * math.Sqrt(-2*math.Log(s)/s)
		}
	}
}

// delay is exponential with mean two days, given that it is less than thirteen, in whole seconds from 1 on.
func (r *random) delay() uint32 {
	const mean, most = 2 * day, 13 * day
	return 1 + uint32(-mean*math.Log1p(-r.uniform()*(1-math.Exp(-float64(most)/mean))))
}

// urn draws from a finite distribution in one step (Walker 1977, Vose 1991).
type urn struct {
	keep  []float64
	other []uint32
}

func newUrn(weights []float64) urn {
	n := len(weights)
	u := urn{make([]float64, n), make([]uint32, n)}
	sum := 0.
	for _, w := range weights {
		sum += w
	}
	var small, large []int
	for i, w := range weights {
		u.keep[i], u.other[i] = w*float64(n)/sum, uint32(i)
		if u.keep[i] < 1 {
			small = append(small, i)
		} else {
			large = append(large, i)
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		u.other[s] = uint32(l)
		u.keep[l] -= 1 - u.keep[s]
		if u.keep[l] < 1 {
			small, large = append(small, l), large[:len(large)-1]
		}
	}
	return u
}

func (u *urn) draw(r *random) uint32 {
	i, rest := bits.Mul64(r.Uint64(), uint64(len(u.keep)))
	if float64(rest>>11)*0x1p-53 < u.keep[i] {
		return uint32(i)
	}
	return u.other[i]
}
