package alertmanager

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// largest is the largest body that is read, in bytes.
const largest = 1 << 20

// Options say who may call the hook and where it keeps what it hears. One of Token and Secret must be there; a caller needs one.
type Options struct {
	Token  string          // sent as "Authorization: Bearer …"
	Secret string          // key of the signature in X-Baserate-Signature
	Scope  string          // name of the sender in the ledger; "alertmanager" when empty
	Repos  outage.Services // repositories of a service, for changes that are named without one
	Sink   collectors.Sink // the store
	Log    *slog.Logger    // slog.Default when nil
	Now    func() time.Time
}

// Hook answers POST /hooks/alertmanager.
type Hook struct {
	options Options
	mu      sync.Mutex // one notification at a time: each begins where the one before it left the cursor
}

// New checks the options, all of them.
func New(o Options) (*Hook, error) {
	var problems []error
	if o.Token == "" && o.Secret == "" {
		problems = append(problems, errors.New("alertmanager.token, alertmanager.secret: one of them is needed, or anybody could report incidents"))
	}
	if o.Token != "" && len(o.Token) < 16 {
		problems = append(problems, errors.New("alertmanager.token: is shorter than 16 characters"))
	}
	if o.Secret != "" && len(o.Secret) < 16 {
		problems = append(problems, errors.New("alertmanager.secret: is shorter than 16 characters"))
	}
	if o.Sink == nil {
		problems = append(problems, errors.New("alertmanager: has no store to keep incidents in"))
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	o.Scope = cmp.Or(o.Scope, "alertmanager")
	return &Hook{options: o}, nil
}

// ServeHTTP takes a notification. It answers 200 when the facts are saved, and 503 when they could not be, upon which Alertmanager
// sends it again.
func (h *Hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, refusal := h.admit(w, r)
	if refusal != nil {
		h.answer(w, refusal.status, map[string]any{"error": refusal.text})
		return
	}
	n, err := Decode(body)
	if err != nil {
		h.answer(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
		return
	}
	ids, err := h.keep(r.Context(), n, body)
	if err != nil {
		h.options.Log.Error("notification of alertmanager was not kept", "group", n.GroupKey, "error", err)
		h.answer(w, http.StatusServiceUnavailable, map[string]any{"error": "it could not be saved now: send it again"})
		return
	}
	h.answer(w, http.StatusOK, map[string]any{"incidents": ids})
}

// refusal is an answer to a call that is not let in.
type refusal struct {
	status int
	text   string
}

// admit reads the body of a call that may be made.
func (h *Hook) admit(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, &refusal{http.StatusMethodNotAllowed, "use POST"}
	}
	signature := r.Header.Get("X-Baserate-Signature")
	known := h.options.Token != "" && sameToken(r.Header.Get("Authorization"), h.options.Token)
	if !known && (h.options.Secret == "" || signature == "") {
		w.Header().Set("WWW-Authenticate", `Bearer realm="baserate"`)
		return nil, &refusal{http.StatusUnauthorized, "the token is missing or wrong: send Authorization: Bearer, or sign the body in X-Baserate-Signature"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largest))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, &refusal{http.StatusRequestEntityTooLarge, "the body is larger than 1 MB: set max_alerts of the webhook"}
	}
	if err != nil {
		return nil, &refusal{http.StatusBadRequest, "the body was cut off"}
	}
	if !known && !signed(body, signature, h.options.Secret) {
		return nil, &refusal{http.StatusUnauthorized, "the signature is wrong: it must be sha256= and the hex HMAC-SHA256 of the body"}
	}
	return body, nil
}

// keep saves what a notification says, with what is now known of all groups.
func (h *Hook) keep(ctx context.Context, n *Notification, body []byte) (ids []string, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	began := h.options.Now()
	cursor, err := h.options.Sink.Cursor(ctx, "alertmanager", h.options.Scope, "webhook")
	if err != nil {
		return nil, err
	}
	known := groups{}
	if cursor != nil {
		if err := json.Unmarshal(cursor, &known); err != nil {
			return nil, fmt.Errorf("read the cursor of alertmanager %s: %w", h.options.Scope, err)
		}
	}
	b := batch(n, body, known, h.options.Repos, began)
	known.forget(began)
	if b.Cursor, err = json.Marshal(known); err != nil {
		return nil, fmt.Errorf("write the cursor of alertmanager: %w", err)
	}
	ids = []string{}
	for _, i := range b.Incidents {
		ids = append(ids, i.ID)
	}
	return ids, h.options.Sink.Save(ctx, b, h.ledger(&b, began))
}

// ledger is the row of the coverage ledger of one notification.
func (h *Hook) ledger(b *record.Batch, began time.Time) record.Collection {
	row := record.Collection{
		Source: "alertmanager", Scope: h.options.Scope, Stream: "webhook", StartedAt: began, FinishedAt: h.options.Now(),
		Status: record.StatusOK, Rows: uint64(b.Rows()), From: began, To: began, Warnings: b.Warnings,
	}
	for _, i := range b.Incidents {
		row.From = i.StartedAt
	}
	for _, warning := range b.Warnings {
		if warning.Loss {
			row.Status = record.StatusPartial
		}
	}
	return row
}

func (h *Hook) answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(body); err != nil {
		h.options.Log.Debug("answer to alertmanager was not read", "error", err)
	}
}
