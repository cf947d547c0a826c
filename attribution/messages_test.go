package attribution

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

type messageCase struct {
	Want      string
	Why       string
	Author    string
	Committer string
	Message   string
}

// readCases reads testdata/messages.yaml.
func readCases(t testing.TB) []messageCase {
	t.Helper()
	file, err := os.ReadFile("testdata/messages.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	var cases []messageCase
	if err := decoder.Decode(&cases); err != nil {
		t.Fatal(err)
	}
	return cases
}

// commit is the case as a commit of a day on which every tool could be had.
func (m messageCase) commit() Commit {
	if m.Author == "" {
		m.Author = "Ada Byron <ada@byron.org>"
	}
	if m.Committer == "" {
		m.Committer = m.Author
	}
	name, email, _ := nextPerson(m.Author)
	committer, committerEmail, _ := nextPerson(m.Committer)
	day := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	return Commit{
		AuthorName: name, AuthorEmail: email, CommitterName: committer, CommitterEmail: committerEmail,
		Message: m.Message, AuthoredAt: day, CommittedAt: day, Parents: 1,
	}
}

func summary(v Verdict) string {
	if v.Class == Unknown || v.Class == Human {
		return string(v.Class)
	}
	return strings.Join([]string{string(v.Class), v.Tool, string(v.Autonomy)}, " ")
}

func TestMessages(t *testing.T) {
	c := Default()
	for _, m := range readCases(t) {
		v := c.Classify(m.commit())
		if got := summary(v); got != m.Want {
			t.Errorf("%s %q:\n got %s by %s %q\nwant %s %s", m.Author, m.Message, got, v.Rule, v.Evidence, m.Want, m.Why)
		}
	}
}
