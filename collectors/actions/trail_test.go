package actions

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

// source reads logs of a kind from nowhere.
func source(t *testing.T, o Options) *Source {
	t.Helper()
	if o.Path == "" && o.Bucket == (Bucket{}) {
		o.Path = t.TempDir()
	}
	if o.Now == nil {
		o.Now = func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// trailed is a record of CloudTrail with the identity and further keys given as JSON.
func trailed(identity, more string) string {
	return `{"eventVersion":"1.09","userIdentity":` + identity + `,"eventTime":"2026-11-20T08:30:00Z","eventSource":"cloudformation.amazonaws.com",` +
		`"eventName":"DeleteStack","awsRegion":"eu-west-1","userAgent":"aws-cli/2.31.0","requestParameters":{"stackName":"checkout"},` +
		`"responseElements":null,"eventID":"e-1","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,` +
		`"recipientAccountId":"111111111111"` + more + `}`
}

// session is the identity of a role's session.
func session(role, name, more string) string {
	return `{"type":"AssumedRole","principalId":"AROAX:` + name + `","arn":"arn:aws:sts::111111111111:assumed-role/` + role + `/` + name +
		`","accountId":"111111111111","sessionContext":{"attributes":{"mfaAuthenticated":"false"},"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111111111111:role/teams/` +
		role + `","accountId":"111111111111","userName":"` + role + `"}` + more + `}}`
}

const user = `{"type":"IAMUser","arn":"arn:aws:iam::111111111111:user/ada","accountId":"111111111111","userName":"Ada"}`

func mail(address string) record.Account {
	return record.Account{Source: "git", Login: address, Kind: record.KindPerson}
}

func machine(login string) record.Account {
	return record.Account{Source: "aws", Login: login, Kind: record.KindApp}
}

// one reads a record that is an action.
func one(t *testing.T, s *Source, text string) record.Action {
	t.Helper()
	read := s.fromTrail
	if s.options.Kind == Kubernetes {
		read = s.fromCluster
	}
	a, kept, err := read([]byte(text))
	if err != nil || !kept {
		t.Fatalf("kept %v, %v: %s", kept, err, text)
	}
	return a
}

func TestTrailAction(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail, Environments: map[string]string{"111111111111": "production", "aws:*/us-*": "sandbox"}})
	got := one(t, s, trailed(session("Deployer", "run-7", ""), `,"resources":[{"ARN":"arn:aws:cloudformation:eu-west-1:111111111111:stack/checkout"}]`))
	want := record.Action{
		Source: "cloudtrail", ID: "e-1", At: time.Date(2026, 11, 20, 8, 30, 0, 0, time.UTC), System: "aws:111111111111/eu-west-1",
		Actor: machine("111111111111/deployer"), Principal: "arn:aws:iam::111111111111:role/teams/Deployer", UserAgent: "aws-cli/2.31.0", Session: "run-7",
		Verb: "cloudformation:DeleteStack", Resource: "arn:aws:cloudformation:eu-west-1:111111111111:stack/checkout", Environment: "production",
		Destructive: true, Level: record.LevelWrite,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every type of identity is somebody or something, with whoever stands behind.
func TestTrailIdentities(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail})
	for name, test := range map[string]struct {
		identity string
		want     principal
	}{
		"user": {user, principal{actor: record.Account{Source: "aws", Login: "111111111111/ada"}, level: "unknown"}},
		"user by address": {
			`{"type":"IAMUser","accountId":"1","userName":"Ada@Example.org"}`, principal{actor: mail("ada@example.org"), level: "unknown"},
		},
		"root": {
			`{"type":"Root","accountId":"1","arn":"arn:aws:iam::1:root"}`,
			principal{actor: record.Account{Source: "aws", Login: "1/root", Kind: record.KindPerson}, level: "admin"},
		},
		"single sign-on": {session("AWSReservedSSO_AdministratorAccess_8df5", "ada@example.org", ""), principal{
			actor: mail("ada@example.org"), session: "ada@example.org", level: "admin",
			principal: "arn:aws:iam::111111111111:role/teams/AWSReservedSSO_AdministratorAccess_8df5",
		}},
		"propagated to a role": {strings.TrimSuffix(session("ops", "s-2", ""), "}") + `,"onBehalfOf":{"userId":"9067-AB"}}`, principal{
			actor: machine("111111111111/ops"), onBehalf: record.Account{Source: "aws", Login: "9067-ab", Kind: record.KindPerson}, session: "s-2",
			level: "unknown", principal: "arn:aws:iam::111111111111:role/teams/ops",
		}},
		"source identity": {session("ops", "s-1", `,"sourceIdentity":"ada@example.org"`), principal{
			actor: machine("111111111111/ops"), onBehalf: mail("ada@example.org"), session: "s-1", level: "unknown",
			principal: "arn:aws:iam::111111111111:role/teams/ops",
		}},
		"no issuer": {
			`{"type":"AssumedRole","principalId":"AROAX:i-0abc","arn":"arn:aws:sts::2:assumed-role/web/i-0abc","accountId":"2"}`,
			principal{actor: machine("2/web"), session: "i-0abc", level: "unknown", principal: "arn:aws:iam::2:role/web"},
		},
		"no arn": {
			`{"type":"AssumedRole","principalId":"AROAX:s","accountId":"2","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::2:role/BreakGlass"}}}`,
			principal{actor: machine("2/breakglass"), session: "s", level: "operator", principal: "arn:aws:iam::2:role/BreakGlass"},
		},
		"propagated identity": {
			`{"type":"IdentityCenterUser","accountId":"1","onBehalfOf":{"userId":"9067-AB","identityStoreArn":"arn:aws:identitystore::1:identitystore/d-1"},"principalId":"9067-AB"}`,
			principal{actor: record.Account{Source: "aws", Login: "9067-ab", Kind: record.KindPerson}, level: "unknown"},
		},
		"service": {`{"type":"AWSService","invokedBy":"autoscaling.amazonaws.com"}`, principal{actor: machine("autoscaling.amazonaws.com"), level: "unknown"}},
		"service for a person": {strings.TrimSuffix(user, "}") + `,"invokedBy":"cloudformation.amazonaws.com"}`, principal{
			actor: machine("cloudformation.amazonaws.com"), onBehalf: record.Account{Source: "aws", Login: "111111111111/ada"}, level: "unknown",
		}},
		"run of a pipeline": {`{"type":"WebIdentityUser","userName":"repo:acme/shop:ref:refs/heads/main"}`, principal{
			actor: machine("repo:acme/shop:ref:refs/heads/main"), level: "unknown",
		}},
		"saml":            {`{"type":"SAMLUser","accountId":"1","userName":"Ada@example.org"}`, principal{actor: mail("ada@example.org"), level: "unknown"}},
		"another account": {`{"type":"AWSAccount","accountId":"3","principalId":"AIDAX"}`, principal{actor: machine("3/aidax"), level: "unknown"}},
		"federated": {`{"type":"FederatedUser","arn":"arn:aws:sts::1:federated-user/eve","accountId":"1","principalId":"1:eve"}`, principal{
			actor: record.Account{Source: "aws", Login: "1/eve"}, level: "unknown", session: "eve",
		}},
		"nothing": {`{}`, principal{level: "unknown"}},
	} {
		a := one(t, s, trailed(test.identity, ""))
		got := principal{a.Actor, a.OnBehalf, a.Principal, a.Session, a.Level}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(principal{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// What is an action, what destroys, what failed.
func TestTrailVerbs(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail})
	for _, test := range []struct {
		source, name, more        string
		kept, destructive, failed bool
	}{
		{"ec2", "TerminateInstances", ``, true, true, false},
		{"ec2", "RunInstances", ``, true, false, false},
		{"ec2", "DeleteTags", ``, true, false, false},
		{"elasticbeanstalk", "RebuildEnvironment", ``, true, true, false},
		{"rds", "DeleteDBCluster", `,"errorCode":"AccessDenied"`, true, true, true},
		{"ec2", "TerminateInstances", `,"errorCode":"Client.DryRunOperation"`, true, true, true},
		{"s3", "DeleteBucket", `,"readOnly":"false"`, true, true, false},
		{"ec2", "CreateTags", `,"readOnly":true`, false, false, false},
		{"ec2", "CreateTags", `,"readOnly":"true"`, false, false, false},
		{"ec2", "DescribeInstances", `,"readOnly":null`, false, false, false},
		{"ec2", "ModifyInstanceAttribute", `,"readOnly":null`, true, false, false},
		{"signin", "ConsoleLogin", ``, false, false, false},
		{"sts", "GetCallerIdentity", ``, false, false, false},
		{"logs", "CreateLogStream", ``, false, false, false},
		{"s3", "DeleteObject", `,"managementEvent":false`, false, false, false},
		{"ec2", "RunInstances", `,"eventCategory":"Insight"`, false, false, false},
	} {
		text := trailed(user, test.more)
		text = strings.Replace(text, `"cloudformation.amazonaws.com"`, `"`+test.source+`.amazonaws.com"`, 1)
		text = strings.Replace(text, `"DeleteStack"`, `"`+test.name+`"`, 1)
		if strings.Contains(test.more, "readOnly") {
			text = strings.Replace(text, `"readOnly":false,`, "", 1)
		}
		a, kept, err := s.fromTrail([]byte(text))
		if err != nil || kept != test.kept || kept && (a.Destructive != test.destructive || a.Failed != test.failed) {
			t.Errorf("%s:%s%s: kept %v, destructive %v, failed %v, %v", test.source, test.name, test.more, kept, a.Destructive, a.Failed, err)
		}
	}
}

// A request may hold a readOnly of its own, which says nothing of the event.
func TestReadOnlyIsTheEventsOwn(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail})
	text := strings.Replace(trailed(user, ""), `{"stackName":"checkout"}`, `{"family":"web","note":"{\"readOnly\":true","mountPoints":[{"readOnly":true}]}`, 1)
	one(t, s, text)
	if readsOnly([]byte(text)) {
		t.Error("taken for an event that reads")
	}
	if !readsOnly([]byte(strings.Replace(text, `"readOnly":false`, `"readOnly" : true`, 1))) {
		t.Error("an event that reads is decoded")
	}
}

func TestResourcesAndTags(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail, Environments: map[string]string{"stage=p*": "production", "*:db:main": "vault", "*": "lab"}})
	for request, want := range map[string][3]string{ // resource, environment, approval
		`{"instancesSet":{"items":[{"instanceId":"i-0abc"},{"instanceId":"i-0def"}]}}`:                                    {"i-0abc", "lab", ""},
		`{"clientRequestToken":"t","force":true,"dBInstanceIdentifier":"arn:aws:rds:eu:1:db:main"}`:                       {"arn:aws:rds:eu:1:db:main", "vault", ""},
		`{"name":"web","tags":[{"key":"Stage","value":"prod"},{"key":"acme:ChangeTicket","value":"CHG-7"}]}`:              {"web", "production", "tag:change-ticket=CHG-7"},
		`{"functionName":"f","tags":{"environment":"Staging","approved_by":"bob@example.org, eve","change":"CHG-8"}}`:     {"f", "lab", "tag:approved-by=bob@example.org, eve"},
		`{"tagSpecificationSet":{"items":[{"tags":[{"key":"cr","value":"7"},{"key":"rfc","value":"8"}]}]},"imageId":"a"}`: {"a", "lab", "tag:cr=7"},
		`{"force":true}`: {"", "lab", ""},
		`null`:           {"", "lab", ""},
		`"x"`:            {"", "lab", ""},
	} {
		a := one(t, s, strings.Replace(trailed(user, ""), `{"stackName":"checkout"}`, request, 1))
		if got := [3]string{a.Resource, a.Environment, a.Approval}; got != want && !(strings.HasPrefix(want[0], "a") && got[2] == want[2]) {
			t.Errorf("%s: %q, want %q", request, got, want)
		}
		if strings.Contains(request, "bob") != (a.ApprovedBy == mail("bob@example.org")) {
			t.Errorf("%s: approved by %+v", request, a.ApprovedBy)
		}
	}
}

// The opening of a session is kept where it says who is behind it, or what was agreed on.
func TestOpenedSessions(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail})
	opening := func(identity, request, more string) (record.Action, bool) {
		t.Helper()
		text := strings.NewReplacer(`"cloudformation.amazonaws.com"`, `"sts.amazonaws.com"`, `"DeleteStack"`, `"AssumeRole"`,
			`{"stackName":"checkout"}`, request, `"readOnly":false`, `"readOnly":true`).Replace(trailed(identity, more))
		a, kept, err := s.fromTrail([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return a, kept
	}
	const request = `{"roleArn":"arn:aws:iam::222222222222:role/teams/ops","roleSessionName":"s-1"`
	a, kept := opening(user, request+`,"tags":[{"key":"approver","value":"bob@example.org"}]}`, "")
	if !kept || a.Resource != "arn:aws:sts::222222222222:assumed-role/ops/s-1" || a.Verb != "sts:AssumeRole" || a.Actor.Login != "111111111111/ada" ||
		a.Approval != "session_tag:approver=bob@example.org" || a.ApprovedBy != mail("bob@example.org") {
		t.Errorf("by a user: %v, %+v", kept, a)
	}
	if a, kept := opening(session("x", "s", ""), request+`,"sourceIdentity":"ada@example.org"}`, ""); !kept || a.OnBehalf != mail("ada@example.org") {
		t.Errorf("by a machine for a person: %v, %+v", kept, a)
	}
	if _, kept := opening(session("x", "s", ""), request+`}`, ""); kept {
		t.Error("by a machine for nobody: kept")
	}
	if _, kept := opening(user, request+`}`, `,"errorCode":"AccessDenied"`); kept {
		t.Error("refused: kept")
	}
	if _, kept := opening(user, `null`, ""); kept {
		t.Error("without a role: kept")
	}
}

// A person is at the console where the session came from there and a second factor opened it.
func TestConsole(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail})
	withMFA := strings.TrimSuffix(user, "}") + `,"sessionContext":{"attributes":{"mfaAuthenticated":"true"}}}`
	for name, test := range map[string]struct {
		identity, agent, more string
		want                  bool
	}{
		"browser":              {withMFA, "Mozilla/5.0 (X11)", `,"sessionCredentialFromConsole":"true"`, true},
		"boolean":              {withMFA, "AWS Internal", `,"sessionCredentialFromConsole":true`, true},
		"single sign-on":       {session("AWSReservedSSO_Dev_1", "ada@example.org", ""), "Mozilla/5.0", `,"sessionCredentialFromConsole":"true"`, true},
		"no second factor":     {user, "Mozilla/5.0", `,"sessionCredentialFromConsole":"true"`, false},
		"not of the console":   {withMFA, "Mozilla/5.0", ``, false},
		"shell of the console": {withMFA, "aws-cli/2.31 exec-env/CloudShell", `,"sessionCredentialFromConsole":"true"`, false},
		"service in between":   {strings.TrimSuffix(withMFA, "}") + `,"invokedBy":"q.amazonaws.com"}`, "Mozilla/5.0", `,"sessionCredentialFromConsole":"true"`, false},
	} {
		a := one(t, s, strings.Replace(trailed(test.identity, test.more), "aws-cli/2.31.0", test.agent, 1))
		if a.Console != test.want {
			t.Errorf("%s: console %v", name, a.Console)
		}
	}
}

func TestTrailRefusesWhatIsNoEvent(t *testing.T) {
	s := source(t, Options{Kind: CloudTrail})
	for _, text := range []string{`{}`, `[]`, `{"eventName":"X","eventSource":"y"}`, `{"eventTime":"yesterday"}`, `{"eventName":7}`, `nonsense`} {
		if _, kept, err := s.fromTrail([]byte(text)); err == nil || kept {
			t.Errorf("%s: kept %v, %v", text, kept, err)
		}
	}
	a := one(t, s, strings.Replace(trailed(user, ""), `"eventID":"e-1",`, "", 1))
	if !strings.HasPrefix(a.ID, "sha256:") {
		t.Errorf("the id of an event without one is %q", a.ID)
	}
}
