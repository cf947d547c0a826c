package attribution

import (
	"strings"
	"testing"
)

func TestClassifyBranch(t *testing.T) {
	for ref, want := range map[string]string{
		"copilot/fix-1": "copilot-coding-agent agent", "refs/heads/claude/fix-pdf-tKlwr": "claude-code agent", "codex/locate-a-bug": "codex agent",
		"cursor/feature-89b5": "cursor agent", "devin/1720000000-fix": "devin agent", "devin/my-topic": "", "jules-1234567890123456789": "jules agent",
		"bolt-optimize-loop-1234567890123456789": "jules agent", "dependabot/npm/x": "dependabot none", "renovate/all": "renovate none",
		"cursor-fix": "", "main": "", "": "", "agent/loop": "", "copilot/": "", "alert-autofix-12": "copilot-autofix assist", "alert-autofix-x": "",
		"cherry-pick-12-to-release-1": "prow none", "cherry-pick-fix": "", "v0.5": "", "feature/claude": "",
	} {
		e, ok := Default().ClassifyBranch(ref)
		got := ""
		if ok {
			got = e.Tool + " " + string(e.Autonomy)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", ref, got, want)
		}
	}
}

func TestClassifyPullRequest(t *testing.T) {
	c := Default()
	person := c.Classify(Commit{Message: "x"})
	denied := c.Classify(Commit{Message: "x\n\nno AI used"})
	claude := c.Classify(Commit{Message: "x\n\nCo-authored-by: Claude <noreply@anthropic.com>"})
	review := c.Classify(Commit{Message: "x\n\nCo-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"})
	bump := c.Classify(Commit{AuthorName: "dependabot[bot]", AuthorEmail: "49699333+dependabot[bot]@users.noreply.github.com"})
	for name, test := range map[string]struct {
		pr   PullRequest
		want string
	}{
		"nothing":                 {PullRequest{AuthorLogin: "ada", Commits: []Verdict{person}}, "unknown"},
		"one denial of two":       {PullRequest{AuthorLogin: "ada", Commits: []Verdict{person, denied}}, "unknown"},
		"agent's login":           {PullRequest{AuthorLogin: "copilot-swe-agent[bot]", Commits: []Verdict{person}}, "ai_agent copilot-coding-agent agent"},
		"agent's branch":          {PullRequest{AuthorLogin: "ada", HeadRef: "codex/fix", Commits: []Verdict{person}}, "ai_agent codex agent"},
		"an agent's commit":       {PullRequest{AuthorLogin: "ada", Commits: []Verdict{person, claude, review}}, "ai_agent claude-code agent"},
		"a suggestion taken":      {PullRequest{AuthorLogin: "ada", Commits: []Verdict{person, review}}, "ai_assisted copilot-review assist"},
		"a bot's":                 {PullRequest{AuthorLogin: "dependabot[bot]", HeadRef: "dependabot/x", Commits: []Verdict{bump}}, "automation dependabot none"},
		"a bot's, ended by an AI": {PullRequest{AuthorLogin: "dependabot[bot]", Commits: []Verdict{bump, claude}}, "ai_agent claude-code agent"},
		"body":                    {PullRequest{AuthorLogin: "ada", Body: "Fixes x.\n\nhttps://chatgpt.com/codex/tasks/task_1"}, "ai_agent codex agent"},
		"body in words":           {PullRequest{AuthorLogin: "ada", Body: "Fixes x.\n\nI used ChatGPT to write the tests."}, "ai_assisted chatgpt assist"},
		"a review bot's summary":  {PullRequest{AuthorLogin: "ada", Body: "<!-- CURSOR_SUMMARY -->\nWritten by [Cursor Bugbot](https://cursor.com/bugbot)\n\nSummary by CodeRabbit"}, "unknown"},
		"label":                   {PullRequest{AuthorLogin: "ada", Labels: []string{"bug", "ai-generated"}}, "ai_assisted unspecified unknown"},
	} {
		if got := summary(c.ClassifyPullRequest(test.pr)); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestJoin(t *testing.T) {
	if v := Join(nil); v.Class != Unknown || v.Tool != NoTool {
		t.Errorf("no verdicts: %+v", v)
	}
	denied := Default().Classify(Commit{Message: "x\n\nno AI used"})
	if v := Join([]Verdict{denied, denied}); v.Class != Human {
		t.Errorf("all denied: %s", v.Class)
	}
	a := Default().Classify(Commit{Message: "x\n\nCo-authored-by: Claude <noreply@anthropic.com>"})
	b := Default().Classify(Commit{Message: "x\n\nCo-authored-by: Amp <amp@ampcode.com>"})
	if v := Join([]Verdict{a, b}); strings.Join(v.Tools, " ") != strings.Join(Join([]Verdict{b, a}).Tools, " ") || len(v.All) != 2 {
		t.Errorf("two tools: %v %d", v.Tools, len(v.All))
	}
}
