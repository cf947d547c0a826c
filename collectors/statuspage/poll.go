package statuspage

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/http"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

// full is how many incidents a page shows at most.
const full = 50

// poll reads one page.
type poll struct {
	source         *Source
	address, scope string
}

// position is the cursor: what the page showed last.
type position struct {
	Shown outage.Recent `json:"shown"`
}

// Collect reads the page, and tells what is new on it or has changed.
func (p *poll) Collect(ctx context.Context, since record.Cursor) iter.Seq2[record.Batch, error] {
	return func(yield func(record.Batch, error) bool) {
		b, err := p.read(ctx, since)
		if err != nil {
			b = record.Batch{}
		}
		yield(b, err)
	}
}

func (p *poll) read(ctx context.Context, since record.Cursor) (b record.Batch, err error) {
	before := position{}
	if since != nil {
		if err := json.Unmarshal(since, &before); err != nil {
			return b, fmt.Errorf("read the cursor of statuspage %s: %w", p.scope, err)
		}
	}
	ctx, requests := web.Count(ctx)
	var shown page
	if _, err := p.source.client.JSON(ctx, http.MethodGet, p.address+"/api/v2/incidents.json", nil, nil, &shown); err != nil {
		return b, err
	}
	if shown.Incidents == nil {
		return b, fmt.Errorf("%s/api/v2/incidents.json has no incidents in it: is it a page of Statuspage?", p.address)
	}
	known, after := 0, position{Shown: outage.Recent{}}
	for _, raw := range shown.Incidents {
		id, err := p.tell(&b, raw, &before, &after)
		if err != nil {
			return b, err
		}
		if _, is := before.Shown[id]; is {
			known++
		}
	}
	if len(before.Shown) > 0 && known == 0 && len(shown.Incidents) >= full {
		b.Warnings = append(b.Warnings, record.Warning{
			Code: "scrolled_out", Subject: p.scope, Loss: true,
			Detail: fmt.Sprintf("none of the %d incidents on the page was known: older incidents scrolled out since the last look; import an export to fill the gap", len(shown.Incidents)),
		})
	}
	b.Requests = requests.Load()
	b.Covered = []record.Covered{{Scope: p.scope, To: p.source.options.Now()}}
	b.Cursor, err = json.Marshal(after)
	return b, err
}

// tell adds one incident of the page to a batch if there is news of it, and returns its id.
func (p *poll) tell(b *record.Batch, raw json.RawMessage, before, after *position) (string, error) {
	now := p.source.options.Now()
	fact, causes, err := read(raw, p.address, p.source.options.Repos)
	if err != nil {
		return "", fmt.Errorf("%s: %w", p.address, err)
	}
	warnings := outage.Straighten(&fact, now)
	if told, is := before.Shown[fact.ID]; is {
		after.Shown[fact.ID] = told
	}
	causes, news := after.Shown.News(fact, causes, nil)
	if news {
		b.Incidents, b.Causes, b.Warnings = append(b.Incidents, fact), append(b.Causes, causes...), append(b.Warnings, warnings...)
		b.Payloads = append(b.Payloads, record.Payload{Source: "statuspage", Kind: "incident", Scope: p.scope, ID: fact.ID, Body: string(raw)})
	}
	return fact.ID, nil
}
