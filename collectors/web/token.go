package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Token is a right to ask a source. It is sent as "Authorization: Bearer …".
type Token struct {
	Origins []string // such as "https://api.github.com": scheme and host of where it is sent, and nowhere else
	Value   string
	// Current returns the value where that changes, such as an installation's, which lives for an hour. Nil: Value.
	Current func(context.Context) (string, error)
}

// key is a token with what is left of its budgets. Calls without a token share a key for each origin.
type key struct {
	Token
	name    string // for errors: "token 2 of 3"
	mu      sync.Mutex
	secrets []string // values that were sent, the newest last
	budgets map[string]budget
	resting time.Time // until then it is left alone
	used    uint64    // when it was taken last, counting
}

// budget is what a token may still do, of one resource.
type budget struct {
	remaining int
	reset     time.Time
}

// keptSecrets is how many values of a token that changes are remembered, to keep them out of errors.
const keptSecrets = 4

// sign puts the token into the header and returns its value, "" when there is none.
func (k *key) sign(req *http.Request) (string, error) {
	if k.Current == nil && k.Value == "" {
		return req.Header.Get("Authorization"), nil
	}
	value := k.Value
	if k.Current != nil {
		var err error
		if value, err = k.Current(req.Context()); err != nil {
			return "", fmt.Errorf("%s: %w", k.name, err)
		}
	}
	k.remember(value)
	req.Header.Set("Authorization", "Bearer "+value)
	return value, nil
}

func (k *key) remember(value string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !slices.Contains(k.secrets, value) {
		k.secrets = append(k.secrets, value)
		k.secrets = k.secrets[max(0, len(k.secrets)-keptSecrets):]
	}
}

// wallet holds the keys of a client.
type wallet struct {
	now func() time.Time

	mu        sync.Mutex
	keys      []*key
	strangers map[string]*key // by origin
	uses      uint64
}

func newWallet(tokens []Token, now func() time.Time) *wallet {
	w := &wallet{now: now, strangers: map[string]*key{}}
	for i, t := range tokens {
		w.keys = append(w.keys, &key{Token: t, name: fmt.Sprintf("token %d of %d", i+1, len(tokens)), budgets: map[string]budget{}})
	}
	return w
}

// pick takes the key with the most left, of several alike the one that has been idle for longest. When none may be used it
// returns nil and when the first may be.
func (w *wallet) pick(origin, resource string) (*key, time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var best *key
	var most int
	var first time.Time
	for _, k := range w.of(origin) {
		left, until := k.left(resource, w.now())
		switch {
		case until.After(w.now()):
			if first.IsZero() || until.Before(first) {
				first = until
			}
		case best == nil || left > most || left == most && k.used < best.used:
			best, most = k, left
		}
	}
	if best != nil {
		w.uses++
		best.used = w.uses
		best.spend(resource)
	}
	return best, first
}

func (w *wallet) of(origin string) []*key {
	var own []*key
	for _, k := range w.keys {
		if slices.Contains(k.Origins, origin) {
			own = append(own, k)
		}
	}
	if own != nil {
		return own
	}
	if w.strangers[origin] == nil {
		w.strangers[origin] = &key{budgets: map[string]budget{}}
	}
	return []*key{w.strangers[origin]}
}

// left is what remains of a budget, as far as the source told, and until when the key is to be left alone.
func (k *key) left(resource string, now time.Time) (int, time.Time) {
	b, known := k.budgets[resource]
	if !known || !b.reset.After(now) {
		return math.MaxInt, k.resting
	}
	if b.remaining <= 0 && b.reset.After(k.resting) {
		return 0, b.reset
	}
	return b.remaining, k.resting
}

// spend takes one from a budget before the source says so: calls that are under way count.
func (k *key) spend(resource string) {
	if b, known := k.budgets[resource]; known {
		b.remaining--
		k.budgets[resource] = b
	}
}

// learn takes over what an answer says of the budget.
func (w *wallet) learn(k *key, asked string, h http.Header) {
	remaining, err := strconv.Atoi(h.Get("X-Ratelimit-Remaining"))
	reset := resetAt(h)
	if err != nil || reset.IsZero() {
		return
	}
	if named := h.Get("X-Ratelimit-Resource"); named != "" {
		asked = named
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	k.budgets[asked] = budget{remaining, reset}
}

// rest leaves a key alone until a time.
func (w *wallet) rest(k *key, until time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if until.After(k.resting) {
		k.resting = until
	}
}
