package num

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// The expected values are 40-digit arithmetic (mpmath), printed to 17 digits.

func close(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if got != want && !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s = %.17g, want %.17g", what, got, want)
	}
}

func TestBinomialTails(t *testing.T) {
	for _, c := range []struct{ k, n, p, pmf, atLeast, atMost float64 }{
		{0, 5, .3, 0.16807, 1.0, 0.16807},
		{3, 7, .5, 0.2734375, 0.7734375, 0.5},
		{1, 1000000, 1e-9, 0.00099900050083187599, 0.00099950016712450858, 0.99999950033370737},
		{40, 1000000, 1e-6, 4.5054570132626928e-49, 4.6180203792403858e-49, 1.0},
		{500000500, 1000000000, .5, 2.5218712704689494e-5, 0.48739904904868695, 0.51262616966401774},
		{999999, 1000000000, .001, 0.00039914186760836877, 0.50053232221605416, 0.49986681965155421},
		{1003000, 1000000000, .001, 4.4273863134929953e-6, 0.0013513597979179585, 0.99865306758839553},
		{12, 15, .99, 0.00040330511663083882, 0.99998750241475527, 0.00041580270187556504},
		{700, 1000, .3, 1.7739858556444266e-149, 2.1719162763988306e-149, 1.0},
	} {
		got := BinomialTails(c.k, c.n, c.p, 1-c.p)
		close(t, "pmf", got.PMF, c.pmf, 1e-11)
		close(t, "at least", got.AtLeast, c.atLeast, 1e-11)
		close(t, "at most", got.AtMost, c.atMost, 1e-11)
	}
}

func TestGammaTails(t *testing.T) {
	for _, c := range []struct{ a, x, lower, upper float64 }{
		{.01, 0.005, 0.95376086004219787, 0.046239139957802132},
		{.01, 0.03, 0.97076571668239671, 0.029234283317603293},
		{.5, 0.25, 0.52049987781304654, 0.47950012218695346},
		{.5, 1.5, 0.9167354833364496, 0.083264516663550402},
		{3, 1.5, 0.19115316946194187, 0.80884683053805813},
		{3, 9.0, 0.99376780489362268, 0.0062321951063773172},
		{100, 50.0, 3.2000653245851253e-10, 0.99999999967999347},
		{100, 101.0, 0.55289629343451125, 0.44710370656548875},
		{100, 300.0, 1.0, 1.4110215102111521e-41},
		{12345.5, 12468.955, 0.86659060700060747, 0.13340939299939253},
		{1e6, 1000000.0, 0.50013298076087259, 0.49986701923912741},
	} {
		lower, upper := GammaTails(c.a, c.x)
		close(t, "lower", lower, c.lower, 1e-12)
		close(t, "upper", upper, c.upper, 1e-12)
	}
}

func TestBetaTails(t *testing.T) {
	for _, c := range []struct{ a, b, x, lower, upper float64 }{
		{.5, .5, .1, 0.20483276469913345, 0.79516723530086655},
		{2, 3, .7, 0.9163, 0.0837},
		{.001, 4, 1e-5, 0.9903664010338336, 0.0096335989661663952},
		{1e3, 1e3, .52, 0.9632205167213603, 0.036779483278639697},
		{25, 1e6, 1e-5, 4.6961822320479831e-5, 0.99995303817767952},
		{.5, 300, .01, 0.9858968277820737, 0.014103172217926298},
		{40, 60, .9, 1.0, 9.7185101086327673e-35},
	} {
		lower, upper := BetaTails(c.a, c.b, c.x, 1-c.x)
		close(t, "lower", lower, c.lower, 1e-12)
		close(t, "upper", upper, c.upper, 1e-12)
	}
}

func TestStudent(t *testing.T) {
	for _, c := range []struct{ t, df, upper float64 }{
		{2, 1, 0.14758361765043327},
		{.3, 4, 0.38956071413872985},
		{12, 3, 0.00062250790039466837},
		{5, 30, 1.1648342733503898e-5},
		{40, 11, 1.4462704490602863e-13},
		{1e-3, 7, 0.49961500862249942},
		{6, 200, 4.5575601744051927e-9},
	} {
		close(t, "upper tail", TUpper(c.t, c.df), c.upper, 1e-12)
		close(t, "lower tail", TUpper(-c.t, c.df), 1-c.upper, 1e-14)
		close(t, "quantile", TQuantile(1-c.upper, c.df), c.t, 1e-3) // 1−p has few digits left far out
	}
	for df, want := range map[float64]float64{1: 12.706204736, 11: 2.2009851601, 30: 2.0422724563} { // any table of t
		close(t, "97.5 % quantile", TQuantile(0.975, df), want, 1e-9)
		close(t, "2.5 % quantile", TQuantile(0.025, df), -want, 1e-9)
	}
	close(t, "normal limit", TQuantile(0.975, 0), 1.959963984540054, 1e-14)
}

func TestHypergeometricTails(t *testing.T) {
	for _, c := range []struct{ k, marked, plain, draws, pmf, atLeast, atMost float64 }{
		{5, 20, 40, 8, 0.059868002834159666, 0.072945192471454285, 0.98692281036270538},
		{0, 2500, 2500, 6, 0.01557814376876088, 1.0, 0.01557814376876088},
		{30, 1000, 9000, 100, 1.4892446272256354e-8, 1.9640930283203992e-8, 0.99999999525151599},
		{302000, 250000000, 750000000, 1200000, 1.160871946819342e-7, 1.2493687452699177e-5, 0.99998762239974198},
		{12, 12, 3, 12, 0.0021978021978021978, 0.0021978021978021978, 1.0},
		{1, 1, 999999999, 5, 5.0e-9, 5.0e-9, 1.0},
	} {
		got := Hypergeometric{c.marked, c.plain, c.draws}.Tails(c.k)
		close(t, "pmf", got.PMF, c.pmf, 1e-10)
		close(t, "at least", got.AtLeast, c.atLeast, 1e-10)
		close(t, "at most", got.AtMost, c.atMost, 1e-10)
	}
}

func TestGammaFunctions(t *testing.T) {
	for _, c := range []struct{ x, digamma, trigamma float64 }{
		{1e-3, -1000.5755719318103, 1000001.6425331959},
		{.3, -3.502524222200133, 12.24536454610773},
		{1, -0.57721566490153286, 1.6449340668482264},
		{7.5, 1.9467574842460868, 0.1426158966967038},
		{1e4, 9.2102903711428494, 0.00010000500016666667},
	} {
		close(t, "digamma", Digamma(c.x), c.digamma, 1e-14)
		close(t, "trigamma", Trigamma(c.x), c.trigamma, 1e-14)
	}
	for _, c := range []struct{ a, b, want float64 }{
		{.01, .02, 5.0103133506979858},
		{.5, 3, 0.064538521137571172},
		{20, 1e9, -375.12543274172873},
		{1e8, 1e8, -138629444.05681731},
	} {
		close(t, "log beta", LogBeta(c.a, c.b), c.want, 1e-13)
	}
}

func TestQuantilesInvertTails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := math.Exp(rapid.Float64Range(-2, 18).Draw(t, "log a"))
		b := math.Exp(rapid.Float64Range(-2, 18).Draw(t, "log b"))
		p := rapid.Float64Range(1e-6, 1-1e-6).Draw(t, "p")
		x, y := BetaQuantile(p, a, b)
		if lower, _ := BetaTails(a, b, x, y); math.Abs(lower-p) > 1e-8 {
			t.Fatalf("beta(%g, %g): tail at the %g-quantile is %g", a, b, p, lower)
		}
		g := GammaQuantile(p, a)
		if lower, _ := GammaTails(a, g); math.Abs(lower-p) > 1e-8 {
			t.Fatalf("gamma(%g): tail at the %g-quantile is %g", a, p, lower)
		}
		g = GammaUpperQuantile(p, a)
		if _, upper := GammaTails(a, g); math.Abs(upper-p) > 1e-8 {
			t.Fatalf("gamma(%g): upper tail at the %g-quantile is %g", a, p, upper)
		}
	})
}

func TestTailsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := Hypergeometric{
			Marked: float64(rapid.IntRange(0, 300).Draw(t, "marked")),
			Plain:  float64(rapid.IntRange(0, 300).Draw(t, "plain")),
		}
		h.Draws = float64(rapid.IntRange(0, int(h.Marked+h.Plain)).Draw(t, "draws"))
		lo, hi := h.support()
		k := float64(rapid.IntRange(int(lo)-1, int(hi)+1).Draw(t, "k"))
		var below, above, extreme float64
		for j := lo; j <= hi; j++ {
			p := h.PMF(j)
			if j <= k {
				below += p
			}
			if j >= k {
				above += p
			}
			if p <= h.PMF(k)*fisherSlack {
				extreme += p
			}
		}
		got := h.Tails(k)
		if math.Abs(got.AtMost-below) > 1e-9 || math.Abs(got.AtLeast-above) > 1e-9 {
			t.Fatalf("%+v at %g: %+v, want at most %g, at least %g", h, k, got, below, above)
		}
		if k >= lo && k <= hi && math.Abs(h.TwoSided(k)-extreme) > 1e-9 {
			t.Fatalf("%+v at %g: two-sided %g, want %g", h, k, h.TwoSided(k), extreme)
		}
	})
}

// TestNoncentralAgainstEnumeration checks mean and tails of the noncentral distribution by brute force.
func TestNoncentralAgainstEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := Hypergeometric{
			Marked: float64(rapid.IntRange(1, 60).Draw(t, "marked")),
			Plain:  float64(rapid.IntRange(1, 60).Draw(t, "plain")),
		}
		h.Draws = float64(rapid.IntRange(1, int(h.Marked+h.Plain)).Draw(t, "draws"))
		beta := rapid.Float64Range(-12, 12).Draw(t, "log odds ratio")
		lo, hi := h.support()
		k := float64(rapid.IntRange(int(lo), int(hi)).Draw(t, "k"))
		var total, mean, above float64
		for j := lo; j <= hi; j++ {
			w := h.PMF(j) * math.Exp(beta*(j-lo))
			total += w
			mean += w * j
			if j >= k {
				above += w
			}
		}
		got := h.at(k, beta)
		if math.Abs(got.mean-mean/total) > 1e-7*(1+mean/total) || math.Abs(got.atLeast-above/total) > 1e-8 {
			t.Fatalf("%+v at odds e^%g: mean %g, want %g; tail %g, want %g", h, beta, got.mean, mean/total, got.atLeast, above/total)
		}
	})
}

func TestImpossibleArguments(t *testing.T) {
	nan := math.NaN()
	for name, x := range map[string]float64{
		"normal quantile": NormalQuantile(1.5), "gamma quantile": GammaQuantile(0.5, -1), "t quantile": TQuantile(nan, 3),
		"chi-squared": ChiSquaredUpper(1, 0), "binomial": BinomialTails(1, 2, nan, 0).PMF,
	} {
		if !math.IsNaN(x) {
			t.Errorf("%s of nonsense = %g, want NaN", name, x)
		}
	}
}
