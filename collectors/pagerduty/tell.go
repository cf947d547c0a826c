package pagerduty

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// batch reads what belongs to the incidents of a page that are new or changed.
func (w *walk) batch(ctx context.Context, list []incident) (b record.Batch, err error) {
	for _, i := range list {
		told, known := w.Recent[i.ID]
		changed := !known || later(i.UpdatedAt, i.LastStatusChangeAt, i.CreatedAt).After(told.At)
		if w.seen[i.ID] || !changed && !w.sweep {
			w.seen[i.ID] = true
			continue
		}
		w.seen[i.ID] = true
		if err := w.tell(ctx, &b, &i); err != nil {
			return record.Batch{}, err
		}
	}
	return b, nil
}

// tell adds an incident to a batch if there is news of it.
func (w *walk) tell(ctx context.Context, b *record.Batch, i *incident) error {
	log, err := w.log(ctx, i.ID)
	if err != nil {
		return err
	}
	events, raw, err := w.related(ctx, i.ID)
	if err != nil {
		return err
	}
	fact := w.options.fact(i, log)
	warnings := outage.Straighten(&fact, w.now)
	unasked := func(_ record.CauseRole, method string) bool { return w.denied != "" && method == "change_event" }
	causes, news := w.Recent.News(fact, stated(&fact, log, events), unasked)
	if !news {
		return nil
	}
	b.Incidents, b.Causes, b.Warnings = append(b.Incidents, fact), append(b.Causes, causes...), append(b.Warnings, warnings...)
	b.Payloads = append(b.Payloads, record.Payload{Source: "pagerduty", Kind: "incident", Scope: w.options.Scope, ID: i.ID, Body: string(i.raw)})
	if len(events) > 0 {
		b.Payloads = append(b.Payloads, record.Payload{Source: "pagerduty", Kind: "change_events", Scope: w.options.Scope, ID: i.ID, Body: string(raw)})
	}
	return nil
}

// related reads the change events of an incident, unless the account has none or does not show them.
func (w *walk) related(ctx context.Context, id string) ([]changeEvent, json.RawMessage, error) {
	if w.denied != "" {
		return nil, nil, nil
	}
	events, raw, err := w.changes(ctx, id)
	switch web.Status(err) {
	case http.StatusNotFound:
		if w.shown { // of other incidents: this one has just gone
			return nil, nil, nil
		}
		fallthrough
	case http.StatusPaymentRequired, http.StatusForbidden:
		w.denied = fmt.Sprintf("pagerduty does not show related change events to this token: they come with its event intelligence (%s)", err)
		return nil, nil, nil
	}
	w.shown = w.shown || err == nil
	return events, raw, err
}

// send hands a batch over with the cursor that holds after it.
func (w *walk) send(b record.Batch, requests uint64) error {
	w.Recent.Forget(w.now.Add(-w.options.Settle - overlap))
	cursor, err := json.Marshal(w.position)
	if err != nil {
		return fmt.Errorf("write the cursor of pagerduty: %w", err)
	}
	b.Cursor, b.Requests = cursor, requests
	b.Progress = record.Progress{Done: int64(len(w.seen)), Unit: "incidents"}
	return w.emit(b)
}

func ids(list []incident) []string {
	all := make([]string, len(list))
	for i := range list {
		all[i] = list[i].ID
	}
	return all
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
