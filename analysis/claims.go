package analysis

import (
	"context"
	"fmt"
	"time"

	"github.com/baserate/baserate/analysis/stats"
	"github.com/baserate/baserate/store"
)

// Ledger answers the claims on the data of a store.
type Ledger struct {
	Store *store.Store
	Now   func() time.Time // decides how old the data are; time.Now when nil
}

// New returns a ledger on a store.
func New(s *store.Store) *Ledger { return &Ledger{Store: s} }

// facts are what the answers are made from, asked of the store once for all claims.
type facts struct {
	totals map[string]store.Total // by author class
	people store.People
	health store.Health
	now    time.Time
}

// Claims answers every claim, in the order of the ledger.
func (l *Ledger) Claims(ctx context.Context) ([]Claim, error) {
	definitions, err := Definitions()
	if err != nil {
		return nil, err
	}
	f, err := l.facts(ctx)
	if err != nil {
		return nil, err
	}
	claims := make([]Claim, len(definitions))
	for i, d := range definitions {
		if claims[i], err = l.answer(ctx, d, f); err != nil {
			return nil, fmt.Errorf("claim %s: %w", d.ID, err)
		}
	}
	return claims, nil
}

// Claim answers one claim, and says whether there is one of that id.
func (l *Ledger) Claim(ctx context.Context, id string) (Claim, bool, error) {
	definitions, err := Definitions()
	if err != nil {
		return Claim{}, false, err
	}
	for _, d := range definitions {
		if d.ID != id {
			continue
		}
		f, err := l.facts(ctx)
		if err != nil {
			return Claim{}, true, err
		}
		c, err := l.answer(ctx, d, f)
		return c, true, err
	}
	return Claim{}, false, nil
}

func (l *Ledger) facts(ctx context.Context) (f facts, err error) {
	f.totals = map[string]store.Total{}
	totals, err := l.Store.Totals(ctx)
	if err != nil {
		return f, err
	}
	for _, t := range totals {
		f.totals[t.Class] = t
	}
	if f.people, err = l.Store.People(ctx); err != nil {
		return f, err
	}
	if f.now = time.Now(); l.Now != nil {
		f.now = l.Now()
	}
	f.health, err = l.Store.Health(ctx, f.now.Add(-stats.MaxDataAgeHours*time.Hour))
	return f, err
}

// answer picks the analysis: a claim with an outcome is a comparison, the other is a count.
func (l *Ledger) answer(ctx context.Context, d Definition, f facts) (Claim, error) {
	if d.Outcome == "" {
		return Claim{d, shares(f)}, nil
	}
	a, err := l.compareAll(ctx, d, f)
	return Claim{d, a}, err
}
