// Package baserate_test keeps what ARCHITECTURE.md and CONTRIBUTING.md promise about the tree as a whole: who may
// import whom, what shape code has, and that the commands in the documents work.
package baserate_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const modulePath = "github.com/baserate/baserate"

// goFile is one parsed Go file of the module.
type goFile struct {
	Path  string // slash-separated, from the root
	Lines int
	Fset  *token.FileSet
	AST   *ast.File
}

func (f goFile) Package() string { return path.Dir(f.Path) }
func (f goFile) IsTest() bool {
	return strings.HasSuffix(f.Path, "_test.go") || isTestSupport(f.Package())
}

// isTestSupport reports whether a package, such as store/storetest, is there for tests alone.
func isTestSupport(pkg string) bool { return strings.HasSuffix(pkg, "test") }

// IsCode reports whether people wrote the file for the program rather than for its tests.
func (f goFile) IsCode() bool { return !f.IsTest() && !ast.IsGenerated(f.AST) }

func (f goFile) at(p token.Pos) string { return fmt.Sprintf("%s:%d", f.Path, f.Fset.Position(p).Line) }

// span is how many lines a node covers, first and last included.
func (f goFile) span(n ast.Node) int {
	return f.Fset.Position(n.End()).Line - f.Fset.Position(n.Pos()).Line + 1
}

func parseGo(name string, source []byte) (goFile, error) {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, name, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return goFile{}, err
	}
	return goFile{Path: name, Lines: bytes.Count(source, []byte("\n")), Fset: fset, AST: tree}, nil
}

// snippet parses source for a test of a check: that the check finds what it is there to find.
func snippet(t *testing.T, name, source string) goFile {
	t.Helper()
	file, err := parseGo(name, []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// files yields the paths of the tree that are ours: not fetched, not built, not collected.
var files = sync.OnceValues(func() ([]string, error) {
	var found []string
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && isForeign(name):
			return fs.SkipDir
		case entry.Type().IsRegular():
			found = append(found, name)
		}
		return nil
	})
	return found, err
})

func isForeign(dir string) bool {
	base := path.Base(dir)
	return dir == "bin" || dir == "tools" || dir == "frontend/dist" || base == "node_modules" || base == "testdata" ||
		strings.HasPrefix(base, ".") && base != "." && base != ".ci"
}

func treeFiles(t *testing.T, extensions ...string) []string {
	t.Helper()
	all, err := files()
	if err != nil {
		t.Fatalf("walk the tree: %v", err)
	}
	var chosen []string
	for _, name := range all {
		for _, extension := range extensions {
			if strings.HasSuffix(name, extension) {
				chosen = append(chosen, name)
			}
		}
	}
	if len(chosen) == 0 {
		t.Fatalf("the tree has no %v: run the test from the project's root", extensions)
	}
	return chosen
}

// goFiles parses every Go file of the module.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var parsed []goFile
	for _, name := range treeFiles(t, ".go") {
		file, err := parseGo(name, []byte(read(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	return parsed
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// report fails the test with each finding on a line of its own.
func report(t *testing.T, findings []string) {
	t.Helper()
	for _, finding := range findings {
		t.Error(finding)
	}
}
