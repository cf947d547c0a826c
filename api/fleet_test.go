package api_test

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/derive"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// history is the default branch of a repository, written down commit by commit.
type history struct {
	repo    string
	seed    int
	commits []record.Commit
	places  []record.Placement
}

var begin = time.Date(2025, 10, 1, 9, 0, 0, 0, time.UTC)

// land puts a commit on the branch, so many hours after the beginning, and returns its hash.
func (h *history) land(hours float64, author, message string) string {
	n := len(h.commits)
	at := begin.Add(time.Duration(hours * float64(time.Hour)))
	c := record.Commit{
		Repo: h.repo, SHA: fmt.Sprintf("%08x%032x", h.seed, n+1), AuthoredAt: at, CommittedAt: at, Message: message,
		Author: record.Person{Name: author, Email: author + "@example.org"}, Committer: record.Person{Name: author, Email: author + "@example.org"},
		Files: []record.FileChange{{Path: fmt.Sprintf("src/f%d.go", n), Additions: uint32(n % 300), Deletions: uint32(n % 7)}},
	}
	if n > 0 {
		c.Parents = []string{h.commits[n-1].SHA}
	}
	_, last, _ := strings.Cut(message, "\n\n")
	for line := range strings.Lines(last) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			c.Trailers = append(c.Trailers, record.Trailer{Key: key, Value: value})
		}
	}
	if n%17 == 16 {
		c.Files, c.FilesUnknown = nil, true
	}
	h.commits = append(h.commits, c)
	h.places = append(h.places, record.Placement{Repo: h.repo, SHA: c.SHA, Reachable: true, Position: uint32(n + 1), LandedBy: c.SHA})
	return c.SHA
}

func (h *history) batch() record.Batch {
	return record.Batch{Repository: &record.Repository{Name: h.repo}, Commits: h.commits, Placements: h.places}
}

// hostile titles are what anybody can write into a commit.
var hostile = []string{
	`=HYPERLINK("http://evil.example","click")`, "+1 and counting", "-2+3+cmd|' /C calc'!A0", "@SUM(A1:A9)", "＝1+1",
	`a "quoted", title; with, commas`, "ünïcødé ✓ 漢字 🎉 \u202etxet", "<script>alert(1)</script>", "# no metadata", "'",
}

const claude = "\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n"

// acme is a small organisation: people who write with and without AI in two repositories, over half a year, some of
// whose changes are reverted a day later.
func acme() []*history {
	shop, lager := &history{repo: "acme/shop", seed: 1}, &history{repo: "acme/Lager-ü", seed: 2}
	for i := range 180 {
		h, author := shop, fmt.Sprintf("person%d", i%9)
		if i%3 == 2 {
			h = lager
		}
		title := fmt.Sprintf("feat: part %d", i)
		if i < len(hostile) {
			title = hostile[i]
		}
		if i%5 == 0 {
			title += fmt.Sprintf(" (#%d)", 100+i)
		}
		trailers := ""
		switch {
		case i%11 == 3:
			author = "dependabot[bot]"
		case i%2 == 0:
			trailers = claude
		case i%7 == 1:
			trailers = "\n\nReviewed-by: Another One <another@example.org>\n"
		}
		sha := h.land(float64(24*i), author, title+trailers)
		if i%4 == 1 || i%8 == 6 {
			h.land(float64(24*i+6), "person8", fmt.Sprintf("Revert \"%s\"\n\nThis reverts commit %s.\n", title, sha))
		}
	}
	return []*history{shop, lager}
}

// fill saves the histories and derives what follows, with a source that failed and one with many warnings.
func fill(t testing.TB, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	now := time.Now()
	for i, h := range acme() {
		b := h.batch()
		ledger := record.Collection{
			Source: "git", Scope: h.repo, Stream: "history", StartedAt: now.Add(-time.Minute), FinishedAt: now, Status: record.StatusOK, Rows: uint64(b.Rows()),
		}
		if i == 1 {
			ledger.Status = record.StatusPartial
			for n := range 130 {
				ledger.Warnings = append(ledger.Warnings, record.Warning{Code: "missing_blob", Subject: fmt.Sprint(n), Detail: fmt.Sprintf("blob %d is missing", n)})
			}
		}
		if err := s.Save(ctx, b, ledger); err != nil {
			t.Fatal(err)
		}
	}
	failed := record.Collection{Source: "git", Scope: "/gone", Stream: "history", StartedAt: now, FinishedAt: now, Status: record.StatusFailed, Error: "/gone: not a git repository"}
	if err := s.Save(ctx, record.Batch{}, failed); err != nil {
		t.Fatal(err)
	}
	deriver := derive.Deriver{Store: s, Classifier: attribution.Default()}
	if _, err := deriver.Run(ctx); err != nil {
		t.Fatal(err)
	}
}

// built are pages as Vite builds them.
func built() fs.FS {
	return fstest.MapFS{
		"index.html":          {Data: []byte("<!doctype html><title>baserate</title>" + strings.Repeat("<p>row</p>", 400))},
		"favicon.svg":         {Data: []byte("<svg/>")},
		"assets/index-abc.js": {Data: []byte("export default 1")},
		"assets/sans.woff2":   {Data: []byte("wOF2")},
		".vite/manifest.json": {Data: []byte("{}")},
		".gitkeep":            {},
	}
}

// serve returns a server on a filled store, with what a test changes about it.
func serve(t testing.TB, change ...func(*api.Options)) *api.Server {
	t.Helper()
	s := storetest.Open(t)
	fill(t, s)
	return on(t, s, change...)
}

// on returns a server on a store, which may be nil where the test asks nothing of it.
func on(t testing.TB, s *store.Store, change ...func(*api.Options)) *api.Server {
	t.Helper()
	o := api.Options{Store: s, Ledger: analysis.New(s), Assets: built(), Version: "1.2.3", Definitions: derive.Definitions, Addr: "127.0.0.1:0", Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
	for _, c := range change {
		c(&o)
	}
	server, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return server
}
