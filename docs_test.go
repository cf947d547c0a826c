package baserate_test

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents are the pages that people follow.
func documents(t *testing.T) []string {
	t.Helper()
	return treeFiles(t, ".md")
}

// shellLines are the commands in the sh blocks of a page, without their comments; a line that ends in a backslash
// goes on in the next.
func shellLines(page string) []string {
	var lines []string
	for _, block := range shellBlock.FindAllStringSubmatch(page, -1) {
		for line := range strings.Lines(strings.ReplaceAll(block[1], "\\\n", "")) {
			if line, _, _ = strings.Cut(line, " # "); strings.TrimSpace(line) != "" {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
	}
	return lines
}

var (
	shellBlock   = regexp.MustCompile("(?ms)^```sh\n(.*?)^```")
	codeSpan     = regexp.MustCompile("`([^`\n]+)`")
	relativeLink = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	makeTarget   = regexp.MustCompile(`(?m)^([a-z][a-z-]*):`)
	makeVariable = regexp.MustCompile(`(?m)^([A-Z_]+) *\?=`)
	variable     = regexp.MustCompile(`BASERATE_[A-Z_]+`)
)

func TestDocumentedLinksLeadSomewhere(t *testing.T) {
	for _, name := range documents(t) {
		for _, link := range relativeLink.FindAllStringSubmatch(read(t, name), -1) {
			if target := path.Join(path.Dir(name), link[1]); !present(target) {
				t.Errorf("%s links to %s, which is not there", name, target)
			}
		}
	}
}

func TestDocumentedMakeTargets(t *testing.T) {
	makefile := read(t, "Makefile")
	known := append(captures(makeTarget, makefile), captures(makeVariable, makefile)...)
	for _, name := range documents(t) {
		page := read(t, name)
		for _, command := range append(shellLines(page), captures(codeSpan, page)...) {
			for _, word := range makeWords(command) {
				if !slices.Contains(known, word) {
					t.Errorf("%s: `%s`: the Makefile has no %s", name, command, word)
				}
			}
		}
	}
}

// makeWords are the targets and the variables that a make command names.
func makeWords(command string) []string {
	rest, ok := strings.CutPrefix(command, "make ")
	if !ok {
		return nil
	}
	var words []string
	for _, word := range strings.Fields(quoted.ReplaceAllString(rest, "")) {
		name, _, _ := strings.Cut(word, "=")
		words = append(words, name)
	}
	return words
}

var quoted = regexp.MustCompile(`"[^"]*"`)

// A variable that a document, the Makefile or the deployment names is one that something reads.
func TestDocumentedVariablesAreRead(t *testing.T) {
	sources := slices.DeleteFunc(treeFiles(t, ".go", ".ts", ".mjs"), func(name string) bool { return path.Dir(name) == "." })
	isRead := variables(t, sources)
	for v, name := range variables(t, append(documents(t), "Makefile", "docker-compose.yml", "deploy/Dockerfile")) {
		if isRead[v] == "" {
			t.Errorf("%s names %s, which nothing reads", name, v)
		}
	}
}

// variables finds our environment variables in files, each with a file that names it.
func variables(t *testing.T, names []string) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, name := range names {
		for _, v := range variable.FindAllString(read(t, name), -1) {
			found[v] = name
		}
	}
	return found
}

func present(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func captures(pattern *regexp.Regexp, text string) []string {
	var found []string
	for _, match := range pattern.FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	return found
}

func TestShellLines(t *testing.T) {
	page := "text `make x`\n\n```sh\nmake run   # why\na \\\n  b\n\n```\n```go\nmake go\n```\n"
	if got, want := shellLines(page), []string{"make run", "a   b"}; !slices.Equal(got, want) {
		t.Errorf("shellLines = %q, want %q", got, want)
	}
	if got, want := makeWords(`make run REPOS="~/a b" ADDR=x`), []string{"run", "REPOS", "ADDR"}; !slices.Equal(got, want) {
		t.Errorf("makeWords = %q, want %q", got, want)
	}
}
