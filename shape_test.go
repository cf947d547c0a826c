package baserate_test

import (
	"cmp"
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// The common band of the projects that this one measures itself against. Lines count comments and blank ones.
const (
	fileMedian, fileMost         = 130, 350
	funcMedian, funcP90, funcMax = 12, 45, 80
	testShare                    = 0.55 // lines of test for each line of code; 0.8 is wanted, and files of cases stand for much here
)

// sized is a piece of code and how many lines it has.
type sized struct {
	Where string
	Lines int
}

func TestFileLengths(t *testing.T) {
	var all []sized
	for _, file := range goFiles(t) {
		if file.IsCode() {
			all = append(all, sized{file.Path, file.Lines})
		}
	}
	report(t, bandProblems("files", all, []limit{{0.5, fileMedian}, {1, fileMost}}))
}

func TestFunctionLengths(t *testing.T) {
	var all []sized
	for _, file := range goFiles(t) {
		if file.IsCode() {
			all = append(all, functions(file)...)
		}
	}
	report(t, bandProblems("functions", all, []limit{{0.5, funcMedian}, {0.9, funcP90}, {1, funcMax}}))
}

func functions(file goFile) []sized {
	var all []sized
	for _, decl := range file.AST.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			all = append(all, sized{file.at(fn.Pos()) + " " + fn.Name.Name, file.span(fn)})
		}
	}
	return all
}

// limit is the most lines that a share of all pieces may have.
type limit struct {
	Share float64
	Most  int
}

// bandProblems says which limits the sizes break, and which pieces to look at first.
func bandProblems(what string, all []sized, limits []limit) []string {
	slices.SortFunc(all, func(a, b sized) int { return cmp.Or(b.Lines-a.Lines, strings.Compare(a.Where, b.Where)) })
	var problems []string
	for _, l := range limits {
		allowed := len(all) - int(l.Share*float64(len(all))) // so many may be longer
		if allowed >= len(all) || all[allowed].Lines <= l.Most {
			continue
		}
		problems = append(problems, fmt.Sprintf("%g %% of %d %s should have at most %d lines; longest: %v",
			100*l.Share, len(all), what, l.Most, all[:min(8, len(all))]))
	}
	return problems
}

func TestEnoughTestCode(t *testing.T) {
	lines := map[bool]int{}
	for _, file := range goFiles(t) {
		if !ast.IsGenerated(file.AST) {
			lines[file.IsTest()] += file.Lines
		}
	}
	if share := float64(lines[true]) / float64(lines[false]); share < testShare {
		t.Errorf("%d lines of test for %d of code: %.2f, want %.2f", lines[true], lines[false], share, testShare)
	}
}

func TestBandProblems(t *testing.T) {
	sizes := []sized{{"a", 1}, {"b", 2}, {"c", 3}, {"d", 40}}
	for _, tc := range []struct {
		limit  limit
		broken bool
	}{
		{limit{1, 40}, false},
		{limit{1, 39}, true},
		{limit{0.5, 2}, false},
		{limit{0.5, 1}, true},
	} {
		if got := bandProblems("files", sizes, []limit{tc.limit}); (len(got) == 1) != tc.broken {
			t.Errorf("bandProblems(%+v) = %q, want broken %t", tc.limit, got, tc.broken)
		}
	}
}
