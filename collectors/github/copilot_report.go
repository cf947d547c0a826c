package github

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/baserate/baserate/record"
)

// copilotTool is the name of GitHub's assistant in facts.
const copilotTool = "copilot"

// reportRow is what one account did on one day. Reports name the account by either field.
type reportRow struct {
	UserLogin    string `json:"user_login"`
	Login        string
	Day          string
	Interactions float64 `json:"user_initiated_interaction_count"`
	Acceptances  float64 `json:"code_acceptance_activity_count"`
	LinesAdded   float64 `json:"loc_added_sum"`

	DayTotals  []json.RawMessage `json:"day_totals"`
	UserTotals []json.RawMessage `json:"user_totals"`
}

// parseUserReport reads a report of users: a line of JSON for each, or a document that holds them. Rows that name no day are of
// the day that was asked for.
func parseUserReport(body []byte, day time.Time) ([]record.Usage, error) {
	var all []record.Usage
	dec := json.NewDecoder(bytes.NewReader(body))
	for n := 1; ; n++ {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", n, err)
		}
		rows, err := usageRows(raw, day)
		if err != nil {
			return nil, fmt.Errorf("row %d: %w", n, err)
		}
		all = append(all, rows...)
	}
}

func usageRows(raw json.RawMessage, day time.Time) ([]record.Usage, error) {
	var row reportRow
	if err := json.Unmarshal(raw, &row); err != nil {
		return nil, err
	}
	var all []record.Usage
	for _, inner := range append(row.DayTotals, row.UserTotals...) {
		rows, err := usageRows(inner, day)
		if err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	login := row.UserLogin
	if login == "" {
		login = row.Login
	}
	if login == "" {
		return all, nil
	}
	if row.Day != "" {
		var err error
		if day, err = time.Parse(time.DateOnly, row.Day); err != nil {
			return nil, err
		}
	}
	return append(all, record.Usage{
		Account: account(login, ""), Tool: copilotTool, Day: day, Interactions: count(row.Interactions + row.Acceptances), Lines: count(row.LinesAdded),
	}), nil
}

// count is a number of things. A report that has fewer than none, or more than there are numbers, is held at the limit.
func count(n float64) uint32 {
	return uint32(min(max(n, 0), math.MaxUint32))
}
