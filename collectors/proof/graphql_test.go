package proof

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	fragmentSpread     = regexp.MustCompile(`\.\.\. ?([A-Za-z]\w*)`)
	operation          = regexp.MustCompile(`(?m)^query\b`)
	fragmentDefinition = regexp.MustCompile(`(?m)^fragment (\w+) on`)
)

// Every query of ours is one that GitHub's published schema takes, with the files that have its fragments.
func TestQueriesAreGitHubs(t *testing.T) {
	github := start(t, "graphql.mjs")
	texts := queryTexts(t)
	for name, text := range texts {
		if !operation.MatchString(text) {
			continue // fragments, which some query brings along
		}
		for missing := lacking(text); missing != ""; missing = lacking(text) {
			before := text
			for other, fragments := range texts {
				if other != name && strings.Contains(fragments, "fragment "+missing+" on") && !operation.MatchString(fragments) {
					text += fragments
				}
			}
			if text == before {
				t.Fatalf("%s: no file has the fragment %s", name, missing)
			}
		}
		if found := violations(t, github, text); len(found) > 0 {
			t.Errorf("%s: %s", name, strings.Join(found, "\n"))
		}
	}
	if found := violations(t, github, "{ viewer { nickname } }"); len(found) != 1 || !strings.Contains(found[0], "nickname") {
		t.Errorf("a field that there is not: %q", found)
	}
}

func queryTexts(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("../*/query/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries: %v", err)
	}
	texts := map[string]string{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	return texts
}

// lacking is a fragment that a text uses and does not have, "" when there is none.
func lacking(text string) string {
	has := map[string]bool{"on": true}
	for _, found := range fragmentDefinition.FindAllStringSubmatch(text, -1) {
		has[found[1]] = true
	}
	for _, found := range fragmentSpread.FindAllStringSubmatch(text, -1) {
		if !has[found[1]] {
			return found[1]
		}
	}
	return ""
}

func violations(t *testing.T, github *server, query string) []string {
	t.Helper()
	var answer struct{ Violations []string }
	github.ask(t, map[string]string{"query": query}, &answer)
	return answer.Violations
}
