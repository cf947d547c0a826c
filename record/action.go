package record

import "time"

// Action is something done to a running system without a commit: a stack deleted, a deployment scaled, a setting of an
// organisation changed. Its key is (Source, ID). Actions that only read are not kept.
type Action struct {
	Source string // "cloudtrail", "kubernetes", "github_audit"
	ID     string
	At     time.Time
	System string // what it was done to, as a repository is to a commit: "aws:<account>/<region>", "k8s:<cluster>", "github:<organisation>"

	Actor     Account // who or what did it: a user, a role's session, a service account
	Principal string  // the right that it was done with: a role's ARN, the user that was impersonated; "" when it is the actor's own
	OnBehalf  Account // the person for whom a machine did it, where the source says so; zero: not known
	UserAgent string  // as the source has it
	Session   string  // name of the session, which often holds an address or the number of a run

	Verb        string // "cloudformation:DeleteStack", "delete"
	Resource    string // "arn:…", "apps/deployments prod/checkout"
	Environment string // "" when nothing says
	Destructive bool   // what it took away does not come back by itself: by rules that are data, see collectors/actions
	Failed      bool   // it was refused or failed: kept, and no change
	Level       Level  // what the right allows, LevelUnknown when nothing says
	Console     bool   // clicked in a web console, by somebody who had signed in with a second factor

	Approval   string  // what shows that somebody agreed before: "session_tag:change=CHG-7", "annotation:approved-by=ada"; "" when nothing does
	ApprovedBy Account // who, where it is said
}

// RuleSuite is how a forge judged one push or merge by the rules of the branch. Its key is (Repo, Source, ID).
type RuleSuite struct {
	Source        string
	Repo          string
	ID            string
	Actor         Account
	Ref           string
	Before, After string
	At            time.Time
	Result        string   // "pass", "fail" or "bypass"
	Rules         []string // types of the rules that were not met, such as "pull_request"; nil when the source does not say
	Reason        string   // given for the bypass
}

// Activity is a push, merge or other move of a ref, as the forge saw it. Its key is (Repo, Source, ID). Unlike [RefUpdate]
// it knows who did it, and when.
type Activity struct {
	Source        string
	Repo          string
	ID            string
	Kind          string // "push", "force_push", "branch_deletion", "branch_creation", "pr_merge", "merge_queue_merge"
	Actor         Account
	Ref           string
	Before, After string
	At            time.Time
}

// Rule is a protection of branches, a set of rules, or an app's installation, as it was when a snapshot was taken. Its key is
// (Scope, Source, Kind, ID, SeenAt). It says nothing of the time before.
type Rule struct {
	Source      string
	Scope       string // a repository, or an organisation
	Kind        string // "ruleset", "branch_protection", "installation", "organisation_role"
	ID          string
	Name        string
	Enforcement string   // "active", "evaluate", "disabled"; "" when there is no such thing
	Approvals   uint8    // that it asks for
	Bypass      []string // who need not follow it, as the source words it
	Raw         string   // JSON, as the source gave it
	SeenAt      time.Time
}
