package actions

import (
	"strings"
	"testing"

	"github.com/baserate/baserate/record"
)

func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{"*:Delete*", "rds:deletedbcluster", true},
		{"*:Delete*", "rds:undelete", false},
		{"sts:*", "sts:assumerole", true},
		{"sts:*", "xsts:assumerole", false},
		{"edit", "edit", true},
		{"edit", "editor", false},
		{"a*a", "a", false},
		{"a*b*a", "axxbxa", true},
		{"a*b*a", "axxa", false},
		{"*", "", true},
		{"*-sre*", "team-sre-eu", true},
	} {
		if got := newPattern(test.pattern).matches(test.text); got != test.want {
			t.Errorf("%q of %q: %v", test.text, test.pattern, got)
		}
	}
}

func TestRulesAreStrict(t *testing.T) {
	for file, want := range map[string][]string{
		"cloudtrail: {reads: [\"*:Get*\"], writes: []}": {"field writes not found"},
		"levels: 3": {"cannot unmarshal"},
		"cloudtrail: {destructive: [Delete*]}\nkubernetes: {reads: [get]}\nlevels: [{level: boss, names: [x]}]": {
			`cloudtrail.destructive: "Delete*" is not written "service:Event"`, `kubernetes.reads: "get" is not written "verb resource"`, `entry 1: "boss"`,
		},
	} {
		_, err := parseRules([]byte(file))
		for _, words := range want {
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%q: %v, want %q in it", file, err, words)
			}
		}
	}
}

func TestLevels(t *testing.T) {
	r := source(t, Options{Kind: CloudTrail, Levels: map[string]record.Level{"*admin-lite*": record.LevelWrite, "*": record.LevelUnknown, "plain": record.LevelMaintain}}).rules
	for name, want := range map[string]record.Level{"team-admin-lite-1": "write", "AdministratorAccess": "unknown", "plain": "maintain"} {
		if got := r.level(name); got != want {
			t.Errorf("%s: %s, want %s: the options go first", name, got, want)
		}
	}
	r = source(t, Options{Kind: CloudTrail}).rules
	for name, want := range map[string]record.Level{
		"AdministratorAccess": "admin", "ReadOnlyAdmin": "read", "OrganizationAccountAccessRole": "unknown", "prod-operator": "operator", "BreakGlass": "operator",
		"cluster-admin": "admin", "edit": "write", "view": "read", "GitHubActionsDeploy": "write", "PowerUserAccess": "maintain", "web": "unknown",
	} {
		if got := r.level(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestAddresses(t *testing.T) {
	for name, want := range map[string]string{
		"Ada@Example.org": "ada@example.org", "oidc:ada@example.org": "ada@example.org", "https://issuer.example#ada@example.org": "ada@example.org",
		"ada": "", "@example.org": "", "x:@example.org": "", "ada@localhost": "", "corp\\ada": "", "ada@example.org/s": "ada@example.org",
	} {
		if got := address(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestPlainKeys(t *testing.T) {
	for key, want := range map[string]string{
		"approved-by": "approved-by", "acme.example/ApprovedBy": "approved-by", "acme:change_ticket": "change-ticket", "CR": "cr", "Access Request": "access-request",
	} {
		if got := plainKey(key); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}

// Everything that is wrong with the options is said at once, by field.
func TestOptions(t *testing.T) {
	for name, test := range map[string]struct {
		options Options
		want    []string
	}{
		"nothing": {Options{}, []string{`actions.kind: "" is none of cloudtrail, kubernetes`, "actions.path: is missing"}},
		"everything": {Options{
			Kind: "syslog", Path: "/nowhere", Bucket: Bucket{Name: "b"}, Environments: map[string]string{"x": ""}, Levels: map[string]record.Level{"y": "boss"},
		}, []string{"actions.kind", "actions.path: there is a bucket too", `actions.environments: "x"`, `actions.levels: "y": "boss"`}},
		"no file":    {Options{Kind: CloudTrail, Path: "/nowhere"}, []string{"actions.path: stat /nowhere"}},
		"bucket":     {Options{Kind: CloudTrail, Bucket: Bucket{Prefix: "p", AccessKey: "k"}}, []string{"bucket.name", "bucket.endpoint", "bucket.access_key"}},
		"no cluster": {Options{Kind: Kubernetes, Path: "."}, []string{"actions.cluster: is missing"}},
		"cluster":    {Options{Kind: CloudTrail, Path: ".", Cluster: "blue"}, []string{"actions.cluster: CloudTrail knows no clusters"}},
	} {
		_, err := New(test.options)
		for _, words := range test.want {
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%s: %v, want %q in it", name, err, words)
			}
		}
	}
	s := source(t, Options{Kind: CloudTrail, Path: "."})
	if task := s.Tasks()[0]; task.Source != "cloudtrail" || task.Scope != "." || task.Stream != "actions" || task.Collector == nil {
		t.Errorf("%+v", task)
	}
}
