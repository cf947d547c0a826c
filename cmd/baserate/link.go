package main

import (
	"context"
	"fmt"
	"os/user"
	"strings"
	"time"

	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
)

// link keeps what a person says of an incident and a change: it goes over every method and score.
type link struct {
	Confirm linkConfirm `cmd:"" help:"Say that a change caused an incident."`
	Reject  linkReject  `cmd:"" help:"Say that a change did not cause an incident."`
}

type (
	linkConfirm struct{ judgement }
	linkReject  struct{ judgement }
)

// Run keeps that the change caused the incident.
func (c *linkConfirm) Run(ctx context.Context) error { return c.keep(ctx, true) }

// Run keeps that it did not.
func (c *linkReject) Run(ctx context.Context) error { return c.keep(ctx, false) }

// judgement is one of the two.
type judgement struct {
	database
	By       string `help:"Who says so; the account on this machine when not given. It is kept and never shown." placeholder:"NAME"`
	Incident string `arg:"" help:"source:id as in the view incidents, or the id alone."`
	Change   string `arg:"" help:"change_id as in the view changes, or its beginning."`
}

func (c *judgement) keep(ctx context.Context, confirmed bool) error {
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	incident, err := oneIncident(ctx, db.Store, c.Incident)
	if err != nil {
		return err
	}
	change, err := oneChange(ctx, db.Store, c.Change)
	if err != nil {
		return err
	}
	now := time.Now().UTC()
	said := record.Confirmation{Source: incident.Source, Incident: incident.ID, Change: change.ID, Confirmed: confirmed, By: c.person(), At: now}
	err = db.Save(ctx, record.Batch{Confirmations: []record.Confirmation{said}}, record.Collection{
		Source: "baserate", Scope: "command line", Stream: "confirmations", StartedAt: now, FinishedAt: time.Now().UTC(), Status: record.StatusOK, Rows: 1, From: now, To: now,
	})
	if err != nil {
		return err
	}
	if _, err := newFleet(db, nil).derive(ctx); err != nil {
		return err
	}
	word := map[bool]string{true: "confirmed", false: "rejected"}[confirmed]
	fmt.Printf("%s  %s (%s) as the cause of %s (%s)\n", word, change.ID, change.Title, incident.Name, incident.Title)
	return nil
}

func (c *judgement) person() string {
	if c.By != "" {
		return c.By
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

func oneIncident(ctx context.Context, s *store.Store, name string) (store.FoundIncident, error) {
	found, err := s.FindIncidents(ctx, name)
	switch {
	case err != nil:
		return store.FoundIncident{}, err
	case len(found) == 0:
		return store.FoundIncident{}, fmt.Errorf("there is no incident %s: the view incidents lists them", name)
	case len(found) > 1 && found[0].Name != name:
		return store.FoundIncident{}, fmt.Errorf("%s is the id of several incidents, name one of: %s",
			name, strings.Join(store.Column(found, func(f *store.FoundIncident) string { return f.Name }), ", "))
	}
	return found[0], nil
}

func oneChange(ctx context.Context, s *store.Store, id string) (store.FoundChange, error) {
	found, err := s.FindChanges(ctx, id)
	switch {
	case err != nil:
		return store.FoundChange{}, err
	case len(found) == 0:
		return store.FoundChange{}, fmt.Errorf("there is no change %s: its id is owner/name@sha, as the view changes has it", id)
	case len(found) > 1 && found[0].ID != id:
		return store.FoundChange{}, fmt.Errorf("%s is the beginning of several changes, such as %s and %s: write more of it", id, found[0].ID, found[1].ID)
	}
	return found[0], nil
}
