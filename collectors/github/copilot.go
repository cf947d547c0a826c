package github

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/collectors/web"
	"github.com/baserate/baserate/record"
)

const (
	reportsKept = 365 // days that GitHub keeps reports for
	reportsLate = 4   // days within which a report may still come, or change
	reportsARun = 92  // days that one run asks for: the first runs share the year
)

// copilotCursor is the day before which all reports were asked for and will not change.
type copilotCursor struct {
	Until string `json:"until,omitempty"`
}

// copilotUsage reads who used GitHub's assistant on which day: a report of each day, made some hours after its end.
func (s *Source) copilotUsage() collectors.Task {
	return s.stream("copilot_usage", 6*time.Hour, func(ctx context.Context, p *pass, since record.Cursor) error {
		if s.opts.Org == "" {
			return collectors.Absent{Why: "reports of Copilot belong to an organisation, and none is named here"}
		}
		plain := web.NewClient(web.Options{Base: s.opts.HTTP, Sleep: s.opts.Sleep, Now: s.opts.Now}) // its links are signed, and must not see a token
		r := &reportReader{source: s, files: plain.HTTP(), pass: p}
		return r.read(ctx, decode[copilotCursor](since))
	})
}

// reportReader reads the reports of days.
type reportReader struct {
	source *Source
	files  *http.Client
	pass   *pass
	asked  collectors.Window // the day that was asked for last
}

func (r *reportReader) read(ctx context.Context, cursor copilotCursor) error {
	today := r.source.now().Truncate(24 * time.Hour)
	day, err := time.Parse(time.DateOnly, cursor.Until)
	if first := today.AddDate(0, 0, -reportsKept); err != nil || day.Before(first) || day.After(today) {
		if err := r.probe(ctx, today); err != nil {
			return err
		}
		day = first
	}
	total := min(int64(today.Sub(day)/(24*time.Hour)), reportsARun)
	settled := today.AddDate(0, 0, -reportsLate)
	for done := range total {
		b, err := r.day(ctx, day)
		if err != nil {
			return r.source.absent(err)
		}
		if day = day.AddDate(0, 0, 1); !day.After(settled) {
			cursor.Until = day.Format(time.DateOnly)
		}
		if b.Cursor, err = encode(cursor); err != nil {
			return err
		}
		b.Progress = record.Progress{Done: done + 1, Total: total, Unit: "days"}
		if err := r.pass.send(b); err != nil {
			return err
		}
	}
	return nil
}

// probe finds out whether there are reports at all, before a year of them is asked for: an organisation without them answers 404
// for every day, and so does a day whose report is not made yet.
func (r *reportReader) probe(ctx context.Context, today time.Time) (err error) {
	for back := 1; back <= reportsLate; back++ {
		if _, err = r.links(ctx, "users-1-day", today.AddDate(0, 0, -back)); status(err) != http.StatusNotFound {
			return r.source.absent(err)
		}
	}
	return r.source.absent(err)
}

// day reads the reports of one day. One that is not there holds nothing, and is asked for again while it may still come.
func (r *reportReader) day(ctx context.Context, day time.Time) (record.Batch, error) {
	var b record.Batch
	r.asked = collectors.Window{Filter: "day=" + day.Format(time.DateOnly), From: day, To: day, Loss: true}
	err := r.each(ctx, "users-1-day", day, func(body []byte) error {
		rows, err := parseUserReport(body, day)
		rows = slices.DeleteFunc(rows, func(u record.Usage) bool { return !r.asked.Holds(u.Day) })
		b.Usage = append(b.Usage, rows...)
		return err
	})
	if err != nil {
		return b, err
	}
	for _, report := range []string{"organization-1-day", "repos-1-day"} {
		n := 0
		err := r.each(ctx, report, day, func(body []byte) error {
			n++
			b.Payloads = append(b.Payloads, record.Payload{
				Source: kind, Kind: "copilot " + report, Scope: r.source.opts.Org, ID: fmt.Sprintf("%s %d", day.Format(time.DateOnly), n), Body: string(body),
			})
			return nil
		})
		if err != nil {
			return b, err
		}
	}
	b.Warnings = r.asked.Warnings(r.source.opts.Name)
	if len(b.Usage) > 0 {
		b.Covered = []record.Covered{{Scope: r.source.opts.Name, Rows: uint64(len(b.Usage)), From: day, To: day.AddDate(0, 0, 1)}}
	}
	return b, nil
}

// each reads the files of a report of a day.
func (r *reportReader) each(ctx context.Context, report string, day time.Time, take func(body []byte) error) error {
	links, err := r.links(ctx, report, day)
	if status(err) == http.StatusNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	for _, link := range links {
		body, err := r.file(ctx, link)
		if err == nil {
			err = take(body)
		}
		if err != nil {
			return fmt.Errorf("report %s of %s: %w", report, day.Format(time.DateOnly), err)
		}
	}
	return nil
}

func (r *reportReader) links(ctx context.Context, report string, day time.Time) ([]string, error) {
	var answer struct {
		Links []string `json:"download_links"`
		Day   string   `json:"report_day"`
	}
	_, err := r.source.get(ctx, fmt.Sprintf("orgs/%s/copilot/metrics/reports/%s?day=%s", r.source.opts.Org, report, day.Format(time.DateOnly)), &answer)
	if of, unnamed := time.Parse(time.DateOnly, answer.Day); unnamed == nil && !r.asked.Holds(of) {
		return nil, err
	}
	return answer.Links, err
}

// file reads what a signed link leads to. An error does not name the link: whoever has it may read the file.
func (r *reportReader) file(ctx context.Context, link string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return nil, errors.New("the link to its file is no address")
	}
	resp, err := r.files.Do(req)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return nil, fmt.Errorf("read its file: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("read its file: %s", resp.Status)
	}
	return io.ReadAll(resp.Body)
}
