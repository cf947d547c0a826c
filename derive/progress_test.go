package derive_test

import (
	"testing"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/store/storetest"
)

// The steps of a run are counted up to the last.
func TestProgressEndsAtItsTotal(t *testing.T) {
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	h.land("one", 0, "a")
	save(t, s, h.repo, h.batch())
	var told [][2]int64
	d := &derive.Deriver{Store: s, Classifier: attribution.Default(), Progress: func(done, total int64) { told = append(told, [2]int64{done, total}) }}
	if _, err := d.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, p := range told {
		if p[0] != int64(i+1) || p[1] != int64(len(told)) {
			t.Errorf("step %d: told %d of %d, of %d in all", i+1, p[0], p[1], len(told))
		}
	}
	if len(told) < 10 {
		t.Errorf("only %d steps", len(told))
	}
}
