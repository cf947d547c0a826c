package attribution

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// BenchmarkClassify measures commits a second on one core, over messages made here and over the labelled ones
// where they are at hand. Read it beside BenchmarkNaive.
func BenchmarkClassify(b *testing.B) {
	c := Default()
	benchmarkSets(b, func(commit Commit) bool { return c.Classify(commit).Class.AI() })
}

// BenchmarkNaive is a classifier that tries every rule's regular expression on the whole message.
func BenchmarkNaive(b *testing.B) { benchmarkSets(b, naiveRules().ai) }

func benchmarkSets(b *testing.B, classify func(Commit) bool) {
	b.Run("made", func(b *testing.B) { benchmarkOver(b, madeCommits(2000), classify) })
	if commits := devCommits(b); len(commits) > 0 {
		b.Run("labelled", func(b *testing.B) { benchmarkOver(b, commits, classify) })
	}
}

func benchmarkOver(b *testing.B, commits []Commit, classify func(Commit) bool) {
	b.ReportAllocs()
	size := 0
	for _, commit := range commits {
		size += len(commit.Message)
	}
	i := 0
	for b.Loop() {
		classify(commits[i%len(commits)])
		i++
	}
	b.SetBytes(int64(size / len(commits)))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

func devCommits(b *testing.B) []Commit {
	if _, err := os.Stat(devPath); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var all []Commit
	for _, l := range readDev(b) {
		all = append(all, l.commit)
	}
	return all
}

// madeCommits makes commits as they are found: most of them people's, of a subject and a paragraph or two with
// sign-offs, some squashes with many co-authors, some bots, one in seven with a disclosure.
func madeCommits(n int) []Commit {
	random := rand.New(rand.NewPCG(1, 2))
	nouns := strings.Fields("parser cursor agent session cache table index query reader writer scheduler buffer token context main container email failure domain")
	verbs := strings.Fields("fix add remove rename explain handle maintain continue update write generate use make help reset")
	sentence := func(words int) string {
		var out []string
		for range words / 3 {
			out = append(out, verbs[random.IntN(len(verbs))], "the", nouns[random.IntN(len(nouns))])
		}
		return strings.Join(out, " ") + "."
	}
	var all []Commit
	for i := range n {
		name := fmt.Sprintf("Person %c. Number%d", 'A'+i%26, i%97)
		commit := Commit{
			AuthorName: name, AuthorEmail: fmt.Sprintf("person%d@example.edu", i%97), CommitterName: "GitHub", CommitterEmail: "noreply@github.com",
			AuthoredAt: time.Date(2026, 8, 1, 0, 0, i, 0, time.UTC), CommittedAt: time.Date(2026, 8, 2, 0, 0, i, 0, time.UTC), Parents: 1,
		}
		var body strings.Builder
		body.WriteString(sentence(6) + "\n\n")
		for range random.IntN(9) {
			body.WriteString(sentence(12) + "\n")
		}
		fmt.Fprintf(&body, "\nSigned-off-by: %s <person@example.edu>", name)
		switch i % 14 {
		case 0:
			body.WriteString("\nCo-Authored-By: Claude Opus 4.6 <noreply@anthropic.com>")
		case 1:
			body.WriteString("\n\nWritten with the help of ChatGPT.")
		case 2, 3:
			fmt.Fprintf(&body, "\nCo-authored-by: %s <other%d@example.edu>\nReviewed-by: Somebody <x@example.edu>", name, i%7)
		case 4:
			commit.AuthorName, commit.AuthorEmail = "dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"
		case 5:
			body.WriteString("\nIt mentions Claude and Copilot, and how AI is used by the product.")
		}
		commit.Message = body.String()
		all = append(all, commit)
	}
	return all
}

// naive is the rule table as one would first write it: every value and pattern a regular expression, tried on
// the whole of its field.
type naive struct {
	author, coauthor, message []*regexp.Regexp
}

func naiveRules() naive {
	rules, err := ParseRules(builtinRules)
	if err != nil {
		panic(err)
	}
	var n naive
	for _, r := range rules.Rules {
		for _, field := range r.Fields {
			var patterns []string
			for _, value := range r.Values {
				quoted := regexp.QuoteMeta(value)
				switch {
				case r.Match == "github_id":
					quoted = `\b` + quoted + `\+`
				case r.Match == "key":
					quoted = `^` + quoted + `:\s*` + strings.TrimPrefix(r.Pattern, "^")
				case r.Match == "regex" && r.Pattern != "":
					quoted = r.Pattern
				}
				patterns = append(patterns, quoted)
			}
			re := regexp.MustCompile("(?im)" + strings.Join(patterns, "|"))
			switch field {
			case fieldAuthorEmail, fieldAuthorName:
				n.author = append(n.author, re)
			case fieldCoauthorEmail:
				n.coauthor = append(n.coauthor, re)
			case fieldTrailer, fieldLine, fieldSubject:
				n.message = append(n.message, re)
			}
		}
	}
	return n
}

var naiveCoauthor = regexp.MustCompile(`(?im)^co-authored-by:.*<(.*)>`)

func (n naive) ai(commit Commit) bool {
	for _, re := range n.author {
		if re.MatchString(commit.AuthorEmail) || re.MatchString(commit.AuthorName) {
			return true
		}
	}
	for _, match := range naiveCoauthor.FindAllStringSubmatch(commit.Message, -1) {
		for _, re := range n.coauthor {
			if re.MatchString(match[1]) {
				return true
			}
		}
	}
	for _, re := range n.message {
		if re.MatchString(commit.Message) {
			return true
		}
	}
	return false
}
