package people_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/people"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// write puts a file into a folder of the test.
func write(t *testing.T, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// collect runs the only stream of the options once.
func collect(t *testing.T, o people.Options, since record.Cursor) (record.Batch, error) {
	t.Helper()
	if o.Now == nil {
		o.Now = func() time.Time { return noon }
	}
	tasks := o.Tasks()
	if len(tasks) != 1 {
		t.Fatalf("%d streams", len(tasks))
	}
	for batch, err := range tasks[0].Collect(context.Background(), since) {
		return batch, err
	}
	t.Fatal("no batch")
	return record.Batch{}, nil
}

// said writes what a batch says of people, a line each.
func said(b record.Batch) string {
	var lines []string
	for _, i := range b.Identities {
		verb := " joins "
		if i.Parted {
			verb = " parts from "
		}
		lines = append(lines, i.Account.Source+":"+i.Account.Login+verb+i.Person+" by "+i.Origin)
	}
	for _, m := range b.Members {
		to := "still"
		if !m.To.IsZero() {
			to = m.To.Format(time.DateOnly)
		}
		lines = append(lines, strings.Join([]string{m.Account.Source + ":" + m.Account.Login, m.Person, m.Team, m.From.Format(time.DateOnly), to}, " "))
	}
	return strings.Join(lines, "\n")
}

const ada = `person,accounts,team,from,to
p1,github:Ada; 7+ada-old@users.noreply.github.com ;Ada@Example.com,checkout,2024-01-01,2025-07-01
# moved
p1,,core,2025-07-01,
p2,aws:arn:aws:iam::111122223333:user/Bob,,,
`

const adaSaid = `aws:arn:aws:iam::111122223333:user/bob joins p2 by people
git:ada@example.com joins p1 by people
github:ada joins p1 by people
github:ada-old joins p1 by people
git:ada@example.com p1 checkout 2024-01-01 2025-07-01
git:ada@example.com p1 core 2025-07-01 still
github:ada p1 checkout 2024-01-01 2025-07-01
github:ada p1 core 2025-07-01 still
github:ada-old p1 checkout 2024-01-01 2025-07-01
github:ada-old p1 core 2025-07-01 still`

func TestBothFormsSayTheSame(t *testing.T) {
	yaml := `people:
  - {person: p1, accounts: [github:Ada, 7+ada-old@users.noreply.github.com, Ada@Example.com], team: checkout, from: 2024-01-01, to: 2025-07-01}
  - person: p1
    team: core
    from: 2025-07-01T00:00:00Z
    to:
  - {person: p2, accounts: ["aws:arn:aws:iam::111122223333:user/Bob"]}
`
	for name, body := range map[string]string{"a.csv": "\ufeff" + ada, "a.yaml": yaml, "a.yml": yaml} {
		got, err := collect(t, people.Options{File: write(t, name, body)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(adaSaid, said(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		again, err := collect(t, people.Options{File: write(t, name, body)}, got.Cursor)
		if err != nil || again.Rows() != 0 || again.Cursor != nil {
			t.Errorf("%s again: %v, %s", name, err, said(again))
		}
	}
}

// What changes is a row of the journal, and what is taken back ends where it began.
func TestChanges(t *testing.T) {
	first, err := collect(t, people.Options{File: write(t, "a.csv", ada)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	after := strings.NewReplacer("p2,aws", "p1,aws", ";Ada@Example.com", "", "p1,,core,2025-07-01,", "p1,,core,2025-07-01,2026-01-01\np1,,edge,2025-08-01,").Replace(ada)
	got, err := collect(t, people.Options{File: write(t, "a.csv", after)}, first.Cursor)
	if err != nil {
		t.Fatal(err)
	}
	want := `aws:arn:aws:iam::111122223333:user/bob parts from p2 by people
aws:arn:aws:iam::111122223333:user/bob joins p1 by people
git:ada@example.com parts from p1 by people
aws:arn:aws:iam::111122223333:user/bob p1 checkout 2024-01-01 2025-07-01
aws:arn:aws:iam::111122223333:user/bob p1 core 2025-07-01 2026-01-01
aws:arn:aws:iam::111122223333:user/bob p1 edge 2025-08-01 still
git:ada@example.com p1 checkout 2024-01-01 2024-01-01
git:ada@example.com p1 core 2025-07-01 2025-07-01
github:ada p1 core 2025-07-01 2026-01-01
github:ada p1 edge 2025-08-01 still
github:ada-old p1 core 2025-07-01 2026-01-01
github:ada-old p1 edge 2025-08-01 still`
	if diff := cmp.Diff(want, said(got)); diff != "" {
		t.Error(diff)
	}
	if !got.Identities[0].At.Equal(noon) {
		t.Errorf("at %s", got.Identities[0].At)
	}
	if _, err := collect(t, people.Options{File: write(t, "a.csv", "person,accounts\n")}, got.Cursor); err == nil || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("an emptied file: %v", err)
	}
}

// Every error is reported at once, with line and field; none shows an account, since the ledger does.
func TestErrors(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"a.csv": {
			"person,accounts,team,from,to\n" +
				",github:x,,,\n" +
				"p1,github:ada;secret person,,,\n" +
				"p2,github:ADA,core,2024-13-01,\n" +
				"p3,,core,2025-01-01,2024-01-01\n" +
				"p3,,,2025-01-01,\n" +
				"p3,github:c,core,1850-01-01,\n" +
				"p4,github:d,core,2025-01-01,\np4,,core,2025-01-01,2026-01-01\n" +
				"p5,too,few\n",
			"line 10: record on line 10: wrong number of fields|line 2: person: it is empty|line 3: accounts: account 2 is not of the form|" +
				"line 4: accounts: account 1 belongs to another person in line 3|line 4: from: \"2024-13-01\" is not a day|" +
				"line 5: to: 2024-01-01 is before from|line 6: team: from and to|line 7: from: 1850-01-01 is out of the years|line 9: to: line 8 has another",
		},
		"b.csv":  {"person,login,team,team\np1,x,y,z\n", "line 1: login: there is no such column|line 1: team: the column is there twice"},
		"c.csv":  {"team\ncore\n", "line 1: person: the column is missing"},
		"d.csv":  {"", "it is empty"},
		"e.yaml": {"persons: []\n", "line 1: persons: the file has one key, people"},
		"f.yaml": {
			"people:\n  - {person: p1, login: x, person: p2}\n  - p3\n  - {person: p4, accounts: github:x, team: [a]}\n",
			"line 2: login: there is no such field|line 2: person: it is there twice|line 3: people: a row is a mapping|line 4: accounts: it is a list|line 4: team: it is one value",
		},
		"g.yaml": {"people: [\n", "yaml: line"},
		"h.txt":  {"", "a people file ends in .csv, .yaml or .yml"},
	} {
		_, err := collect(t, people.Options{File: write(t, name, c.body)}, nil)
		if err == nil {
			t.Errorf("%s is taken for right", name)
			continue
		}
		for _, want := range strings.Split(strings.TrimPrefix(c.want, "line 10: "), "|") {
			if !strings.Contains(err.Error(), name+": "+want) && !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q is not in:\n%v", name, want, err)
			}
		}
		if strings.Contains(strings.ToLower(err.Error()), "ada") || strings.Contains(err.Error(), "secret p") {
			t.Errorf("%s shows an account: %v", name, err)
		}
	}
}

// A mailmap joins addresses; the people file knows better.
func TestMailmap(t *testing.T) {
	mailmap := write(t, "mailmap", `# comment
Ada Lovelace <ada@example.com> <ada@home.example> # at home
<carl@example.com> Carl <carl@old.example>
<dora@example.com> <DORA@old.example>
<new@old.example> <ada@example.com>
Only A Name <erin@example.com>
<bob@home.example> <p2@example.com>
nonsense
<f@x> <not an address>
`)
	file := write(t, "a.yaml", "people:\n  - {person: p1, accounts: [ada@example.com]}\n  - {person: p2, accounts: [p2@example.com]}\n  - {person: p3, team: lonely}\n")
	got, err := collect(t, people.Options{File: file, Mailmap: []string{mailmap}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `git:ada@example.com joins p1 by people
git:ada@home.example joins p1 by mailmap
git:bob@home.example joins p2 by mailmap
git:dora@example.com joins dora@example.com by mailmap
git:dora@old.example joins dora@example.com by mailmap
git:new@old.example joins p1 by mailmap
git:p2@example.com joins p2 by people`
	if diff := cmp.Diff(want, said(got)); diff != "" {
		t.Error(diff)
	}
	var codes []string
	for _, w := range got.Warnings {
		codes = append(codes, w.Code+" "+w.Subject[strings.LastIndex(w.Subject, ":")+1:])
	}
	if diff := cmp.Diff([]string{"no_account 4", "mailmap_by_name 3", "mailmap_line 8", "mailmap_line 9"}, codes); diff != "" {
		t.Error(diff)
	}
}

func TestOwners(t *testing.T) {
	file := write(t, "CODEOWNERS", "# all\n*  @acme/old\n*.go @acme/go\n* @ada @acme/checkout @acme/core # the last one\n/docs/ @acme/docs\n")
	o := people.Options{
		CodeOwners: []people.Owners{{Repo: "acme/shop", Path: file}, {Repo: "acme/given", Path: file}, {Repo: "acme/nobody", Path: write(t, "O", "* @acme/x\n* @ada\n")}},
		Profiles:   []record.Profile{{Repo: "acme/shop", Tier: 1, Services: []string{"pay"}}, {Repo: "acme/given", Team: "edge"}},
	}
	got, err := collect(t, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []record.Profile{{Repo: "acme/given", Team: "edge"}, {Repo: "acme/nobody"}, {Repo: "acme/shop", Team: "checkout", Tier: 1, Services: []string{"pay"}}}
	if diff := cmp.Diff(want, got.Profiles); diff != "" {
		t.Error(diff)
	}
	if len(got.Warnings) != 1 || got.Warnings[0].Code != "no_owner" {
		t.Errorf("warnings: %+v", got.Warnings)
	}
	o.Profiles, o.CodeOwners = []record.Profile{{Repo: "acme/shop", Tier: 2}}, o.CodeOwners[1:2]
	next, err := collect(t, o, got.Cursor)
	if err != nil {
		t.Fatal(err)
	}
	want = []record.Profile{{Repo: "acme/given", Team: "checkout"}, {Repo: "acme/nobody"}, {Repo: "acme/shop", Tier: 2}}
	if diff := cmp.Diff(want, next.Profiles); diff != "" {
		t.Error(diff)
	}
	o.CodeOwners = []people.Owners{{Repo: "acme/gone", Path: filepath.Join(t.TempDir(), "none")}}
	if _, err := collect(t, o, next.Cursor); err == nil || !strings.Contains(err.Error(), "read owners of acme/gone") {
		t.Errorf("a missing file: %v", err)
	}
}

// From the file to the view of those who are not in it: through the runner, twice, and into the store.
func TestUnmatchedAccounts(t *testing.T) {
	ctx, s := context.Background(), storetest.Open(t)
	o := people.Options{File: write(t, "a.csv", ada)}
	r := collectors.Runner{Sink: s}
	for range 2 {
		if l := r.Run(ctx, o.Tasks())[0]; l.Status != record.StatusOK {
			t.Fatalf("%+v", l)
		}
	}
	for _, sql := range []string{
		`INSERT INTO pull_requests (source, repo, number, author, author_kind, merged_at) VALUES
			('github', 'o/r', 1, 'ADA', 'person', '2026-01-01'), ('github', 'o/r', 2, 'zed', 'person', '2026-01-01'),
			('github', 'o/r', 3, 'zed', 'person', '2026-01-01'), ('github', 'o/r', 4, 'renovate', 'bot', '2026-01-01'), ('github', 'o/r', 5, 'yan', '', NULL)`,
		`INSERT INTO landings (repo, position, sha, kind, pull, author) SELECT 'o/r', number, toString(number), 'pull_request', number, 0 FROM numbers(1, 4)`,
		`INSERT INTO landings (repo, position, sha, kind, author) SELECT 'o/r', 10, 'x', 'push', person FROM persons LIMIT 1`,
		`INSERT INTO landings (repo, position, sha, kind, author) VALUES ('o/r', 11, 'y', 'push', 77), ('o/r', 12, 'z', 'push', 0)`,
		`INSERT INTO actions (system, source, id, actor_source, actor, actor_kind) VALUES
			('aws:1', 'cloudtrail', '1', 'aws', 'arn:aws:iam::111122223333:user/bob', 'person'), ('aws:1', 'cloudtrail', '2', 'aws', 'x', 'bot')`,
	} {
		if err := s.Exec(ctx, sql, nil); err != nil {
			t.Fatal(err)
		}
	}
	type line struct {
		Source    string  `ch:"source"`
		Accounts  uint64  `ch:"accounts"`
		Unmatched uint64  `ch:"unmatched"`
		Changes   uint64  `ch:"changes"`
		Share     float64 `ch:"unmatched_share"`
	}
	got, err := store.Select[line](ctx, s, "SELECT * FROM baserate.unmatched_accounts ORDER BY source", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []line{{"aws", 1, 0, 1, 0}, {"git", 2, 1, 2, 0.5}, {"github", 3, 2, 3, 2. / 3}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
