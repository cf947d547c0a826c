package estimate

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/baserate/baserate/analysis/stats"
)

// level is the confidence level that any estimator with intervals takes.
type level struct {
	Conf  *float64 `json:"conf,omitempty"`
	Alpha *float64 `json:"alpha,omitempty"`
}

// alpha is one minus the confidence level, 0.05 by default.
func (l level) alpha() (float64, error) {
	alpha := 0.05
	switch {
	case l.Alpha != nil && l.Conf != nil:
		return 0, fmt.Errorf("inputs.alpha and inputs.conf say the same thing; give one")
	case l.Alpha != nil:
		alpha = *l.Alpha
	case l.Conf != nil:
		alpha = 1 - *l.Conf
	}
	if !(alpha > 0 && alpha < 1) {
		return 0, fmt.Errorf("inputs: the level is %g: alpha and conf must lie between 0 and 1", alpha)
	}
	return alpha, nil
}

// row is [a, n1, c, n0].
type row stats.Stratum

// UnmarshalJSON reads and checks a row of four counts.
func (r *row) UnmarshalJSON(b []byte) error {
	v, err := numbers(b, 4, "[a, n1, c, n0]")
	if err != nil {
		return err
	}
	*r = row{A: v[0], N1: v[1], C: v[2], N0: v[3]}
	return stats.Stratum(*r).Validate()
}

// numbers reads an array of so many finite numbers.
func numbers(b []byte, n int, shape string) ([]float64, error) {
	var v []float64
	if err := json.Unmarshal(b, &v); err != nil || len(v) != n {
		return nil, fmt.Errorf("%.60s is not %s: want %d numbers", b, shape, n)
	}
	return v, nil
}

type strataInput struct {
	level
	Strata []row `json:"strata"`
}

func (in strataInput) strata() []stats.Stratum { return strataOf(in.Strata) }

func strataOf(rows []row) []stats.Stratum {
	s := make([]stats.Stratum, len(rows))
	for i, r := range rows {
		s[i] = stats.Stratum(r)
	}
	return s
}

// table is one 2×2 table by name.
type table struct {
	A  float64 `json:"a"`
	N1 float64 `json:"n1"`
	C  float64 `json:"c"`
	N0 float64 `json:"n0"`
}

func (t table) stratum() (stats.Stratum, error) {
	s := stats.Stratum{A: t.A, N1: t.N1, C: t.C, N0: t.N0}
	if err := s.Validate(); err != nil {
		return s, fmt.Errorf("inputs.%w", err)
	}
	return s, nil
}

// cell is [stratum, cluster, n1, a, n0, c]; the labels may be numbers or strings.
type cell struct {
	stratum, cluster string
	counts           stats.Stratum
}

// UnmarshalJSON reads and checks a cell.
func (c *cell) UnmarshalJSON(b []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(b, &parts); err != nil || len(parts) != 6 {
		return fmt.Errorf("%.60s is not [stratum, cluster, n1, a, n0, c]", b)
	}
	var v [4]float64
	for i := range v {
		if err := json.Unmarshal(parts[i+2], &v[i]); err != nil {
			return fmt.Errorf("%.60s: count %d is not a number", b, i+1)
		}
	}
	c.stratum, c.cluster = string(parts[0]), string(parts[1])
	c.counts = stats.Stratum{N1: v[0], A: v[1], N0: v[2], C: v[3]}
	return c.counts.Validate()
}

func cellsOf(in []cell) []stats.Cell {
	strata, clusters := map[string]uint64{}, map[string]uint64{}
	out := make([]stats.Cell, len(in))
	for i, c := range in {
		out[i] = stats.Cell{Stratum: label(strata, c.stratum), Cluster: label(clusters, c.cluster), Counts: c.counts}
	}
	return out
}

// label numbers the labels in the order of their first appearance.
func label(seen map[string]uint64, name string) uint64 {
	id, ok := seen[name]
	if !ok {
		id = uint64(len(seen))
		seen[name] = id
	}
	return id
}

// either is x, or alt where x is not given.
func either(x *float64, alt float64) float64 {
	if x == nil {
		return alt
	}
	return *x
}

// between checks that a named parameter lies in a range, ends included.
func between(name string, x, low, high float64) error {
	if !(x >= low && x <= high) || math.IsInf(x, 0) {
		return fmt.Errorf("inputs.%s is %g: it must lie between %g and %g", name, x, low, high)
	}
	return nil
}
