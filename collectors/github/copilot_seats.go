package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// seat is a licence of GitHub's assistant.
type seat struct {
	CreatedAt    time.Time  `json:"created_at"`
	LastActivity *time.Time `json:"last_activity_at"`
	Plan         string     `json:"plan_type"`
	Assignee     *restUser
}

// parseSeats reads a page of the list; total is how many seats there are on all pages. A seat without a user yet, such as that
// of an invitation, has no login and is left out.
func parseSeats(body []byte) (seats []record.Seat, listed, total int, err error) {
	var page struct {
		Total int `json:"total_seats"`
		Seats []seat
	}
	if err := json.Unmarshal(body, &page); err != nil {
		return nil, 0, 0, err
	}
	for i := range page.Seats {
		one := &page.Seats[i]
		if one.Assignee == nil || one.Assignee.Login == "" {
			continue
		}
		s := record.Seat{Account: one.Assignee.account(), Tool: copilotTool, Plan: one.Plan, CreatedAt: one.CreatedAt}
		if one.LastActivity != nil {
			s.LastActiveAt = *one.LastActivity
		}
		seats = append(seats, s)
	}
	return seats, len(page.Seats), page.Total, nil
}

// copilotSeats takes a daily snapshot of the licences: how many there were on a day is known only from that day.
func (s *Source) copilotSeats() collectors.Task {
	return s.stream("copilot_seats", 24*time.Hour, func(ctx context.Context, p *pass, since record.Cursor) error {
		cursor := decode[snapshot](since)
		if !cursor.begin(s.now()) {
			return nil
		}
		if s.opts.Org == "" {
			return collectors.Absent{Why: "seats of Copilot belong to an organisation, and none is named here"}
		}
		b, err := s.seats(ctx)
		if err != nil {
			return s.absent(err)
		}
		cursor.end()
		if b.Cursor, err = encode(cursor); err != nil {
			return err
		}
		return p.send(b)
	})
}

func (s *Source) seats(ctx context.Context) (record.Batch, error) {
	var b record.Batch
	read, total := 0, 0
	err := s.eachPage(ctx, fmt.Sprintf("orgs/%s/copilot/billing/seats?per_page=100", s.opts.Org), func(body []byte, _ string) (bool, error) {
		seats, listed, all, err := parseSeats(body)
		b.Seats = append(b.Seats, seats...)
		read, total = read+listed, all
		return read < total, err
	})
	if err != nil {
		return b, err
	}
	at := s.now()
	for i := range b.Seats {
		b.Seats[i].SeenAt = at
	}
	if read < total {
		return b, errors.New("seats of Copilot: GitHub lists fewer than it says there are: " + fmt.Sprintf("%d of %d", read, total))
	}
	b.Covered = []record.Covered{{Scope: s.opts.Name, Rows: uint64(len(b.Seats)), From: at, To: at}}
	return b, nil
}
