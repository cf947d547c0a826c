package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

func insertRuleSuites(ss []record.RuleSuite, version uint64) insert {
	return insert{"insert_rule_suites", []any{
		Column(ss, func(s *record.RuleSuite) string { return s.Source }),
		Column(ss, func(s *record.RuleSuite) string { return s.Repo }),
		Column(ss, func(s *record.RuleSuite) string { return s.ID }),
		Column(ss, func(s *record.RuleSuite) string { return s.Actor.Login }),
		Column(ss, func(s *record.RuleSuite) string { return string(s.Actor.Kind) }),
		Column(ss, func(s *record.RuleSuite) string { return s.Ref }),
		Column(ss, func(s *record.RuleSuite) string { return s.Before }),
		Column(ss, func(s *record.RuleSuite) string { return s.After }),
		Column(ss, func(s *record.RuleSuite) time.Time { return s.At }),
		Column(ss, func(s *record.RuleSuite) string { return s.Result }),
		Column(ss, func(s *record.RuleSuite) []string { return s.Rules }),
		Column(ss, func(s *record.RuleSuite) string { return s.Reason }),
		Repeat(len(ss), version),
	}}
}

func insertActivities(as []record.Activity, version uint64) insert {
	return insert{"insert_activities", []any{
		Column(as, func(a *record.Activity) string { return a.Source }),
		Column(as, func(a *record.Activity) string { return a.Repo }),
		Column(as, func(a *record.Activity) string { return a.ID }),
		Column(as, func(a *record.Activity) string { return a.Kind }),
		Column(as, func(a *record.Activity) string { return a.Actor.Login }),
		Column(as, func(a *record.Activity) string { return string(a.Actor.Kind) }),
		Column(as, func(a *record.Activity) string { return a.Ref }),
		Column(as, func(a *record.Activity) string { return a.Before }),
		Column(as, func(a *record.Activity) string { return a.After }),
		Column(as, func(a *record.Activity) time.Time { return a.At }),
		Repeat(len(as), version),
	}}
}

func insertRules(rs []record.Rule, version uint64) insert {
	return insert{"insert_rules", []any{
		Column(rs, func(r *record.Rule) string { return r.Source }),
		Column(rs, func(r *record.Rule) string { return r.Scope }),
		Column(rs, func(r *record.Rule) string { return r.Kind }),
		Column(rs, func(r *record.Rule) string { return r.ID }),
		Column(rs, func(r *record.Rule) string { return r.Name }),
		Column(rs, func(r *record.Rule) string { return r.Enforcement }),
		Column(rs, func(r *record.Rule) uint8 { return r.Approvals }),
		Column(rs, func(r *record.Rule) []string { return r.Bypass }),
		Column(rs, func(r *record.Rule) string { return r.Raw }),
		Column(rs, func(r *record.Rule) time.Time { return r.SeenAt }),
		Repeat(len(rs), version),
	}}
}

func insertActions(as []record.Action, version uint64) insert {
	return insert{"insert_actions", []any{
		Column(as, func(a *record.Action) string { return a.System }),
		Column(as, func(a *record.Action) time.Time { return a.At }),
		Column(as, func(a *record.Action) string { return a.Source }),
		Column(as, func(a *record.Action) string { return a.ID }),
		Column(as, func(a *record.Action) string { return a.Actor.Source }),
		Column(as, func(a *record.Action) string { return a.Actor.Login }),
		Column(as, func(a *record.Action) string { return string(a.Actor.Kind) }),
		Column(as, func(a *record.Action) string { return a.Principal }),
		Column(as, func(a *record.Action) string { return a.OnBehalf.Source }),
		Column(as, func(a *record.Action) string { return a.OnBehalf.Login }),
		Column(as, func(a *record.Action) string { return a.UserAgent }),
		Column(as, func(a *record.Action) string { return a.Session }),
		Column(as, func(a *record.Action) string { return a.Verb }),
		Column(as, func(a *record.Action) string { return a.Resource }),
		Column(as, func(a *record.Action) string { return a.Environment }),
		Column(as, func(a *record.Action) bool { return a.Destructive }),
		Column(as, func(a *record.Action) bool { return a.Failed }),
		Column(as, func(a *record.Action) string { return string(a.Level) }),
		Column(as, func(a *record.Action) bool { return a.Console }),
		Column(as, func(a *record.Action) string { return a.Approval }),
		Column(as, func(a *record.Action) string { return a.ApprovedBy.Source }),
		Column(as, func(a *record.Action) string { return a.ApprovedBy.Login }),
		Repeat(len(as), version),
	}}
}
