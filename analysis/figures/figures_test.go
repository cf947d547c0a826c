package figures_test

import (
	"testing"

	"github.com/baserate/baserate/analysis/figures"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// Every figure can be asked of an empty database, and its query has the columns of its definition.
func TestEveryFigureAnswers(t *testing.T) {
	definitions, err := figures.Definitions()
	if err != nil {
		t.Fatal(err)
	}
	r := &figures.Reader{Store: storetest.Open(t)}
	for _, d := range definitions {
		if _, err := r.Read(t.Context(), &d, figures.Filter{Repos: []string{"a/b"}, Tiers: []int{1}, Severities: []int{1}}); err != nil {
			t.Error(err)
		}
	}
}
