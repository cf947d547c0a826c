package claimsdoc

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/baserate/baserate/analysis"
)

var update = flag.Bool("update", false, "write docs/claims.md")

const pagePath = "../../docs/claims.md"

func written(t *testing.T) string {
	t.Helper()
	defs, err := analysis.Definitions()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Write(&b, defs); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The page in the project is the one that the definitions give.
func TestPageIsCurrent(t *testing.T) {
	want := written(t)
	if *update {
		if err := os.WriteFile(pagePath, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(pagePath)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/claims.md is out of date: go generate ./analysis")
	}
}

// Whatever a definition says stands in its own section.
func TestPageHasEveryField(t *testing.T) {
	defs, err := analysis.Definitions()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(written(t), "\n## "+defs[0].ID+"\n")
	for i, d := range defs {
		section := rest
		if i+1 < len(defs) {
			section, rest, _ = strings.Cut(rest, "\n## "+defs[i+1].ID+"\n")
		}
		parts := []string{d.Sentence, d.Source, d.Question, d.Method, d.Flips, d.MarginSet, d.Clusters, fmt.Sprintf("| version | %d |", d.Version)}
		for _, all := range [][]string{d.Caveats, d.Strata.Total, d.Strata.Direct} {
			parts = append(parts, all...)
		}
		for _, ids := range [][]string{d.Needs, d.Exposures, d.Secondary, d.Estimators, d.Gates} {
			for _, id := range ids {
				parts = append(parts, "(`"+id+"`)")
			}
		}
		if d.Margin > 0 {
			parts = append(parts, fmt.Sprintf("a ratio of %v;", d.Margin))
		}
		if d.Target > 0 {
			parts = append(parts, fmt.Sprintf("| target | %v %% |", 100*d.Target))
		}
		for _, part := range parts {
			if !strings.Contains(section, part) {
				t.Errorf("claim %s: %q is not in its section", d.ID, part)
			}
		}
	}
}

func TestPageHasThresholdsAndWords(t *testing.T) {
	text := written(t)
	for _, part := range []string{
		"at least 95 % of the commits", "at least 80 % of the incidents", "in the last 36 hours", "at least 5 clusters", "judged from 20 such incidents on",
		"under 5 events where both groups have changes, under 10 events in a group", "| More common | `more` |", "| Slower | `more` |", "| Not reached | `contradicted` |",
		"Mantel–Haenszel (`E2`)", "Times and minutes (`E10`)",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not on the page", part)
		}
	}
	for _, bad := range []string{"<no value>", "%!", "\n\n\n"} {
		if strings.Contains(text, bad) {
			t.Errorf("%q is on the page", bad)
		}
	}
}

// What the page cannot explain it does not pass over.
func TestPageRefusesUnknownTerms(t *testing.T) {
	for want, d := range map[string]analysis.Definition{
		`the answers of kind "guess" are not explained`: {Kind: "guess"},
		`"E99" is not explained`:                        {Kind: "share", Estimators: []string{"E99"}},
		`"mood" is not explained`:                       {Kind: "share", Gates: []string{"mood"}},
	} {
		if err := Write(&bytes.Buffer{}, []analysis.Definition{d}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if err := Write(full{}, nil); !errors.Is(err, errFull) {
		t.Errorf("the writer's error: %v", err)
	}
}

var errFull = errors.New("full")

// full is a writer that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
