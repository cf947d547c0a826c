package baserate_test

import (
	"fmt"
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says which of our packages a package may import; "x/*" stands for every package below x. The data flow
// one way, from a source to a page, and so do the imports, the other way round. A package that is not here
// belongs in ARCHITECTURE.md first.
var layers = map[string][]string{
	"record":            {},
	"attribution":       {"record"},
	"collectors":        {"record"},
	"collectors/web":    {},
	"collectors/outage": {"record"},
	"collectors/*":      {"record", "collectors", "collectors/web", "collectors/outage"},
	"store/embedded":    {},
	"store":             {"record", "store/embedded"},
	"store/result":      {},
	"derive":            {"record", "attribution", "store"},
	"analysis/stats":    {},
	"analysis/stats/*":  {"analysis/stats"},
	"analysis":          {"record", "store", "analysis/stats"},
	"analysis/figures":  {"store", "analysis/stats"},
	"analysis/*":        {"analysis", "analysis/stats"},
	"simulate":          {"record"},
	"simulate/*":        {"simulate", "analysis", "analysis/stats"},
	"frontend":          {},
	"docs":              {},
	"api":               {"record", "store", "store/result", "store/workbench", "analysis", "analysis/stats", "analysis/figures", "frontend"},
	"store/workbench":   {"store", "store/result"},
	"cmd/*": {
		"record", "attribution", "collectors", "collectors/*", "store", "store/embedded", "store/result", "derive",
		"analysis", "analysis/stats", "analysis/stats/*", "analysis/figures", "store/workbench", "simulate", "simulate/*", "frontend", "docs", "api",
	},
}

// owners says which packages may import a library, by the beginning of its path: so that a new major version of
// it, or another one in its place, is a matter of one package.
var owners = map[string][]string{
	"github.com/labstack/":         {"api"},
	"github.com/oapi-codegen/":     {"api"},
	"github.com/getkin/":           {"api"},
	"github.com/ClickHouse/":       {"store", "store/embedded", "store/result", "store/workbench"},
	"github.com/pressly/goose":     {"store"},
	"github.com/ebitengine/purego": {"store/embedded"},
	"github.com/alecthomas/kong":   {"cmd/*"},
	"github.com/robfig/cron":       {"collectors", "cmd/*"},
	"gonum.org/":                   {"analysis/stats"},
	"github.com/google/go-github":  {"collectors/github"},
	"github.com/bradleyfalzon/":    {"collectors/github"},
	"github.com/minio/":            {"collectors/actions"},
	"os/exec":                      {"collectors/*", "store/embedded", "cmd/*"},
	"net/http":                     {"collectors", "collectors/*", "store/embedded", "api", "frontend", "cmd/*"},
}

// pure packages compute: what they answer follows from what they are given. They may use neither these libraries
// nor the clock.
var (
	pure    = []string{"record", "attribution", "analysis/stats"}
	impure  = []string{"database/sql", "io/ioutil", "log", "log/slog", "net", "net/http", "os", "os/exec", "syscall"}
	clock   = []string{"Now", "Since", "Until", "After", "Tick", "Sleep", "NewTimer", "NewTicker"}
	noTests = []string{"github.com/stretchr/testify", "github.com/golang/mock", "go.uber.org/mock"}
)

func TestImportDirection(t *testing.T) {
	for _, file := range goFiles(t) {
		for _, spec := range file.AST.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if problem := importProblem(file.Package(), imported, file.IsTest()); problem != "" {
				t.Errorf("%s: %s", file.at(spec.Pos()), problem)
			}
		}
		if file.IsCode() && slices.Contains(pure, unit(file.Package())) {
			report(t, clockUses(file))
		}
	}
}

// importProblem says what is wrong when a file of package from imports a path, or "" when nothing is.
func importProblem(from, imported string, inTest bool) string {
	for _, library := range noTests {
		if strings.HasPrefix(imported, library) {
			return fmt.Sprintf("%s is imported: compare with go-cmp, and test the real thing", imported)
		}
	}
	if inTest { // a test may bring together what the program keeps apart
		return ""
	}
	from = unit(from)
	layer, known := layerOf(from)
	if !known {
		return fmt.Sprintf("package %s is in no layer: say in ARCHITECTURE.md and in layers what it is and may import", from)
	}
	if ours, is := strings.CutPrefix(imported, modulePath+"/"); is {
		if isTestSupport(ours) {
			return fmt.Sprintf("%s imports %s, which is for tests", from, ours)
		}
		if unit(ours) != from && !matches(ours, layers[layer]) {
			return fmt.Sprintf("%s imports %s, but may import only %v", from, ours, layers[layer])
		}
		return ""
	}
	if slices.Contains(pure, from) && slices.Contains(impure, imported) {
		return fmt.Sprintf("%s imports %s, but only computes", from, imported)
	}
	for library, owner := range owners {
		if isBelow(imported, library) && !matches(from, owner) {
			return fmt.Sprintf("%s imports %s, which belongs to %v", from, imported, owner)
		}
	}
	return ""
}

// layerOf finds the key of layers that a package falls under: its own name before a pattern.
func layerOf(pkg string) (string, bool) {
	if _, ok := layers[pkg]; ok {
		return pkg, true
	}
	for layer := range layers {
		if strings.HasSuffix(layer, "/*") && matches(pkg, []string{layer}) {
			return layer, true
		}
	}
	return "", false
}

func matches(pkg string, patterns []string) bool {
	for _, pattern := range patterns {
		folder, below := strings.CutSuffix(pattern, "*")
		if pkg == pattern || below && strings.HasPrefix(pkg, folder) {
			return true
		}
	}
	return false
}

// isBelow reports whether an import path is a library or a package of it; a library that ends in "/" is a whole
// organisation's.
func isBelow(imported, library string) bool {
	return imported == library || strings.HasPrefix(imported, strings.TrimSuffix(library, "/")+"/")
}

// unit is the package that an internal one is a part of, such as analysis/stats of analysis/stats/internal/num, or
// the package itself. The rules are about units.
func unit(pkg string) string {
	outer, _, _ := strings.Cut(pkg, "/internal")
	return outer
}

// clockUses finds calls that make an answer depend on when it is asked for.
func clockUses(file goFile) []string {
	var found []string
	ast.Inspect(file.AST, func(n ast.Node) bool {
		call, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if pkg, ok := call.X.(*ast.Ident); ok && pkg.Name == "time" && slices.Contains(clock, call.Sel.Name) {
			found = append(found, fmt.Sprintf("%s: time.%s in %s, which has no clock", file.at(n.Pos()), call.Sel.Name, file.Package()))
		}
		return true
	})
	return found
}

// Every package is on the page that people read first.
func TestArchitecturePageNamesEveryPackage(t *testing.T) {
	page := read(t, "ARCHITECTURE.md")
	for _, file := range goFiles(t) {
		if name := unit(file.Package()); !file.IsTest() && !strings.Contains(page, "`"+name+"`") {
			t.Errorf("ARCHITECTURE.md does not name `%s`", name)
		}
	}
}

func TestImportProblem(t *testing.T) {
	const our = modulePath + "/"
	for _, tc := range []struct {
		from, imported string
		test, allowed  bool
	}{
		{from: "store", imported: our + "record", allowed: true},
		{from: "record", imported: our + "store"},
		{from: "collectors/git", imported: our + "store"},
		{from: "collectors/git", imported: our + "collectors/file"},
		{from: "collectors/git", imported: our + "collectors/git/internal/pack", allowed: true},
		{from: "collectors/git/internal/pack", imported: our + "record", allowed: true},
		{from: "collectors/git/internal/pack", imported: our + "store"},
		{from: "collectors/git", imported: our + "store", test: true, allowed: true},
		{from: "store", imported: our + "derive"},
		{from: "derive", imported: our + "analysis"},
		{from: "store/embedded", imported: our + "store"},
		{from: "cmd/baserate", imported: our + "collectors/git", allowed: true},
		{from: "store", imported: our + "store/storetest"},
		{from: "elsewhere", imported: "fmt"},
		{from: "api", imported: "github.com/labstack/echo/v4", allowed: true},
		{from: "cmd/baserate", imported: "github.com/labstack/echo/v4"},
		{from: "derive", imported: "github.com/ClickHouse/clickhouse-go/v2"},
		{from: "analysis", imported: "net/http"},
		{from: "analysis", imported: "net/http/httputil"},
		{from: "analysis", imported: "net/netip", allowed: true},
		{from: "record", imported: "os"},
		{from: "store", imported: "os", allowed: true},
		{from: "store", imported: "github.com/stretchr/testify/require", test: true},
	} {
		problem := importProblem(tc.from, tc.imported, tc.test)
		if (problem == "") != tc.allowed {
			t.Errorf("importProblem(%q, %q, test %t) = %q, want allowed %t", tc.from, tc.imported, tc.test, problem, tc.allowed)
		}
	}
}

func TestClockUses(t *testing.T) {
	file := snippet(t, "record/x.go", "package record\nimport \"time\"\nvar a, b = time.Now(), time.Unix(1, 0)\n")
	if found := clockUses(file); len(found) != 1 || !strings.Contains(found[0], "record/x.go:3: time.Now") {
		t.Errorf("clockUses = %q, want time.Now on line 3 alone", found)
	}
}
