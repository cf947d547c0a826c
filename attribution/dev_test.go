package attribution

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"testing"
)

// devPath is the labelled set, which lies beside the project and is read in place.
const devPath = "../../shared/data/attribution_dev.jsonl"

type labelled struct {
	ID         string
	Repo       string
	Label      string
	Tool       string
	Tools      []string
	ToolFamily string `json:"tool_family"`
	Autonomy   string
	commit     Commit
}

func readDev(t testing.TB) []labelled {
	t.Helper()
	file, err := os.Open(devPath)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("shared/data is absent: %s lies beside the project, not in it", devPath)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := bufio.NewScanner(file)
	in.Buffer(nil, 1<<24)
	var all []labelled
	for in.Scan() {
		var l labelled
		if err := json.Unmarshal(in.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		if _, l.commit, err = parseCommit(in.Bytes()); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// score counts how verdicts agree with labels; tool, family and autonomy only over the AI commits found.
type score struct {
	tp, fp, fn, tn         int
	tool, family, autonomy int
}

func (s score) precision() float64 { return share(s.tp, s.tp+s.fp) }
func (s score) recall() float64    { return share(s.tp, s.tp+s.fn) }
func (s score) f1() float64        { return share(2*s.tp, 2*s.tp+s.fp+s.fn) }

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (s score) String() string {
	return fmt.Sprintf("%d commits: precision %.4f, recall %.4f, F1 %.4f; of %d found: tool %.4f, family %.4f, autonomy %.4f",
		s.tp+s.fp+s.fn+s.tn, s.precision(), s.recall(), s.f1(), s.tp, share(s.tool, s.tp), share(s.family, s.tp), share(s.autonomy, s.tp))
}

// detect counts one yes-or-no answer.
func (s *score) detect(label, verdict bool) {
	switch {
	case label && verdict:
		s.tp++
	case label:
		s.fn++
	case verdict:
		s.fp++
	default:
		s.tn++
	}
}

// add counts one commit and says what was wrong with it.
func (s *score) add(c *Classifier, l labelled, v Verdict) (wrong string) {
	ai := l.Label == "ai"
	s.detect(ai, v.Class.AI())
	if ai != v.Class.AI() {
		return fmt.Sprintf("%s by %q %q, labelled %s", v.Class, v.Rule, v.Evidence, l.Label)
	}
	if !ai {
		return ""
	}
	if v.Tool == l.Tool {
		s.tool++
	} else {
		wrong += fmt.Sprintf("tool %s %v, labelled %s %v; ", v.Tool, v.Tools, l.Tool, l.Tools)
	}
	if known := c.toolRank[v.Tool]; v.Tool == l.Tool || known != nil && known.Family == l.ToolFamily {
		s.family++
	}
	if string(v.Autonomy) == l.Autonomy {
		s.autonomy++
	} else {
		wrong += fmt.Sprintf("autonomy %s, labelled %s", v.Autonomy, l.Autonomy)
	}
	return wrong
}

// TestLabelledCommits holds the classifier to thresholds on the labelled commits, all of them and in two halves
// by repository, and shows what a classifier made of the rules' regular expressions alone scores.
func TestLabelledCommits(t *testing.T) {
	c := Default()
	var all, simple score
	halves := map[bool]*score{false: {}, true: {}}
	naive := naiveRules()
	for _, l := range readDev(t) {
		v := c.Classify(l.commit)
		if wrong := all.add(c, l, v); wrong != "" {
			t.Logf("%s %s: %s", l.ID, l.Repo, wrong)
		}
		hash := fnv.New32a()
		hash.Write([]byte(l.Repo))
		halves[hash.Sum32()%2 == 0].add(c, l, v)
		simple.detect(l.Label == "ai", naive.ai(l.commit))
		if l.Label == "bot" && (v.Class != Automation || v.Tool != l.Tool) {
			t.Errorf("%s %s: %s %s, labelled bot %s", l.ID, l.Repo, v.Class, v.Tool, l.Tool)
		}
	}
	t.Logf("all:    %v", all)
	t.Logf("half 1: %v", halves[false])
	t.Logf("half 2: %v", halves[true])
	t.Logf("naive:  precision %.4f, recall %.4f, F1 %.4f", simple.precision(), simple.recall(), simple.f1())
	for name, got := range map[string]score{"all": all, "half 1": *halves[false], "half 2": *halves[true]} {
		if got.f1() < 0.98 || got.precision() < 0.99 || share(got.tool, got.tp) < 0.97 || share(got.autonomy, got.tp) < 0.97 {
			t.Errorf("%s: below the thresholds: %v", name, got)
		}
	}
	if all.f1() <= simple.f1() {
		t.Errorf("no better than the naive table: %v", all)
	}
}
