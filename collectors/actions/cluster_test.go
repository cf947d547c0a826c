package actions

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/baserate/baserate/record"
)

// audited is a record of a cluster's audit log with further keys.
func audited(user, verb, object, more string) string {
	return `{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"a-1","stage":"ResponseComplete","requestURI":"/apis/x",` +
		`"verb":"` + verb + `","user":` + user + `,"userAgent":"kubectl/v1.34","objectRef":` + object +
		`,"responseStatus":{"metadata":{},"code":200},"requestReceivedTimestamp":"2026-11-20T08:30:00.123456Z","stageTimestamp":"2026-11-20T08:30:00.2Z"` + more + `}`
}

const (
	deployment = `{"resource":"deployments","namespace":"prod","name":"checkout","apiGroup":"apps","apiVersion":"v1"}`
	agent      = `{"username":"system:serviceaccount:agents:claude-code","groups":["system:serviceaccounts"]}`
)

func cluster(t *testing.T, environments map[string]string) *Source {
	t.Helper()
	return source(t, Options{Kind: Kubernetes, Cluster: "blue", Environments: environments})
}

func TestClusterAction(t *testing.T) {
	s := cluster(t, map[string]string{"prod*": "production", "blue": "lab"})
	got := one(t, s, audited(agent, "delete", deployment, `,"annotations":{"authorization.k8s.io/decision":"allow",
		"authorization.k8s.io/reason":"RBAC: allowed by ClusterRoleBinding \"agents\" of ClusterRole \"cluster-admin\" to Group \"agents\"",
		"acme.example/approved-by":"bob@example.org"}`))
	want := record.Action{
		Source: "kubernetes", ID: "a-1", At: time.Date(2026, 11, 20, 8, 30, 0, 123456000, time.UTC), System: "k8s:blue",
		Actor:     record.Account{Source: "kubernetes", Login: "system:serviceaccount:agents:claude-code", Kind: record.KindApp},
		Principal: "ClusterRole/cluster-admin", UserAgent: "kubectl/v1.34", Verb: "delete", Resource: "apps/deployments prod/checkout",
		Environment: "production", Destructive: true, Level: record.LevelAdmin, Approval: "annotation:approved-by=bob@example.org", ApprovedBy: mail("bob@example.org"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What is an action in a cluster, and what destroys.
func TestClusterVerbs(t *testing.T) {
	s := cluster(t, nil)
	object := func(resource, group, sub string) string {
		return `{"resource":"` + resource + `","apiGroup":"` + group + `","subresource":"` + sub + `","namespace":"n","name":"x"}`
	}
	for _, test := range []struct {
		verb, object, more string
		kept, destructive  bool
	}{
		{"delete", object("namespaces", "", ""), "", true, true},
		{"deletecollection", object("persistentvolumeclaims", "", ""), "", true, true},
		{"delete", object("pods", "", ""), "", true, false},
		{"deletecollection", object("pods", "", ""), "", true, false},
		{"create", object("pods", "", "eviction"), "", true, false},
		{"patch", object("deployments", "apps", "scale"), "", true, false},
		{"create", object("pods", "", "exec"), "", true, false},
		{"get", object("pods", "", "exec"), "", true, false},
		{"get", object("pods", "", ""), "", false, false},
		{"watch", object("secrets", "", ""), "", false, false},
		{"update", object("leases", "coordination.k8s.io", ""), "", false, false},
		{"patch", object("events", "", ""), "", false, false},
		{"patch", object("nodes", "", "status"), "", false, false},
		{"patch", object("deployments", "apps", "status"), "", false, false},
		{"create", object("selfsubjectaccessreviews", "authorization.k8s.io", ""), "", false, false},
		{"create", object("serviceaccounts", "", "token"), "", false, false},
		{"get", "null", "", false, false},
		{"delete", object("secrets", "", ""), `,"stage":"ResponseStarted"`, false, false},
		{"delete", object("secrets", "", ""), `,"requestURI":"/api/v1/x?dryRun=All"`, false, false},
	} {
		a, kept, err := s.fromCluster([]byte(audited(agent, test.verb, test.object, test.more)))
		if err != nil || kept != test.kept || a.Destructive != test.destructive {
			t.Errorf("%s %s%s: kept %v, destructive %v, %v", test.verb, test.object, test.more, kept, a.Destructive, err)
		}
	}
}

// Who acts, as whom, and for whom.
func TestClusterUsers(t *testing.T) {
	s := cluster(t, nil)
	k8s := func(login string, kind record.AccountKind) record.Account {
		return record.Account{Source: "kubernetes", Login: login, Kind: kind}
	}
	for name, test := range map[string]struct {
		user, more string
		want       principal
	}{
		"person":  {`{"username":"oidc:Ada@example.org","groups":["dev"]}`, "", principal{actor: mail("ada@example.org"), level: "unknown"}},
		"name":    {`{"username":"Ada"}`, "", principal{actor: k8s("ada", ""), level: "unknown"}},
		"masters": {`{"username":"kubernetes-admin","groups":["system:masters"]}`, "", principal{actor: k8s("kubernetes-admin", ""), level: "admin"}},
		"file":    {`{"username":"system:admin","groups":["system:masters"]}`, "", principal{actor: k8s("system:admin", ""), level: "admin"}},
		"node":    {`{"username":"system:node:n1"}`, "", principal{actor: k8s("system:node:n1", record.KindApp), level: "unknown"}},
		"a person as another": {`{"username":"ada@example.org"}`, `,"impersonatedUser":{"username":"admin","groups":["system:masters"]}`, principal{
			actor: mail("ada@example.org"), principal: "admin", level: "admin",
		}},
		"a proxy for a person": {`{"username":"system:serviceaccount:teleport:proxy"}`, `,"impersonatedUser":{"username":"ada@example.org"}`, principal{
			actor: k8s("system:serviceaccount:teleport:proxy", record.KindApp), principal: "ada@example.org", onBehalf: mail("ada@example.org"), level: "unknown",
		}},
		"a proxy as a machine": {`{"username":"system:serviceaccount:x:p"}`, `,"impersonatedUser":{"username":"system:serviceaccount:y:q"}`, principal{
			actor: k8s("system:serviceaccount:x:p", record.KindApp), principal: "system:serviceaccount:y:q", level: "unknown",
		}},
		"role of a cloud": {`{"username":"deployer","extra":{"sessionName":["ada@example.org"],"arn":["arn:aws:sts::1:assumed-role/deployer/ada"]}}`, "", principal{
			actor: k8s("deployer", ""), onBehalf: mail("ada@example.org"), session: "ada@example.org", level: "unknown",
		}},
		"bound": {`{"username":"ada"}`, `,"annotations":{"authorization.k8s.io/reason":"RBAC: allowed by RoleBinding \"x/n\" of Role \"prod-operator\" to User \"ada\""}`, principal{
			actor: k8s("ada", ""), principal: "Role/prod-operator", level: "operator",
		}},
	} {
		a := one(t, s, audited(test.user, "patch", deployment, test.more))
		got := principal{a.Actor, a.OnBehalf, a.Principal, a.Session, a.Level}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(principal{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestClusterRefusals(t *testing.T) {
	s := cluster(t, nil)
	for _, more := range []string{`,"responseStatus":{"code":403}`, `,"annotations":{"authorization.k8s.io/decision":"forbid"}`} {
		if a := one(t, s, audited(agent, "delete", deployment, more)); !a.Failed {
			t.Errorf("%s: not failed", more)
		}
	}
	for _, text := range []string{`{}`, `{"kind":"EventList"}`, `nonsense`, `{"stage":"ResponseComplete","verb":"get"}`} {
		if _, kept, err := s.fromCluster([]byte(text)); err == nil || kept {
			t.Errorf("%s: kept %v, %v", text, kept, err)
		}
	}
	bare := strings.NewReplacer(`"requestReceivedTimestamp":"2026-11-20T08:30:00.123456Z",`, "").Replace(audited(agent, "delete", deployment, ""))
	if a := one(t, s, bare); a.At.IsZero() {
		t.Error("the time of the stage does not stand for that of the request")
	}
}

// What was agreed on may stand on the object, where the log has requests whole.
func TestApprovalOnTheObject(t *testing.T) {
	s := cluster(t, map[string]string{"stage=live": "production"})
	a := one(t, s, audited(agent, "patch", deployment, `,"requestObject":{"metadata":{"annotations":{"change/ticket":"CHG-7"},"labels":{"stage":"live"}}}`))
	if a.Approval != "annotation:ticket=CHG-7" || a.ApprovedBy != (record.Account{}) || a.Environment != "production" {
		t.Errorf("%q by %+v in %q", a.Approval, a.ApprovedBy, a.Environment)
	}
}
