package main

import (
	"context"
	"fmt"
	"net/http"

	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/alertmanager"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
	"github.com/baserate/baserate/store"
)

// controls puts a schedule into the words of the API. A pause is kept before it holds.
func controls(s *collectors.Schedule, keep *store.Store) *api.Schedule {
	return &api.Schedule{
		Plan: func() []api.Planned {
			plan := s.Plan()
			all := make([]api.Planned, len(plan))
			for i, p := range plan {
				all[i] = api.Planned(p)
			}
			return all
		},
		Run: s.Trigger,
		Pause: func(ctx context.Context, source string, paused bool) (bool, error) {
			if !s.Has(source) {
				return false, nil
			}
			if err := keep.SavePause(ctx, source, paused); err != nil {
				return true, err
			}
			s.Pause(source, paused)
			return true, nil
		},
	}
}

// alertsOf is the hook of Alertmanager; nil when the config does not say who may call it.
func alertsOf(c *config, sink collectors.Sink) (http.Handler, error) {
	if c.Alertmanager == (alertmanagerConfig{}) {
		return nil, nil
	}
	hook, err := alertmanager.New(alertmanager.Options{
		Token: c.Alertmanager.Token, Secret: c.Alertmanager.Secret, Scope: c.Alertmanager.Name, Repos: outage.Services(c.Services), Sink: sink,
	})
	if err != nil {
		return nil, fmt.Errorf("alertmanager: %w", err)
	}
	return hook, nil
}

// announced is a sink that says when something was saved.
type announced struct {
	collectors.Sink
	news func()
}

// Save saves and says so.
func (a announced) Save(ctx context.Context, b record.Batch, ledger record.Collection) error {
	err := a.Sink.Save(ctx, b, ledger)
	if err == nil {
		a.news()
	}
	return err
}
