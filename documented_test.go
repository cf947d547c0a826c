package baserate_test

import (
	"go/ast"
	"go/token"
	"slices"
	"testing"
)

// wellKnown methods mean what the standard library says they do.
var wellKnown = []string{"Error", "Unwrap", "String"}

// undocumented finds exported names without a comment. A comment over a group covers its constants and variables.
func undocumented(file goFile) []string {
	var found []string
	missing := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		for _, doc := range docs {
			if doc.Text() != "" {
				return
			}
		}
		if name.IsExported() {
			found = append(found, file.at(name.Pos())+": "+name.Name+" is exported without a comment")
		}
	}
	for _, decl := range file.AST.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || receiverExported(d.Recv) && !slices.Contains(wellKnown, d.Name.Name) {
				missing(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				undocumentedSpec(d, spec, missing)
			}
		}
	}
	return found
}

func undocumentedSpec(d *ast.GenDecl, spec ast.Spec, missing func(*ast.Ident, ...*ast.CommentGroup)) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if d.Lparen == token.NoPos {
			missing(s.Name, s.Doc, d.Doc)
		} else {
			missing(s.Name, s.Doc, s.Comment)
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			missing(name, s.Doc, s.Comment, d.Doc)
		}
	}
}

func receiverExported(receiver *ast.FieldList) bool {
	t := receiver.List[0].Type
	for {
		switch r := t.(type) {
		case *ast.StarExpr:
			t = r.X
		case *ast.IndexExpr:
			t = r.X
		case *ast.IndexListExpr:
			t = r.X
		case *ast.Ident:
			return r.IsExported()
		default:
			return false
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said := map[string]bool{}
	for _, file := range goFiles(t) {
		if !file.IsTest() {
			said[file.Package()] = said[file.Package()] || file.AST.Doc.Text() != ""
		}
	}
	for pkg, ok := range said {
		if !ok {
			t.Errorf("package %s has no comment that says what it is (doc.go)", pkg)
		}
	}
}
