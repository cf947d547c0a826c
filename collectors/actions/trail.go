package actions

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/baserate/baserate/record"
)

// fromTrail reads a record of CloudTrail; it reports false for what is no action.
func (s *Source) fromTrail(data []byte) (record.Action, bool, error) {
	if readsOnly(data) {
		return record.Action{}, false, nil
	}
	var e trailEvent
	if err := json.Unmarshal(data, &e); err != nil {
		return record.Action{}, false, fmt.Errorf("no event: %w", err)
	}
	if e.EventName == "" || e.EventSource == "" || e.EventTime.IsZero() {
		return record.Action{}, false, fmt.Errorf("no event: it lacks eventName, eventSource or eventTime")
	}
	verb := e.service() + ":" + e.EventName
	lower := strings.ToLower(verb)
	if s.rules.sessions.match(lower) {
		return s.opened(&e, verb, data)
	}
	kept, destructive := s.rules.trail.sort(lower, e.ReadOnly.says())
	if !kept || e.EventCategory == "Insight" || e.EventType == "AwsCloudTrailInsight" || e.ManagementEvent != nil && !bool(*e.ManagementEvent) {
		return record.Action{}, false, nil
	}
	a := s.trailAction(&e, verb, data)
	labels := tagsOf(e.Request, "tag")
	a.Resource = e.resource()
	a.Destructive = destructive
	a.Approval, a.ApprovedBy = s.rules.approval(labels, "aws")
	if a.Environment = s.rules.stage(labels); a.Environment == "" {
		a.Environment = s.rules.environment(a.Resource, a.System, e.account())
	}
	a.Console = s.clicked(&e)
	return a, true, nil
}

// trailAction is what every event says.
func (s *Source) trailAction(e *trailEvent, verb string, data []byte) record.Action {
	who := s.rules.who(&e.Identity)
	a := record.Action{
		Source: CloudTrail, ID: e.EventID, At: e.EventTime, System: "aws:" + e.account() + "/" + e.AWSRegion,
		Actor: who.actor, Principal: who.principal, OnBehalf: who.onBehalf, Session: who.session, Level: who.level,
		UserAgent: e.UserAgent, Verb: verb, Failed: e.ErrorCode != "",
	}
	if a.ID == "" { // of an event that was trimmed
		sum := sha256.Sum256(data)
		a.ID = "sha256:" + hex.EncodeToString(sum[:16])
	}
	return a
}

// opened reads the opening of a session, which says who is behind it and, by the session's tags, what was agreed. The resource
// is the session.
func (s *Source) opened(e *trailEvent, verb string, data []byte) (record.Action, bool, error) {
	a := s.trailAction(e, verb, data)
	var request struct {
		RoleARN     string `json:"roleArn"`
		SessionName string `json:"roleSessionName"`
		Source      string `json:"sourceIdentity"`
	}
	_ = json.Unmarshal(e.Request, &request) // what an event that failed may lack
	a.Resource = sessionARN(request.RoleARN, request.SessionName)
	if a.Failed || a.Resource == "" {
		return a, false, nil
	}
	if person := address(request.Source); person != "" {
		a.OnBehalf = account("aws", person)
	}
	labels := append(tagsOf(e.Request, "session_tag"), tagsOf(e.Response, "session_tag")...)
	a.Approval, a.ApprovedBy = s.rules.approval(labels, "aws")
	a.Environment = s.rules.stage(labels)
	// A service that opens a session of its own role is nobody.
	return a, a.Approval != "" || a.Actor.Kind != record.KindApp || a.OnBehalf.Login != "", nil
}

// clicked reports whether somebody clicked it in the console, in a session that a second factor opened. The organisation's
// sign-in asks for one where CloudTrail cannot see it.
func (s *Source) clicked(e *trailEvent) bool {
	agent := strings.ToLower(e.UserAgent)
	role := lastPart(e.Identity.roleARN())
	trusted := bool(e.Identity.Session.Attributes.MFA) || strings.HasPrefix(role, "AWSReservedSSO_")
	return bool(e.FromConsole) && trusted && e.Identity.InvokedBy == "" &&
		s.rules.console.match(agent) && !s.rules.shells.match(agent)
}

// principal is who an identity is, in the terms of an action.
type principal struct {
	actor, onBehalf    record.Account
	principal, session string
	level              record.Level
}

// who reads an identity.
func (r *ruleSet) who(i *identity) principal {
	p := principal{principal: i.roleARN(), session: i.session(), level: record.LevelUnknown}
	p.actor = i.actor(p.principal, p.session)
	switch {
	case i.Type == "Root":
		p.level = record.LevelAdmin
	case p.principal != "":
		p.level = r.level(lastPart(p.principal))
	}
	switch {
	case i.OnBehalfOf.UserID != "" && i.person() != p.actor:
		p.onBehalf = i.person()
	case i.Session.SourceIdentity != "":
		if person := account("aws", i.Session.SourceIdentity); person.Source == "git" && person != p.actor {
			p.onBehalf = person
		}
	}
	if service := strings.ToLower(i.InvokedBy); service != "" && i.Type != "AWSService" {
		if p.onBehalf == (record.Account{}) && p.actor.Kind != record.KindApp {
			p.onBehalf = p.actor
		}
		p.actor = record.Account{Source: "aws", Login: service, Kind: record.KindApp}
	}
	return p
}

// actor is who called, without who stands behind.
func (i *identity) actor(role, session string) record.Account {
	app := func(login string) record.Account {
		return record.Account{Source: "aws", Login: strings.ToLower(login), Kind: record.KindApp}
	}
	switch i.Type {
	case "AWSService":
		return app(i.InvokedBy)
	case "Root":
		return record.Account{Source: "aws", Login: i.AccountID + "/root", Kind: record.KindPerson}
	case "AssumedRole", "Role":
		if address(session) != "" {
			return account("aws", session)
		}
		return app(accountOf(role, i.AccountID) + "/" + lastPart(role))
	case "WebIdentityUser":
		if address(i.UserName) == "" {
			return app(i.UserName)
		}
	case "AWSAccount":
		return app(i.AccountID + "/" + i.PrincipalID)
	case "IdentityCenterUser":
		if i.OnBehalfOf.UserID != "" {
			return i.person()
		}
	}
	name := i.UserName
	if name == "" {
		name = lastPart(i.ARN)
	}
	if name == "" {
		name = i.PrincipalID
	}
	if name == "" || address(name) != "" {
		return account("aws", name)
	}
	return account("aws", i.AccountID+"/"+name)
}

// person is the user of the identity centre who stands behind.
func (i *identity) person() record.Account {
	return record.Account{Source: "aws", Login: strings.ToLower(i.OnBehalfOf.UserID), Kind: record.KindPerson}
}

// accountOf is the account in a role's ARN.
func accountOf(arn, otherwise string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[4]
	}
	return otherwise
}
