package jira

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

// batch reads what belongs to the incidents of a page that are new or changed, and moves the watermark.
func (w *walk) batch(ctx context.Context, list []issue) (b record.Batch, err error) {
	for n := range list {
		i := &list[n]
		updated := i.time("updated")
		if updated.IsZero() || i.time("created").IsZero() {
			return record.Batch{}, fmt.Errorf("jira: issue %s has no time of creation or change: is the account allowed to see its fields?", i.Key)
		}
		if !w.asked.Holds(updated) {
			w.seen[i.ID] = true
			continue
		}
		told, known := w.Recent[i.ID]
		if !w.seen[i.ID] && (!known || w.sweep || updated.After(told.At)) {
			if err := w.tell(ctx, &b, i); err != nil {
				return record.Batch{}, err
			}
		}
		w.seen[i.ID] = true
		if updated.After(w.Through) && !updated.After(w.now) {
			w.Through = updated
		}
	}
	b.Warnings = append(b.Warnings, w.asked.Warnings(w.options.Scope)...)
	return b, nil
}

// tell adds an incident to a batch if there is news of it.
func (w *walk) tell(ctx context.Context, b *record.Batch, i *issue) error {
	fact := w.options.fact(i)
	causes := w.options.stated(&fact, i)
	var keys []string
	for _, origin := range w.options.origins(i) {
		addresses, err := w.remote(ctx, cmp.Or(origin.ID, origin.Key))
		if err != nil {
			return err
		}
		keys = append(keys, origin.Key)
		causes = append(causes, w.options.linked(&fact, &origin, addresses)...)
	}
	outage.Add(fact.Extra, "caused_by", strings.Join(keys, "; "))
	warnings := outage.Straighten(&fact, w.now)
	causes, news := w.Recent.News(fact, causes, nil)
	if !news {
		return nil
	}
	b.Incidents, b.Causes, b.Warnings = append(b.Incidents, fact), append(b.Causes, causes...), append(b.Warnings, warnings...)
	b.Payloads = append(b.Payloads, record.Payload{Source: "jira", Kind: "incident", Scope: w.options.Scope, ID: i.ID, Body: string(i.raw)})
	return nil
}

// send hands a batch over with the cursor that holds after it.
func (w *walk) send(b record.Batch, requests uint64) error {
	w.Recent.Forget(w.now.Add(-w.options.Settle - time.Hour))
	cursor, err := json.Marshal(w.position)
	if err != nil {
		return fmt.Errorf("write the cursor of jira: %w", err)
	}
	b.Cursor, b.Requests = cursor, requests
	b.Progress = record.Progress{Done: int64(len(w.seen)), Unit: "incidents"}
	return w.emit(b)
}
