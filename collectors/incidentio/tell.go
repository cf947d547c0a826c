package incidentio

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
	for n := range list {
		i := &list[n]
		w.done++
		if !w.asked.Holds(i.UpdatedAt) {
			continue
		}
		told, known := w.Recent[i.ID]
		if known && !w.position.Sweep && !i.UpdatedAt.After(told.At) {
			continue
		}
		if err := w.tell(ctx, &b, i); err != nil {
			return record.Batch{}, err
		}
	}
	b.Warnings = append(b.Warnings, w.asked.Warnings(w.options.Scope)...)
	return b, nil
}

// tell adds an incident to a batch if there is news of it.
func (w *walk) tell(ctx context.Context, b *record.Batch, i *incident) error {
	attached, err := w.attached(ctx, i.ID)
	if web.Status(err) == http.StatusNotFound { // it was deleted since it was listed
		delete(w.Recent, i.ID)
		b.Tombstones = append(b.Tombstones, record.Tombstone{Source: "incidentio", Kind: "incident", Scope: w.options.Scope, ID: i.ID, Reason: "deleted", SeenAt: w.now})
		return nil
	}
	if err != nil {
		return err
	}
	fact := w.options.fact(i, w.levels)
	mention(&fact, attached)
	warnings := outage.Straighten(&fact, w.now)
	unasked := func(_ record.CauseRole, method string) bool { return w.denied != "" && method == "attachment" }
	causes, news := w.Recent.News(fact, w.options.stated(&fact, i, attached), unasked)
	if !news {
		return nil
	}
	b.Incidents, b.Causes, b.Warnings = append(b.Incidents, fact), append(b.Causes, causes...), append(b.Warnings, warnings...)
	b.Payloads = append(b.Payloads, record.Payload{Source: "incidentio", Kind: "incident", Scope: w.options.Scope, ID: i.ID, Body: i.body()})
	return nil
}

// attached reads the attachments of an incident, unless the account does not show them.
func (w *walk) attached(ctx context.Context, id string) ([]attachment, error) {
	if w.denied != "" {
		return nil, nil
	}
	all, err := w.attachments(ctx, id)
	if web.Status(err) == http.StatusForbidden {
		w.denied = fmt.Sprintf("incident.io does not show attachments to this token: give its API key the right to view data (%s)", err)
		return nil, nil
	}
	return all, err
}

// send hands a batch over with the cursor that holds after it.
func (w *walk) send(b record.Batch, requests uint64) error {
	w.Recent.Forget(w.now.Add(-w.options.Settle - 2*24*time.Hour)) // walks begin with a day
	cursor, err := json.Marshal(w.position)
	if err != nil {
		return fmt.Errorf("write the cursor of incidentio: %w", err)
	}
	b.Cursor, b.Requests = cursor, requests
	b.Progress = record.Progress{Done: w.done, Unit: "incidents"}
	return w.emit(b)
}
