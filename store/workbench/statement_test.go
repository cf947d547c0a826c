package workbench_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/baserate/baserate/store/workbench"
)

func TestStatement(t *testing.T) {
	for text, want := range map[string]string{
		"SELECT 1":                    "SELECT 1",
		"  SELECT 1 ; ":               "SELECT 1",
		"SELECT 1;;-- over":           "SELECT 1",
		"SELECT ';' -- ; no\n, `a;b`": "SELECT ';' -- ; no\n, `a;b`",
		`SELECT 'it\'s; one', 'two''; ' ; /* ; */`:     `SELECT 'it\'s; one', 'two''; '`,
		"SELECT $x$ ; $x$, $$;$$;":                     "SELECT $x$ ; $x$, $$;$$",
		"SELECT 'into outfile', outfile FROM into x":   "SELECT 'into outfile', outfile FROM into x",
		"SELECT sqlite, 'a = DEFAULT' = default_value": "SELECT sqlite, 'a = DEFAULT' = default_value",
		"-- first\nSELECT 1 # last\n":                  "-- first\nSELECT 1 # last",
		"SELECT 'open ; to the end":                    "SELECT 'open ; to the end",
	} {
		if got, err := workbench.Statement(text); got != want || err != nil {
			t.Errorf("Statement(%q) = %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestStatementRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "no statement",
		" -- only\n;":                       "no statement",
		"SELECT 1; DROP TABLE x":            "more than one statement: run one at a time (line 1, col 11)",
		"SELECT '\\'';\n /* x */ SELECT 2":  "(line 2, col 10)",
		"SELECT 1 INTO OUTFILE '/tmp/x'":    "INTO OUTFILE",
		"SELECT 1 into/**/outfile '/tmp/x'": "INTO OUTFILE",
		"SELECT 1 SETTINGS readonly = /**/ Default":           "would lift its limit (line 1, col 35)",
		"SELECT * FROM `sqlite` ('x', 'y')":                   "sqlite",
		"SELECT 'é\xff'":                                      "UTF-8",
		"SELECT 1\x00; SELECT 2":                              "UTF-8",
		"SELECT '" + strings.Repeat("a", 50_000) + "'":        "50000 is the most",
		"SELECT 1 /* */; -- x\n ; SELECT 'the ''third'' one'": "more than one",
	} {
		got, err := workbench.Statement(text)
		var refusal *workbench.Refusal
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), want) {
			t.Errorf("Statement(%.40q) = %.40q, %v, want %q", text, got, err, want)
		}
	}
}

func FuzzStatement(f *testing.F) {
	f.Add("SELECT ';' -- x\n; SELECT $a$ b")
	f.Fuzz(func(t *testing.T, text string) {
		one, err := workbench.Statement(text)
		if err != nil {
			return
		}
		if again, err := workbench.Statement(one); err != nil || again != one {
			t.Errorf("Statement(%q) = %q, and of that %q, %v", text, one, again, err)
		}
	})
}
