package derive_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

var start = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// history is a repository written down commit by commit, in the order of the default branch.
type history struct {
	repo     string
	commits  []record.Commit
	places   []record.Placement
	position uint32
	told     record.Batch // what other sources say of it
}

// sha makes a hash out of a name: "a" → "a000…".
func sha(name string) string {
	hex := fmt.Sprintf("%x", name)
	return hex + strings.Repeat("0", 40-len(hex))
}

// commit is one commit, h hours after the start, on no branch yet.
func (h *history) commit(name string, hours float64, message string, files ...string) *record.Commit {
	at := start.Add(time.Duration(hours * float64(time.Hour)))
	c := record.Commit{
		Repo: h.repo, SHA: sha(name), Parents: []string{sha("root")}, AuthoredAt: at, CommittedAt: at, Message: message,
		Author: record.Person{Name: "Ada", Email: "ada@example.org"}, Committer: record.Person{Name: "GitHub", Email: "noreply@github.com"},
	}
	for _, line := range strings.Split(message, "\n") {
		if key, value, ok := strings.Cut(line, ": "); ok && !strings.Contains(key, " ") {
			c.Trailers = append(c.Trailers, record.Trailer{Key: key, Value: value})
		}
	}
	for _, f := range files {
		c.Files = append(c.Files, record.FileChange{Path: f, Additions: 3, Deletions: 1})
	}
	h.commits = append(h.commits, c)
	return &h.commits[len(h.commits)-1]
}

// land puts a commit on the default branch by itself.
func (h *history) land(name string, hours float64, message string, files ...string) *record.Commit {
	c := h.commit(name, hours, message, files...)
	h.position++
	h.places = append(h.places, record.Placement{Repo: h.repo, SHA: sha(name), Reachable: true, Position: h.position, LandedBy: sha(name)})
	return c
}

// merge lands commits made before by a merge commit.
func (h *history) merge(name string, hours float64, message string, members ...string) {
	c := h.commit(name, hours, message)
	c.Parents = []string{sha("root"), sha(members[len(members)-1])}
	h.position++
	files := []record.FileChange{}
	for _, m := range members {
		h.places = append(h.places, record.Placement{Repo: h.repo, SHA: sha(m), Reachable: true, LandedBy: sha(name)})
		i := slices.IndexFunc(h.commits, func(c record.Commit) bool { return c.SHA == sha(m) })
		files = append(files, h.commits[i].Files...)
	}
	h.places = append(h.places, record.Placement{Repo: h.repo, SHA: sha(name), Reachable: true, Position: h.position, LandedBy: sha(name), Files: files})
}

func (h *history) batch() record.Batch {
	b := h.told
	b.Repository, b.Commits, b.Placements = &record.Repository{Name: h.repo}, h.commits, h.places
	return b
}

func save(t *testing.T, s *store.Store, repo string, b record.Batch) {
	t.Helper()
	ledger := record.Collection{Source: "git", Scope: repo, Stream: "history", StartedAt: time.Now(), Status: record.StatusOK, Rows: uint64(b.Rows())}
	if err := s.Save(context.Background(), b, ledger); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, s *store.Store) derive.Summary {
	t.Helper()
	d := derive.Deriver{Store: s, Classifier: attribution.Default()}
	sum, err := d.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// changes returns the derived changes by the name of their commit.
func changes(t *testing.T, s *store.Store) map[string]store.Change {
	t.Helper()
	all, err := s.Changes(context.Background(), store.ChangeFilter{})
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]store.Change{}
	for _, c := range all {
		hex := strings.TrimRight(c.SHA, "0")
		if len(hex)%2 == 1 {
			hex += "0"
		}
		var name strings.Builder
		for i := 0; i < len(hex); i += 2 {
			var b byte
			fmt.Sscanf(hex[i:i+2], "%02x", &b)
			name.WriteByte(b)
		}
		named[name.String()] = c
	}
	return named
}

func derived(t *testing.T, build func(h *history)) map[string]store.Change {
	t.Helper()
	s := storetest.Open(t)
	h := &history{repo: "o/r"}
	build(h)
	save(t, s, h.repo, h.batch())
	run(t, s)
	return changes(t, s)
}
