package estimate

import (
	"encoding/json"

	"github.com/baserate/baserate/analysis/stats"
)

type regressionRow struct {
	X       []float64       `json:"x"`
	N       float64         `json:"n"`
	Y       float64         `json:"y"`
	Offset  float64         `json:"offset"`
	Cluster json.RawMessage `json:"cluster"`
}

type rowsInput struct {
	level
	Rows []regressionRow `json:"rows"`
}

func (in rowsInput) rows() []stats.Row {
	clusters := map[string]uint64{}
	rows := make([]stats.Row, len(in.Rows))
	for i, r := range in.Rows {
		rows[i] = stats.Row{X: r.X, N: r.N, Y: r.Y, Offset: r.Offset, Cluster: label(clusters, string(r.Cluster))}
	}
	return rows
}

func logistic(in rowsInput) (Fields, error) {
	r := stats.Logistic(in.rows())
	return Fields{"beta": r.Beta, "se": r.SE, "loglik_bernoulli": r.LogLik}, nil
}

func modifiedPoisson(in rowsInput) (Fields, error) {
	r := stats.ModifiedPoisson(in.rows())
	return Fields{
		"beta": r.Beta, "se_model": r.SE, "se_hc0": r.HC0, "G": r.Clusters, "se_cr0": r.CR0, "se_cr1": r.CR1,
	}, nil
}

func firth(in rowsInput) (Fields, error) {
	alpha, err := in.alpha()
	if err != nil {
		return nil, err
	}
	r := stats.Firth(in.rows(), alpha)
	low, high := make([]stats.Number, len(r.CI)), make([]stats.Number, len(r.CI))
	chi2, p := make([]stats.Number, len(r.CI)), make([]stats.Number, len(r.CI))
	for i := range r.CI {
		low[i], high[i] = r.CI[i].Low, r.CI[i].High
		chi2[i], p[i] = r.LR[i].Statistic, r.LR[i].P
	}
	return Fields{
		"beta": r.Beta, "se": r.SE, "pen_loglik": r.LogLik,
		"profile_index": r.Index, "pl_lo": low, "pl_hi": high, "plr_chi2": chi2, "plr_p": p,
	}, nil
}
