package actions_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/actions"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// done is a row of the view of actions.
type done struct {
	Verb        string `ch:"verb"`
	System      string `ch:"system"`
	Environment string `ch:"environment"`
	Class       string `ch:"author_class"`
	Tool        string `ch:"tool"`
	Review      string `ch:"review_state"`
	Permission  string `ch:"permission"`
	Destructive bool   `ch:"destructive"`
	Failed      bool   `ch:"failed"`
}

// From the logs in testdata to the rows that analysts see: an assistant with an operator's right that deletes an environment,
// the same by a pipeline with an approval of its session, a person in the console, a cluster's own housekeeping.
func TestFromLogsToChanges(t *testing.T) {
	s := storetest.Open(t)
	trail := open(t, actions.Options{Kind: actions.CloudTrail, Path: filepath.Join("testdata", "cloudtrail"), Environments: map[string]string{"111111111111": "production"}})
	cluster := open(t, actions.Options{Kind: actions.Kubernetes, Path: filepath.Join("testdata", "audit.log"), Cluster: "blue", Environments: map[string]string{"prod*": "production"}})
	runner := collectors.Runner{Sink: s, Log: slog.New(slog.DiscardHandler)}
	ledgers := runner.Run(t.Context(), append(trail.Tasks(), cluster.Tasks()...))
	if ledgers[0].Status != record.StatusOK || ledgers[1].Status != record.StatusPartial || ledgers[0].From.IsZero() || ledgers[0].Rows == 0 {
		t.Fatalf("%+v", ledgers)
	}
	if w := ledgers[1].Warnings; len(w) != 1 || w[0].Subject != "audit.log:4" || !w[0].Loss {
		t.Errorf("warnings: %+v", w)
	}
	want := []done{
		{"elasticbeanstalk:TerminateEnvironment", "aws:111111111111/eu-west-1", "production", "ai_agent", "kiro", "not_collected", "operator", true, false},
		{"elasticbeanstalk:CreateEnvironment", "aws:111111111111/eu-west-1", "production", "ai_agent", "kiro", "not_collected", "operator", false, false},
		{"cloudformation:DeleteStack", "aws:111111111111/eu-west-1", "production", "unknown", "", "independent", "write", true, false},
		{"ec2:TerminateInstances", "aws:111111111111/eu-west-1", "production", "automation", "", "not_collected", "unknown", true, false},
		{"rds:DeleteDBInstance", "aws:111111111111/eu-west-1", "production", "", "", "", "admin", true, true},
		{"rds:ModifyDBInstance", "aws:111111111111/eu-west-1", "production", "human", "", "not_collected", "admin", false, false},
		{"delete", "k8s:blue", "production", "ai_agent", "claude-code", "independent", "admin", true, false},
		{"delete", "k8s:blue", "", "automation", "", "not_collected", "unknown", false, false},
		{"patch", "k8s:blue", "production", "unknown", "", "not_collected", "write", false, false},
	}
	for range 2 { // a second time nothing changes
		runner.Run(t.Context(), append(trail.Tasks(), cluster.Tasks()...))
		d := derive.Deriver{Store: s, Classifier: attribution.Default()}
		if _, err := d.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		got, err := store.Select[done](t.Context(), s, `SELECT verb, system, environment, author_class, tool, review_state, permission, destructive, failed
			FROM baserate.actions ORDER BY system, at`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
	persons(t, s)
}

// persons checks who stands behind: the person of the session, of the assistant and of the console is one and the same.
func persons(t *testing.T, s *store.Store) {
	t.Helper()
	rows, err := store.Select[struct {
		Persons uint64 `ch:"persons"`
		Known   uint64 `ch:"known"`
	}](t.Context(), s, "SELECT uniqExact(author) AS persons, count() AS known FROM changes FINAL WHERE author > 0 AND repo LIKE 'aws:%'", nil)
	if err != nil || rows[0].Persons != 1 || rows[0].Known != 4 {
		t.Errorf("%+v, %v: want one person behind four actions", rows, err)
	}
}

func open(t *testing.T, o actions.Options) *actions.Source {
	t.Helper()
	s, err := actions.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Logs are read as they grow, through the ledger and the cursor that the store keeps.
func TestCursorIsKept(t *testing.T) {
	s := storetest.Open(t)
	text, err := os.ReadFile(filepath.Join("testdata", "audit.log"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "audit.log")
	runner := collectors.Runner{Sink: s, Log: slog.New(slog.DiscardHandler)}
	var rows []uint64
	for _, part := range [][]byte{text[:len(text)*4/5], text, text} {
		if err := os.WriteFile(path, part, 0o644); err != nil {
			t.Fatal(err)
		}
		cluster := open(t, actions.Options{Kind: actions.Kubernetes, Path: path, Cluster: "blue"})
		rows = append(rows, runner.Run(t.Context(), cluster.Tasks())[0].Rows)
	}
	if rows[0] == 0 || rows[1] == 0 || rows[0]+rows[1] != 3 || rows[2] != 0 {
		t.Errorf("rows of three runs: %v, want three in all, and none in the last", rows)
	}
}
