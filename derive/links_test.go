package derive_test

import (
	"testing"
	"time"
)

func reverts(name string) string { return "\n\nThis reverts commit " + sha(name) + "." }

func TestReverts(t *testing.T) {
	got := derived(t, func(h *history) {
		h.land("base", 0, "base")
		h.land("a", 1, "add a (#1)")
		h.land("ra", 2, "Revert \"add a (#1)\" (#2)"+reverts("a"))
		h.land("b", 3, "add b")
		h.land("rb", 4, "back out b"+"\n\nThis reverts commit "+sha("b")[:9]+".")
		h.land("c", 5, "add c (#3)")
		h.land("rc", 6, "Revert \"add c\" (#4)\n\nReverts o/r#3")
		h.land("d", 7, "add d")
		h.land("rd", 8, "Revert \"add d\"")
		h.land("e", 9, "add e")
		h.land("re", 10, "Revert \"add e\""+reverts("e"))
		h.land("rre", 11, "Reapply \"add e\""+reverts("re"))
		h.land("f", 12, "add f")
		h.land("rf", 13, "Revert \"add f\""+reverts("f"))
		h.land("rrf", 14, "Revert \"Revert \"add f\"\""+reverts("rf"))
		h.land("rrrf", 15, "Revert \"Revert \"Revert \"add f\"\"\""+reverts("rrf"))
		h.commit("g1", 16, "add g")
		h.merge("g", 17, "Merge pull request #9 from o/g", "g1")
		h.land("rg", 18, "Revert the g of it"+reverts("g1"))
		h.commit("h1", 19, "try h")
		h.commit("h2", 20, "Revert \"try h\""+reverts("h1"))
		h.merge("h", 21, "Merge pull request #10 from o/h", "h1", "h2")
		h.land("talk", 22, "docs: say how \"This reverts commit\" is written")
		h.land("late", 23, "add late")
		h.land("rlate", 23+24*15, "Revert \"add late\""+reverts("late"))
		h.land("end", 24*60, "end")
	})
	for name, reverted := range map[string]bool{
		"base": false, "a": true, "b": true, "c": true, "d": true, "e": false, "f": true, "g": true, "h": false, "late": true,
		"ra": false, "re": true, "rf": false, "rrf": true,
	} {
		if got[name].Reverted != reverted {
			t.Errorf("%s: reverted is %v, want %v", name, got[name].Reverted, reverted)
		}
	}
	if at := got["f"].RevertedAt; at == nil || !at.Equal(start.Add(13*time.Hour)) {
		t.Errorf("f: reverted at %v, want the first of its reverts that holds", at)
	}
	if got["late"].Mistake || !got["a"].Mistake {
		t.Errorf("a mistake is reverted within 14 days: late is %v, a is %v", got["late"].Mistake, got["a"].Mistake)
	}
}

func TestFixes(t *testing.T) {
	got := derived(t, func(h *history) {
		h.land("a", 0, "add a", "a.go", "a_test.go")
		h.land("fa", 5, "repair a\n\nFixes: "+sha("a")[:12]+" (\"add a\")", "z.go")
		h.land("b", 10, "add b", "b.go", "b2.go")
		h.land("fb", 12, "fix: crash in b", "b.go", "CHANGELOG.md", "b_test.go")
		h.land("c", 20, "add c", "c.go")
		h.land("c2", 21, "more of c", "c2.go")
		h.land("fc", 22, "fix both", "c.go", "c2.go")
		h.land("d", 30, "add d", "d.go")
		h.land("fd", 30+73, "fix d", "d.go")
		h.land("e", 110, "add e", "e.go")
		h.land("fe", 111, "prefix all names", "e.go")
		h.land("f", 120, "add f", "f.go")
		h.land("ff", 120+73, "late\n\nFixes: "+sha("f")[:12], "x.go")
		h.land("end", 24*60, "end")
	})
	for name, fixed := range map[string]bool{
		"a": true,  // by trailer
		"b": true,  // by files, whatever else the fix touches of tests and lists
		"c": false, // the fix repairs two changes, so it does not say which
		"d": false, // after 72 hours
		"e": false, // "prefix" is no fix
		"f": false, // by trailer, but too late
	} {
		if got[name].Hotfixed != fixed {
			t.Errorf("%s: hotfixed is %v, want %v", name, got[name].Hotfixed, fixed)
		}
	}
}
