package attribution

import (
	"strings"
	"testing"
	"time"
)

var autumn = time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)

// Who or what did an action, and the traps beside it.
func TestClassifyAction(t *testing.T) {
	const cli = "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux md/arch#x86_64 lang/python#3.13"
	for _, test := range []struct {
		action Action
		want   string
	}{
		// Programs.
		{Action{UserAgent: cli + " exec-env/AmazonQ-For-CLI-Version-1.19.0"}, "ai_agent amazon-q agent"},
		{Action{UserAgent: cli + " exec-env/AmazonQ-For-IDE Version/2.0.0"}, "ai_agent amazon-q agent"},
		{Action{UserAgent: cli + " exec-env/AmazonQ-For-CLI-Version/2.21.1-acp-client/kiro-tui"}, "ai_agent kiro agent"},
		{Action{UserAgent: "claude-code/2.1.3 aws-sdk-js/3"}, "ai_agent claude-code agent"},
		{Action{UserAgent: "codex_cli_rs/0.50"}, "ai_agent codex agent"},
		{Action{UserAgent: "aws-mcp.amazonaws.com"}, "ai_agent unspecified agent"},
		{Action{UserAgent: "Boto3/1.40 awslabs/mcp/eks-mcp-server/0.1.0"}, "ai_agent unspecified agent"},
		{Action{UserAgent: "kubernetes-mcp-server/v0.0.52"}, "ai_agent unspecified agent"},
		{Action{UserAgent: cli}, "unknown"},
		{Action{UserAgent: cli + " exec-env/CloudShell"}, "unknown"},
		{Action{UserAgent: "kubectl/v1.34.1 (linux/amd64) kubernetes/93248f9"}, "unknown"},
		{Action{UserAgent: "APN/1.0 HashiCorp/1.0 Terraform/1.13.4 aws-sdk-go-v2/1.39"}, "unknown"},
		{Action{UserAgent: "Cursor/1.7.2 aws-sdk-js/3"}, "unknown"},
		{Action{UserAgent: "AWS-Toolkit-For-VSCode/3.80"}, "unknown"},
		{Action{UserAgent: "datadog-agent/7.70"}, "unknown"},
		{Action{UserAgent: "kube-controller-manager/v1.34.1 (linux/amd64) kubernetes/x/system:serviceaccount:kube-system:job-controller"}, "automation kubernetes none"},
		{Action{UserAgent: "argocd-application-controller/v0.0.0"}, "automation gitops none"},
		// Accounts.
		{Action{Account: "system:serviceaccount:agents:claude-code"}, "ai_agent claude-code agent"},
		{Action{Account: "system:serviceaccount:claude:default"}, "ai_agent claude-code agent"},
		{Action{Account: "system:serviceaccount:agents:devin"}, "ai_agent devin agent"},
		{Action{Account: "system:serviceaccount:agents:runner"}, "unknown"},
		{Action{Account: "system:serviceaccount:shop:claudette"}, "unknown"},
		{Action{Account: "111111111111/claude"}, "unknown"},
		{Action{Account: "devin@example.org"}, "unknown"},
		{Action{Account: "111111111111/kiro-deployer"}, "ai_agent kiro agent"},
		{Action{Account: "system:serviceaccount:monitoring:datadog-agent"}, "unknown"},
		{Action{Account: "system:kube-controller-manager"}, "automation kubernetes none"},
		{Action{Account: "system:serviceaccount:kube-system:generic-garbage-collector"}, "automation kubernetes none"},
		{Action{Account: "system:node:ip-10-0-0-1"}, "automation kubernetes none"},
		{Action{Account: "system:serviceaccount:argocd:argocd-application-controller"}, "automation controller none"},
		{Action{Account: "eks:node-manager"}, "automation kubernetes none"},
		{Action{Account: "system:admin"}, "unknown"},
		{Action{Account: "system:anonymous"}, "unknown"},
		{Action{Account: "kubernetes-admin"}, "unknown"},
		// Services.
		{Action{Account: "autoscaling.amazonaws.com"}, "automation aws-service none"},
		{Action{Account: "cloudformation.amazonaws.com", UserAgent: "cloudformation.amazonaws.com"}, "automation aws-service none"},
		{Action{Account: "q.amazonaws.com"}, "ai_agent amazon-q agent"},
		{Action{Account: "aws-mcp.amazonaws.com"}, "ai_agent unspecified agent"},
		{Action{Role: "arn:aws:iam::1:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS"}, "automation aws-service none"},
		{Action{Role: "arn:aws:iam::1:role/aws-service-role/q.amazonaws.com/AWSServiceRoleForAmazonQDeveloper"}, "ai_agent amazon-q agent"},
		// Sessions and roles.
		{Action{Session: "claude-code-4711"}, "ai_agent claude-code agent"},
		{Action{Session: "ClaudeCode@build"}, "ai_agent claude-code agent"},
		{Action{Session: "claude"}, "unknown"},
		{Action{Session: "botocore-session-1764000000"}, "unknown"},
		{Action{Session: "GitHubActions"}, "unknown"},
		{Action{Role: "arn:aws:iam::1:role/CodingAgentOperator"}, "ai_agent unspecified agent"},
		{Action{Role: "arn:aws:iam::1:role/ssm-agent"}, "unknown"},
		{Action{Session: "ai-agent-1", UserAgent: "claude-code/2.1"}, "ai_agent claude-code agent"},
		// People.
		{Action{Account: "ada@example.org", Console: true}, "human"},
		{Action{Console: true, UserAgent: "Mozilla/5.0", Account: "q.amazonaws.com"}, "ai_agent amazon-q agent"},
		{Action{}, "unknown"},
	} {
		test.action.At = autumn
		if got := summary(Default().ClassifyAction(test.action)); got != test.want {
			t.Errorf("%+v: %s, want %s", test.action, got, test.want)
		}
	}
}

// No rule fires on an action that was done before its tool existed.
func TestActionsBeforeTheirTools(t *testing.T) {
	for _, a := range []Action{
		{UserAgent: "claude-code/1.0"}, {UserAgent: "aws-cli exec-env/AmazonQ-For-CLI-Version-1"}, {Account: "system:serviceaccount:x:kiro"}, {Session: "ai-agent-1"},
	} {
		for year, want := range map[int]bool{2020: false, 2026: true, 1: true} {
			a.At = time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)
			if year == 1 { // not known when
				a.At = time.Time{}
			}
			if got := Default().ClassifyAction(a).Class.AI(); got != want {
				t.Errorf("%+v: AI is %v", a, got)
			}
		}
	}
}

// Evidence quotes what matched, and no more of a name than that: the rest may be a person's.
func TestQuotesOfActions(t *testing.T) {
	v := Default().ClassifyAction(Action{
		At: autumn, Session: "claude-code-ada.lovelace", UserAgent: "aws-cli/2.31 exec-env/AmazonQ-For-CLI-Version-1.19 md/x", Account: "system:serviceaccount:ada:claude",
	})
	if len(v.All) != 3 || v.Confidence < 0.99 {
		t.Errorf("%d pieces, confidence %g", len(v.All), v.Confidence)
	}
	for _, e := range v.All {
		if strings.Contains(e.Quote, "ada") || e.Quote == "" {
			t.Errorf("%s quotes %q", e.Rule, e.Quote)
		}
	}
}

// An organisation's own rules go first, and have a version of their own.
func TestOwnRulesOfActions(t *testing.T) {
	extra, err := ParseRules([]byte(`
rules:
  - {id: acme.role, tool: devin, fields: [role, session], match: words, values: [night shift], autonomy: agent, confidence: 0.9}
  - {id: acme.robot, tool: deployer, class: automation, fields: [account], match: regex, values: [deployer], pattern: '/deployer$', confidence: 0.9}
`))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(extra)
	if err != nil {
		t.Fatal(err)
	}
	if got := summary(c.ClassifyAction(Action{Role: "arn:aws:iam::1:role/NightShift", At: autumn})); got != "ai_agent devin agent" {
		t.Error(got)
	}
	if got := summary(c.ClassifyAction(Action{Account: "1/deployer", At: autumn})); got != "automation deployer none" {
		t.Error(got)
	}
	if c.ActionRulesVersion() == Default().ActionRulesVersion() {
		t.Error("the version does not tell the extended rules from the built-in ones")
	}
	if _, err := ParseRules([]byte("rules:\n  - {id: x, tool: devin, fields: [user_agent], match: words, values: [ab], autonomy: agent, confidence: 0.9}")); err == nil ||
		!strings.Contains(err.Error(), `"words" does not work on user_agent; take one of contains, regex`) {
		t.Errorf("words in a user agent: %v", err)
	}
}

func BenchmarkClassifyAction(b *testing.B) {
	a := Action{
		Account: "111111111111/deployer", Role: "arn:aws:iam::111111111111:role/ci/deployer", Session: "botocore-session-1764000000",
		UserAgent: "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux md/arch#x86_64 lang/python#3.13 md/pyimpl#CPython", At: autumn,
	}
	for b.Loop() {
		Default().ClassifyAction(a)
	}
}
