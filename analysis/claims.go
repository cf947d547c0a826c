package analysis

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/baserate/baserate/store"
)

// Ledger answers the claims on the data of a store. It is safe for concurrent use. What it read it keeps until the data
// change, so that asking again costs next to nothing.
type Ledger struct {
	Store *store.Store
	Now   func() time.Time // decides how old the data are; time.Now when nil

	mu      sync.Mutex
	reader  *reader
	version string // of the data that the reader read
}

// New returns a ledger on a store.
func New(s *store.Store) *Ledger { return &Ledger{Store: s} }

// inputs are what every analysis starts from.
type inputs struct {
	*reader
	now time.Time
}

// answerer works out the answer to one claim. It is a pure function of what the reader returns, and of the time.
type answerer func(ctx context.Context, in *inputs, d Definition) (Answer, error)

// answerers are the analyses, by the kind that a definition names.
var answerers = map[string]answerer{
	"comparison":    comparison,
	"coincidence":   coincidence,
	"access":        access,
	"second_person": secondPerson,
	"authorised":    authorised,
	"permissions":   permissions,
	"adoption":      adoption,
	"share":         shares,
	"slowdown":      slowdown,
	"limited":       limited,
	"foreseeable":   foreseeable,
	"mandate":       mandate,
}

// Claims answers every claim, in the order of the ledger.
func (l *Ledger) Claims(ctx context.Context) ([]Claim, error) {
	definitions, err := Definitions()
	if err != nil {
		return nil, err
	}
	claims := make([]Claim, len(definitions))
	in, err := l.inputs(ctx)
	if err != nil {
		return nil, err
	}
	for i, d := range definitions {
		if claims[i], err = in.answer(ctx, d); err != nil {
			return nil, err
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
		in, err := l.inputs(ctx)
		if err != nil {
			return Claim{}, true, err
		}
		c, err := in.answer(ctx, d)
		return c, true, err
	}
	return Claim{}, false, nil
}

func (in *inputs) answer(ctx context.Context, d Definition) (Claim, error) {
	missing, err := in.missing(ctx, d)
	if err != nil {
		return Claim{}, fmt.Errorf("claim %s: %w", d.ID, err)
	}
	if len(missing) > 0 {
		return Claim{d, unconnected(missing)}, nil
	}
	a, err := answerers[d.Kind](ctx, in, d)
	if err != nil {
		return Claim{}, fmt.Errorf("claim %s: %w", d.ID, err)
	}
	return Claim{d, a}, nil
}

// inputs returns the reader of the data as they are, a new one where they changed.
func (l *Ledger) inputs(ctx context.Context) (*inputs, error) {
	version, err := l.Store.DataVersion(ctx)
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.reader == nil || l.version != version {
		l.reader, l.version = newReader(l.Store), version
	}
	in := &inputs{reader: l.reader, now: time.Now()}
	if l.Now != nil {
		in.now = l.Now()
	}
	return in, nil
}
