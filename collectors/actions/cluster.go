package actions

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
)

// clusterEvent is what is read of a record of a Kubernetes audit log, audit.k8s.io/v1.
type clusterEvent struct {
	Kind         string            `json:"kind"`
	AuditID      string            `json:"auditID"`
	Stage        string            `json:"stage"`
	RequestURI   string            `json:"requestURI"`
	Verb         string            `json:"verb"`
	User         clusterUser       `json:"user"`
	Impersonated *clusterUser      `json:"impersonatedUser"`
	UserAgent    string            `json:"userAgent"`
	Annotations  map[string]string `json:"annotations"`
	Object       *struct {
		Resource    string `json:"resource"`
		Namespace   string `json:"namespace"`
		Name        string `json:"name"`
		Group       string `json:"apiGroup"`
		Subresource string `json:"subresource"`
	} `json:"objectRef"`
	Status struct {
		Code int `json:"code"`
	} `json:"responseStatus"`
	Request struct {
		Metadata struct {
			Annotations map[string]string `json:"annotations"`
			Labels      map[string]string `json:"labels"`
		} `json:"metadata"`
	} `json:"requestObject"`
	Received time.Time `json:"requestReceivedTimestamp"`
	Staged   time.Time `json:"stageTimestamp"`
}

type clusterUser struct {
	Name   string              `json:"username"`
	Groups []string            `json:"groups"`
	Extra  map[string][]string `json:"extra"`
}

// fromCluster reads a record of an audit log; it reports false for what is no action. A request has a record at each stage: the
// one of its end says what became of it.
func (s *Source) fromCluster(data []byte) (record.Action, bool, error) {
	var e clusterEvent
	if err := json.Unmarshal(data, &e); err != nil {
		return record.Action{}, false, fmt.Errorf("no event: %w", err)
	}
	if e.Stage == "" || e.Verb == "" || e.AuditID == "" {
		return record.Action{}, false, fmt.Errorf("no event: it lacks stage, verb or auditID")
	}
	if e.Stage != "ResponseComplete" || e.Object == nil || strings.Contains(e.RequestURI, "dryRun=") {
		return record.Action{}, false, nil
	}
	kept, destructive := s.rules.cluster.sort(e.Verb+" "+e.target(), nil)
	if !kept {
		return record.Action{}, false, nil
	}
	if e.Received.IsZero() {
		e.Received = e.Staged
	}
	a := record.Action{
		Source: Kubernetes, ID: e.AuditID, At: e.Received, System: "k8s:" + s.options.Cluster, UserAgent: e.UserAgent,
		Verb: e.Verb, Resource: e.resource(), Destructive: destructive,
		Failed: e.Status.Code >= 400 || e.Annotations["authorization.k8s.io/decision"] == "forbid",
	}
	if a.At.IsZero() {
		return a, false, fmt.Errorf("no event: it lacks requestReceivedTimestamp")
	}
	s.rules.acting(&a, &e)
	labels := e.labels()
	a.Approval, a.ApprovedBy = s.rules.approval(labels, Kubernetes)
	if a.Environment = s.rules.stage(labels); a.Environment == "" {
		a.Environment = s.rules.environment(e.Object.Namespace, a.Resource, a.System, s.options.Cluster)
	}
	return a, true, nil
}

// target is the resource as rules.yaml writes it: "deployments.apps/scale".
func (e *clusterEvent) target() string {
	o := e.Object
	name := o.Resource
	if o.Group != "" {
		name += "." + o.Group
	}
	if o.Subresource != "" { // pods/exec; deployments/scale.apps
		name = o.Resource + "/" + o.Subresource
		if o.Group != "" {
			name += "." + o.Group
		}
	}
	return strings.ToLower(name)
}

// resource is what an action is about: "apps/deployments prod/checkout".
func (e *clusterEvent) resource() string {
	o := e.Object
	kind, name := o.Resource, o.Name
	if o.Group != "" {
		kind = o.Group + "/" + kind
	}
	if o.Subresource != "" {
		kind += "/" + o.Subresource
	}
	if o.Namespace != "" {
		name = o.Namespace + "/" + name
	}
	return strings.TrimSuffix(strings.TrimSpace(kind+" "+name), "/")
}

// grantedBy finds the role in the reason that the authorizer gives: RBAC: allowed by ClusterRoleBinding "x" of ClusterRole "y" …
var grantedBy = regexp.MustCompile(`\b((?:Cluster)?Role) "([^"]+)"`)

// acting fills in who did it, and with what right.
func (r *ruleSet) acting(a *record.Action, e *clusterEvent) {
	a.Actor = e.User.account()
	role := grantedBy.FindStringSubmatch(e.Annotations["authorization.k8s.io/reason"])
	rights := []string{}
	if role != nil {
		a.Principal = role[1] + "/" + role[2]
		rights = append(rights, role[2])
	}
	groups := e.User.Groups
	if e.Impersonated != nil {
		a.Principal, groups = e.Impersonated.Name, e.Impersonated.Groups
		// What impersonates people for its living is a proxy; a person who does it means to be somebody else.
		if a.Actor.Kind == record.KindApp && e.Impersonated.account().Kind != record.KindApp {
			a.OnBehalf = e.Impersonated.account()
		}
	}
	if slices.Contains(groups, "system:masters") {
		rights = append([]string{"system:masters"}, rights...)
	}
	a.Level = r.level(rights...)
	for _, key := range slices.Sorted(maps.Keys(e.User.Extra)) {
		if plain := plainKey(key); plain == "session-name" && len(e.User.Extra[key]) > 0 { // EKS: of the role behind the user
			a.Session = e.User.Extra[key][0]
			if mail := address(a.Session); mail != "" && a.Actor.Source != "git" {
				a.OnBehalf = account(Kubernetes, mail)
			}
		}
	}
}

// account is the user as an account: the person of an address, a machine, or a name that says neither.
func (u *clusterUser) account() record.Account {
	a := account(Kubernetes, u.Name)
	if a.Source != "git" && (strings.HasPrefix(a.Login, "system:") && a.Login != "system:admin" || strings.HasPrefix(a.Login, "eks:")) {
		a.Kind = record.KindApp
	}
	return a
}

// labels are the annotations of the record, of the user's session and of the object, in this order.
func (e *clusterEvent) labels() []label {
	var all []label
	add := func(where string, pairs map[string]string) {
		for _, key := range slices.Sorted(maps.Keys(pairs)) {
			all = append(all, label{where, key, pairs[key]})
		}
	}
	add("annotation", e.Annotations)
	for _, key := range slices.Sorted(maps.Keys(e.User.Extra)) {
		all = append(all, label{"session", key, strings.Join(e.User.Extra[key], ",")})
	}
	add("annotation", e.Request.Metadata.Annotations)
	add("label", e.Request.Metadata.Labels)
	return all
}
