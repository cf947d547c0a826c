package baserate_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const interfaceMethods = 3 // at most: an interface is what one consumer needs

// Each check looks at one file; TestChecksFind shows that it finds what it is there to find.
func TestGoHabits(t *testing.T) {
	for _, file := range goFiles(t) {
		report(t, leftovers(file))
		report(t, silentSkips(file))
		if file.IsCode() {
			report(t, initFunctions(file))
			report(t, wideInterfaces(file))
			report(t, emptyNames(file))
			report(t, undocumented(file))
			report(t, inlineSQL(file))
		}
	}
}

var leftover = regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b`)

func leftovers(file goFile) []string {
	var found []string
	for _, group := range file.AST.Comments {
		if word := leftover.FindString(group.Text()); word != "" {
			found = append(found, fmt.Sprintf("%s: %s left in a comment", file.at(group.Pos()), word))
		}
	}
	return found
}

// silentSkips finds tests that leave themselves out for any reason but that data which are not part of the
// project are not on this machine.
func silentSkips(file goFile) []string {
	var found []string
	ast.Inspect(file.AST, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, method.Sel.Name) && !namesAbsentInput(call) {
			found = append(found, file.at(n.Pos())+": a skip that does not name shared/data or BASERATE_BENCH_REPOS as what is missing")
		}
		return true
	})
	return found
}

func namesAbsentInput(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if text, ok := stringValue(arg); ok && (strings.Contains(text, "shared/data") || strings.Contains(text, "BASERATE_BENCH_REPOS")) {
			return true
		}
	}
	return false
}

func stringValue(e ast.Expr) (string, bool) {
	literal, ok := e.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}

func initFunctions(file goFile) []string {
	var found []string
	for _, decl := range file.AST.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			found = append(found, file.at(fn.Pos())+": init(): register by hand, in one list")
		}
	}
	return found
}

func wideInterfaces(file goFile) []string {
	var found []string
	ast.Inspect(file.AST, func(n ast.Node) bool {
		if spec, ok := n.(*ast.InterfaceType); ok && spec.Methods.NumFields() > interfaceMethods {
			found = append(found, fmt.Sprintf("%s: an interface of %d methods, want at most %d",
				file.at(n.Pos()), spec.Methods.NumFields(), interfaceMethods))
		}
		return true
	})
	return found
}

var emptyName = regexp.MustCompile(`(?:^(?i:manager|helper|utils?|common|service|data|info|processor)|(?:Manager|Helper|Utils?|Service|Data|Info|Processor))$`)

// emptyNames finds types and packages whose name says nothing about what they are.
func emptyNames(file goFile) []string {
	var found []string
	if name := file.AST.Name; emptyName.MatchString(name.Name) {
		found = append(found, file.at(name.Pos())+": package "+name.Name+" says nothing of what it is")
	}
	ast.Inspect(file.AST, func(n ast.Node) bool {
		if spec, ok := n.(*ast.TypeSpec); ok && emptyName.MatchString(spec.Name.Name) {
			found = append(found, file.at(n.Pos())+": type "+spec.Name.Name+" says nothing of what it is")
		}
		return true
	})
	return found
}

// sqlText is how statements begin, and what a longer one that was put together holds. Keywords are written in
// capitals here as in the .sql files, which tells them from English.
var sqlText = regexp.MustCompile(`(?s)^\s*(SELECT|INSERT\s+INTO|WITH\s.+SELECT|(CREATE|ALTER|DROP|TRUNCATE|OPTIMIZE|RENAME|ATTACH|DETACH)\s+[A-Z]|DELETE\s+FROM|KILL\s+QUERY|SYSTEM\s+[A-Z]|GRANT\s+[A-Z])\b|\bSELECT\b.+\bFROM\s+[a-z]|\bINSERT\s+INTO\s`)

// sqlBesideSQL are files that hold a statement for a reason.
var sqlBesideSQL = map[string]string{
	"store/embedded/child.go":    "the engine's command line, which asks no table of ours",
	"store/embedded/endpoint.go": "the probe of a hole in the engine, which asks no table at all",
}

func inlineSQL(file goFile) []string {
	if _, excused := sqlBesideSQL[file.Path]; excused {
		return nil
	}
	var found []string
	ast.Inspect(file.AST, func(n ast.Node) bool {
		if _, tag := n.(*ast.Field); tag {
			return false
		}
		if e, ok := n.(ast.Expr); ok {
			if text, ok := stringValue(e); ok && sqlText.MatchString(text) {
				found = append(found, file.at(n.Pos())+": SQL in Go: it belongs in a .sql file")
			}
		}
		return true
	})
	return found
}

// Registries come and go, and differ between places: a lock file names versions and sums, never hosts.
func TestLockFilesNameNoRegistry(t *testing.T) {
	for _, name := range treeFiles(t, ".json") {
		if path.Base(name) == "package-lock.json" && strings.Contains(read(t, name), `"resolved"`) {
			t.Errorf(`%s has "resolved" addresses: write it with npm's omit-lockfile-registry-resolved`, name)
		}
	}
}

func TestChecksFind(t *testing.T) {
	for name, tc := range map[string]struct {
		check  func(goFile) []string
		source string
		want   []string // the beginning of each finding, in order
	}{
		"init":           {initFunctions, "func init() {}\nfunc (t) init() {}", []string{"x.go:3: init()"}},
		"interface":      {wideInterfaces, "type a interface{ A(); B(); C(); D() }\ntype b interface{ A(); B(); C() }", []string{"x.go:3: "}},
		"name":           {emptyNames, "type RepoManager int\ntype managerial int\ntype info struct{}", []string{"x.go:3: type RepoManager", "x.go:5: type info"}},
		"export":         {undocumented, "type A int\n\n// B is.\ntype B int\nfunc (B) C() {}\nfunc (a) D() {}\nfunc (B) Error() {}\nconst E = 1 // is", []string{"x.go:3: A is", "x.go:7: C is"}},
		"type group":     {undocumented, "// Both.\ntype (\n A int\n B int // is\n)", []string{"x.go:5: A is"}},
		"generic method": {undocumented, "func (*A[T]) B() {}\nfunc (A[T, U]) C() {}", []string{"x.go:3: B", "x.go:4: C"}},
		"sql":            {inlineSQL, "var a = \"SELECT 1\"\nvar b = `x` + ` AND x IN (SELECT y FROM z)`\nvar c = \"Select one\"", []string{"x.go:3: SQL", "x.go:4: SQL"}},
		"sql begins":     {inlineSQL, "var a = `\n INSERT INTO t`\nvar b = \"KILL QUERY WHERE 1\"\nvar c = \"DROP\"", []string{"x.go:3: SQL", "x.go:5: SQL"}},
		"sql in a tag":   {inlineSQL, "type a struct{ b int `SELECT 1` }", nil},
		"leftover":       {leftovers, "// " + "TO" + "DO: later\nvar a = \"FIXME\"", []string{"x.go:3: TO" + "DO left"}},
		"skip":           {silentSkips, "func a() { t.Skip(\"slow\"); t.SkipNow(); t.Skipf(\"no ../shared/data: %v\", b) }", []string{"x.go:3: a skip", "x.go:3: a skip"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := tc.check(snippet(t, "x.go", "package x\n\n"+tc.source+"\n"))
			if len(got) != len(tc.want) {
				t.Fatalf("found %q, want %q", got, tc.want)
			}
			for i, want := range tc.want {
				if !strings.HasPrefix(got[i], want) {
					t.Errorf("finding %d is %q, want %q", i, got[i], want)
				}
			}
		})
	}
}
