package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/api"
	"github.com/baserate/baserate/store"
)

// ledgerOf returns the ledger of a store, and the simulation that its data are, nil when they are none. The clock of a
// simulated fleet stands still at its making: nobody collects it again, so its data do not grow old.
func ledgerOf(ctx context.Context, s *store.Store) (*analysis.Ledger, *store.Simulation, error) {
	ledger := analysis.New(s)
	simulation, found, err := s.Simulation(ctx)
	if err != nil || !found {
		return ledger, nil, err
	}
	ledger.Now = func() time.Time { return simulation.MadeAt }
	return ledger, &simulation, nil
}

// recordAnswers keeps this week's answers as the API gives them, so that a link to them shows the same for ever.
func recordAnswers(ctx context.Context, s *store.Store, ledger *analysis.Ledger) error {
	coverage, err := s.Coverage(ctx)
	if err != nil {
		return fmt.Errorf("record answers: %w", err)
	}
	err = ledger.Record(ctx, func(c analysis.Claim) ([]byte, error) { return api.EncodeClaim(c, coverage.DataTo) })
	if errors.Is(err, analysis.ErrWeekClosed) {
		return nil // the clock went back; what was recorded stands
	}
	return err
}
