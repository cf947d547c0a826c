package estimate

import (
	"fmt"

	"github.com/baserate/baserate/analysis/stats"
)

type binomialInput struct {
	K float64 `json:"k"`
	N float64 `json:"n"`
	P float64 `json:"p"`
}

func tailBinomial(in binomialInput) (Fields, error) {
	if err := between("p", in.P, 0, 1); err != nil {
		return nil, err
	}
	return tailFields(stats.BinomialTail(in.K, in.N, in.P)), nil
}

func tailFields(t stats.TailProbs) Fields {
	return Fields{"pmf": t.PMF, "p_ge": t.AtLeast, "p_le": t.AtMost, "p_ge_mid": t.AtLeastMid, "expected": t.Mean}
}

type hypergeometricInput struct {
	K          float64 `json:"k"`
	Population float64 `json:"N"`
	Marked     float64 `json:"K"`
	Draws      float64 `json:"n"`
}

func tailHypergeom(in hypergeometricInput) (Fields, error) {
	if err := between("K", in.Marked, 0, in.Population); err != nil {
		return nil, err
	}
	if err := between("n", in.Draws, 0, in.Population); err != nil {
		return nil, err
	}
	return tailFields(stats.HypergeometricTail(in.K, in.Population, in.Marked, in.Draws)), nil
}

// block is [incidents, share].
type block stats.Block

// UnmarshalJSON reads and checks a block.
func (b *block) UnmarshalJSON(data []byte) error {
	v, err := numbers(data, 2, "[incidents, share]")
	if err != nil {
		return err
	}
	*b = block{Incidents: v[0], Share: v[1]}
	if !(v[0] >= 0 && v[1] >= 0 && v[1] <= 1) {
		return fmt.Errorf("%s: want zero or more incidents and a share between 0 and 1", data)
	}
	return nil
}

type blocksInput struct {
	K      float64 `json:"k"`
	Blocks []block `json:"blocks"`
}

func tailPoissonBinomial(in blocksInput) (Fields, error) {
	blocks := make([]stats.Block, len(in.Blocks))
	for i, b := range in.Blocks {
		blocks[i] = stats.Block(b)
	}
	t := stats.PoissonBinomialTail(in.K, blocks)
	f := tailFields(t)
	delete(f, "expected")
	f["mean"], f["variance"] = t.Mean, t.Variance
	return f, nil
}
