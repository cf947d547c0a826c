package estimate

import (
	"encoding/json"
	"fmt"

	"github.com/baserate/baserate/analysis/stats"
)

// duration is [t, events, censored].
type duration stats.Time

// UnmarshalJSON reads a bin of waiting times.
func (d *duration) UnmarshalJSON(b []byte) error {
	v, err := numbers(b, 3, "[t, events, censored]")
	if err != nil {
		return err
	}
	*d = duration{T: v[0], Events: v[1], Censored: v[2]}
	return nil
}

// arms are the waiting times with AI ("1") and without ("0").
type arms map[string][]duration

func (a arms) times(arm string) []stats.Time {
	out := make([]stats.Time, len(a[arm]))
	for i, d := range a[arm] {
		out[i] = stats.Time(d)
	}
	return out
}

func (a arms) check() error {
	for name := range a {
		if name != "0" && name != "1" {
			return fmt.Errorf("inputs: arm %q is neither \"1\" (with AI) nor \"0\"", name)
		}
	}
	return nil
}

type survivalInput struct {
	level
	Arms   arms     `json:"arms"`
	At     *float64 `json:"at,omitempty"`
	Tau    *float64 `json:"tau,omitempty"`
	Strata []arms   `json:"strata,omitempty"`
}

func survival(in survivalInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	pairs := make([][2][]stats.Time, 0, len(in.Strata))
	for _, a := range append([]arms{in.Arms}, in.Strata...) {
		if err := a.check(); err != nil {
			return nil, err
		}
		pairs = append(pairs, [2][]stats.Time{a.times("1"), a.times("0")})
	}
	f := Fields{}
	var summary [2]stats.Survival
	for i, name := range []string{"1", "0"} {
		summary[i] = stats.KaplanMeier(pairs[0][i], either(in.At, 0), either(in.Tau, 0), alpha)
		armFields(f, name, summary[i])
	}
	difference, se := stats.MeanDifference(summary[0], summary[1], alpha)
	f["rmst_diff"], f["rmst_diff_se"] = difference.Value, se
	rankFields(f, "lr", stats.CompareTimes(pairs[0][0], pairs[0][1]))
	if len(in.Strata) > 0 {
		rankFields(f, "strat", stats.CompareTimesStratified(pairs[1:]))
	}
	return f, nil
}

func armFields(f Fields, arm string, s stats.Survival) {
	f["n_"+arm], f["events_"+arm] = s.N, s.Events
	f["median_"+arm], f["median_lo_"+arm], f["median_hi_"+arm] = s.Median.Value, s.Median.Low, s.Median.High
	f["S_at_"+arm], f["S_at_se_"+arm] = s.At.Value, s.AtSE
	f["S_at_lo_"+arm], f["S_at_hi_"+arm] = s.At.Low, s.At.High
	f["rmst_"+arm], f["rmst_se_"+arm] = s.Mean, s.MeanSE
}

func rankFields(f Fields, prefix string, l stats.LogRank) {
	f[prefix+"_observed_1"], f[prefix+"_expected_1"], f[prefix+"_var"] = l.Observed1, l.Expected1, l.Variance
	f[prefix+"_chi2"], f[prefix+"_p"] = l.Statistic, l.P
}

// bin is [value, n1, n0].
type bin stats.Bin

// UnmarshalJSON reads a bin of a histogram.
func (b *bin) UnmarshalJSON(data []byte) error {
	v, err := numbers(data, 3, "[value, n1, n0]")
	if err != nil {
		return err
	}
	*b = bin{Value: v[0], N1: v[1], N0: v[2]}
	return nil
}

type binsInput struct {
	Bins []bin `json:"bins"`
}

func mannWhitney(in binsInput) (Fields, error) {
	bins := make([]stats.Bin, len(in.Bins))
	for i, b := range in.Bins {
		bins[i] = stats.Bin(b)
	}
	r := stats.MannWhitney(bins)
	return Fields{"U1": r.U, "auc": r.AUC, "z": r.Z, "p": r.P, "p_cc": r.PCC}, nil
}

// minutes is [sum1, squares1, n1, sum0, squares0, n0].
type minutes stats.Minutes

// UnmarshalJSON reads a stratum of outage minutes.
func (m *minutes) UnmarshalJSON(data []byte) error {
	var v []float64
	if err := json.Unmarshal(data, &v); err != nil || len(v) != 6 {
		return fmt.Errorf("%.60s is not [sum1, squares1, n1, sum0, squares0, n0]", data)
	}
	*m = minutes{v[0], v[1], v[2], v[3], v[4], v[5]}
	return nil
}

type minutesInput struct {
	level
	Strata []minutes `json:"strata"`
}

func minutesRatio(in minutesInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	strata := make([]stats.Minutes, len(in.Strata))
	for i, m := range in.Strata {
		strata[i] = stats.Minutes(m)
	}
	m := stats.CompareMinutes(strata, alpha)
	return Fields{
		"ratio": m.Ratio.Value, "log_se": m.LogSE, "lo": m.Ratio.Low, "hi": m.Ratio.High,
		"n_eff_1": m.Effective1, "n_eff_0": m.Effective0,
	}, nil
}
