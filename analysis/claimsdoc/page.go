package claimsdoc

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/template"

	"github.com/baserate/baserate/analysis"
)

//go:embed claims.md.tmpl
var text string

// page is what the template is filled with.
type page struct {
	Definitions []analysis.Definition

	Checks, Estimators, Outcomes, Groups []term
	Compared                             []answer
}

// Write writes the page of some definitions as Markdown. It is an error if a definition uses a term that the page does not
// explain, and the writer's errors are passed on.
func Write(w io.Writer, defs []analysis.Definition) error {
	t, err := template.New("claims").Funcs(template.FuncMap{
		"join": func(parts []string) string { return strings.Join(parts, ", ") }, "percent": func(x float64) string { return fmt.Sprintf("%g %%", 100*x) },
		"level": func(alpha float64) string { return fmt.Sprintf("%g %%", 100*(1-alpha)) }, "word": analysis.Word,
		"checks": naming(checks), "estimators": naming(estimators), "outcomes": naming(outcomes), "groups": naming(groups), "facts": naming(facts),
		"answers": answers, "list": func(id string) []string { return []string{id} },
	}).Parse(text)
	if err != nil {
		return fmt.Errorf("page of the claims: %w", err)
	}
	if err := t.Execute(w, page{defs, checks, estimators, outcomes, groups, compared}); err != nil {
		return fmt.Errorf("page of the claims: %w", err)
	}
	return nil
}

// naming returns a function that spells terms out, with their ids where these are what the definition says.
func naming(terms []term) func(ids []string) (string, error) {
	return func(ids []string) (string, error) {
		names := make([]string, len(ids))
		for i, id := range ids {
			at := slices.IndexFunc(terms, func(t term) bool { return t.ID == id })
			if at < 0 {
				return "", fmt.Errorf("%q is not explained", id)
			}
			names[i] = fmt.Sprintf("%s (`%s`)", terms[at].Name, id)
		}
		return strings.Join(names, "; "), nil
	}
}

// answers are those that a kind of analysis can give.
func answers(kind string) ([]answer, error) {
	found, ok := answersOf[kind]
	if !ok {
		return nil, fmt.Errorf("the answers of kind %q are not explained", kind)
	}
	return found, nil
}
