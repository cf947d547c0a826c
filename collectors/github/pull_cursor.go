package github

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/baserate/baserate/record"
)

// position is the cursor of pull requests: how far each repository was read. It is written with every batch, so it is short: a
// repository takes its name and some numbers.
type position struct {
	Version int               `json:"v"`
	Looked  int64             `json:"looked"`           // when the last run began, Unix seconds
	Repos   map[string]*place `json:"repos"`            // by the forge's number, which survives renames
	Flawed  map[string]bool   `json:"flawed,omitempty"` // those that the ledger has as failed or absent
}

const positionVersion = 1

// place is how far one repository was read. In JSON it is a list, without the zeros at its end.
type place struct {
	Name string
	// Since is the newest update that was seen when the repository was last read to its end, Unix seconds: nothing is missing
	// up to there. 0: it never was; a repository without pull requests has 1.
	Since     int64
	Refreshed int64 // when what does not touch an update was last read again, hours since 1970

	// The first load, while it is under way.
	After string // the page that comes next
	Upto  int64  // the newest update so far, or by REST when the load began
}

// MarshalJSON writes the list.
func (p *place) MarshalJSON() ([]byte, error) {
	list := []any{p.Name, p.Since, p.Refreshed, p.After, p.Upto}
	for len(list) > 1 && (list[len(list)-1] == int64(0) || list[len(list)-1] == "") {
		list = list[:len(list)-1]
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads the list.
func (p *place) UnmarshalJSON(text []byte) error {
	return json.Unmarshal(text, &[]any{&p.Name, &p.Since, &p.Refreshed, &p.After, &p.Upto})
}

func readPosition(c record.Cursor) (position, error) {
	var p position
	if len(c) > 0 {
		if err := json.Unmarshal(c, &p); err != nil {
			return p, fmt.Errorf("cursor of pull requests: %w; remove it to collect from the beginning", err)
		}
	}
	if p.Version != positionVersion || p.Repos == nil {
		p = position{Version: positionVersion, Repos: map[string]*place{}}
	}
	if p.Flawed == nil {
		p.Flawed = map[string]bool{}
	}
	return p, nil
}

// lag is how far before the newest update the next run begins: GitHub's own indexes lag. settling is how long after that update a
// run must have looked for nothing to come late any more, clocks that differ included; the next run then begins after it.
const (
	lag      = 10 * time.Minute
	settling = time.Hour
)

// refreshFor is how long after it was touched a pull request is read again once a day, for what does not touch its update.
const (
	refreshFor   = 7 * 24 * time.Hour
	refreshEvery = 24
)

// stale reports whether the daily refresh of a repository is due.
func (p *place) stale(now time.Time) bool { return hours(now)-p.Refreshed >= refreshEvery }

func hours(t time.Time) int64 { return t.Unix() / 3600 }

// horizon is how far back a repository with news is to be read, when the last run looked at a time.
func (p *place) horizon(now time.Time, looked int64) time.Time {
	h := time.Unix(p.Since+1, 0)
	if p.Since > looked-int64(settling.Seconds()) {
		h = time.Unix(p.Since, 0).Add(-lag)
	}
	if week := now.Add(-refreshFor); p.stale(now) && week.Before(h) {
		return week
	}
	return h
}

// read is the place after a repository was read to its end. A date in the future does not count as read up to there.
func (p place) read(newest, now time.Time, refreshed bool) *place {
	p.Since = max(p.Since, 1, min(newest.Unix(), now.Unix()))
	if refreshed {
		p.Refreshed = hours(now)
	}
	p.After, p.Upto = "", 0
	return &p
}

// advance is the place after some pages of the first load.
func (p *place) advance(list []*pull, after string) {
	for _, one := range list {
		p.Upto = max(p.Upto, one.UpdatedAt.Unix())
	}
	p.After = after
}
