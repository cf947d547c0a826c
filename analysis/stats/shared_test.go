package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// unfit walks a result and names the first value that is NaN, or that is undefined and yet has a value.
func unfit(v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.Float64:
		if math.IsNaN(v.Float()) {
			return path + " is NaN"
		}
	case reflect.Struct:
		if x, ok := v.Interface().(Number); ok && !x.OK() && x.F != 0 {
			return path + " is undefined but has a value"
		}
		for i := range v.NumField() {
			if bad := unfit(v.Field(i), path+"."+v.Type().Field(i).Name); bad != "" {
				return bad
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if bad := unfit(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); bad != "" {
				return bad
			}
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if bad := unfit(v.MapIndex(k), fmt.Sprintf("%s[%v]", path, k)); bad != "" {
				return bad
			}
		}
	}
	return ""
}

type fataler interface {
	Fatalf(format string, args ...any)
}

func requireFit(t fataler, results ...any) {
	for _, r := range results {
		if bad := unfit(reflect.ValueOf(r), fmt.Sprintf("%T", r)); bad != "" {
			t.Fatalf("%s", bad)
		}
	}
}

// near fails unless got is within a relative tolerance of want.
func near(t testing.TB, what string, got Number, want, relative float64) {
	t.Helper()
	if !got.OK() || math.IsNaN(got.F) || math.Abs(got.F-want) > relative*math.Abs(want) {
		t.Errorf("%s = %v, want %.10g", what, got, want)
	}
}

// undefined fails unless got is undefined for the reason given.
func undefined(t testing.TB, what string, got Number, why Reason) {
	t.Helper()
	if got.OK() || got.Why != why {
		t.Errorf("%s = %v, want undefined: %s", what, got, why)
	}
}

// anyStratum draws strata of all shapes: empty arms, no incidents, nothing but incidents, huge and tiny.
func anyStratum() *rapid.Generator[Stratum] {
	return rapid.Custom(func(t *rapid.T) Stratum {
		size := rapid.SampledFrom([]int{0, 1, 3, 40, 5000, 1_000_000_000})
		n1 := rapid.IntRange(0, size.Draw(t, "size1")).Draw(t, "n1")
		n0 := rapid.IntRange(0, size.Draw(t, "size0")).Draw(t, "n0")
		events := func(n int, name string) float64 {
			if rapid.IntRange(0, 9).Draw(t, name+" all") == 0 {
				return float64(n)
			}
			return float64(rapid.IntRange(0, min(n, 60)).Draw(t, name))
		}
		return Stratum{A: events(n1, "a"), N1: float64(n1), C: events(n0, "c"), N0: float64(n0)}
	})
}

// comparable strata have incidents in both arms, so that ratios are finite.
func comparableStrata() *rapid.Generator[[]Stratum] {
	one := rapid.Custom(func(t *rapid.T) Stratum {
		n1, n0 := rapid.IntRange(5, 20_000).Draw(t, "n1"), rapid.IntRange(5, 20_000).Draw(t, "n0")
		return Stratum{
			A: float64(rapid.IntRange(0, min(n1, 30)).Draw(t, "a")), N1: float64(n1),
			C: float64(rapid.IntRange(0, min(n0, 30)).Draw(t, "c")), N0: float64(n0),
		}
	})
	return rapid.SliceOfN(one, 1, 12).Filter(func(s []Stratum) bool {
		all := Crude(s)
		return all.A > 0 && all.C > 0 && all.A < all.N1 && all.C < all.N0
	})
}

func shuffled[T any](xs []T, seed uint64) []T {
	out := append([]T(nil), xs...)
	r := rand.New(rand.NewPCG(seed, 7))
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// identical compares two results bit by bit.
func identical(x, y any) bool { return reflect.DeepEqual(x, y) }

// The data of published examples, used in several tests.
var (
	berkeley = []Stratum{{512, 825, 89, 108}, {353, 560, 17, 25}, {120, 325, 202, 593}, {138, 417, 131, 375}, {53, 191, 94, 393}, {22, 373, 24, 341}}
	bcg      = []Stratum{
		{4, 123, 11, 139},
		{6, 306, 29, 303},
		{3, 231, 11, 220},
		{62, 13598, 248, 12867},
		{33, 5069, 47, 5808},
		{180, 1541, 372, 1451},
		{8, 2545, 10, 629},
		{505, 88391, 499, 88391},
		{29, 7499, 45, 7277},
		{17, 1716, 65, 1665},
		{186, 50634, 141, 27338},
		{5, 2498, 3, 2341},
		{27, 16913, 29, 17854},
	}
)
