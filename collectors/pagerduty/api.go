package pagerduty

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/baserate/baserate/collectors/web"
)

// pageSize is the most that a list gives at once; deepest is where lists end.
const (
	pageSize = 100
	deepest  = 10_000
)

// reference is a thing that an answer names.
type reference struct {
	ID      string `json:"id"`
	Summary string `json:"summary"`
}

// incident is what is used of an incident.
type incident struct {
	ID                 string      `json:"id"`
	Number             int         `json:"incident_number"`
	Title              string      `json:"title"`
	Status             string      `json:"status"`
	Urgency            string      `json:"urgency"`
	Key                string      `json:"incident_key"`
	CreatedAt          time.Time   `json:"created_at"`
	UpdatedAt          time.Time   `json:"updated_at"`
	ResolvedAt         *time.Time  `json:"resolved_at"`
	LastStatusChangeAt time.Time   `json:"last_status_change_at"`
	Service            reference   `json:"service"`
	Priority           *reference  `json:"priority"`
	Teams              []reference `json:"teams"`
	Type               *struct {
		Name string `json:"name"`
	} `json:"incident_type"`
	URL string `json:"html_url"`

	raw json.RawMessage
}

// logEntry is a line of an incident's log.
type logEntry struct {
	Type      string    `json:"type"`
	CreatedAt time.Time `json:"created_at"`
	Agent     reference `json:"agent"`
	Channel   reference `json:"channel"`
	Contexts  []struct {
		Type string `json:"type"`
		Href string `json:"href"`
	} `json:"contexts"`
}

// changeEvent is a change that PagerDuty relates to an incident.
type changeEvent struct {
	ID        string    `json:"id"`
	Summary   string    `json:"summary"`
	Timestamp time.Time `json:"timestamp"`
	Source    string    `json:"source"`
	Links     []struct {
		Href string `json:"href"`
	} `json:"links"`
	CustomDetails     map[string]any `json:"custom_details"`
	CorrelationReason struct {
		Reason string `json:"reason"`
	} `json:"correlation_reason"`
}

func (s *Source) get(ctx context.Context, path string, query url.Values, into any) error {
	address := s.options.URL + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	_, err := s.client.JSON(ctx, http.MethodGet, address, s.header, nil, into)
	if web.Status(err) == http.StatusUnauthorized {
		return fmt.Errorf("pagerduty does not know the token: make a new REST API key: %w", err)
	}
	return err
}

// page is one page of incidents, oldest first.
func (s *Source) page(ctx context.Context, query url.Values, offset int) (all []incident, more bool, err error) {
	var answer struct {
		Incidents []json.RawMessage `json:"incidents"`
		More      bool              `json:"more"`
	}
	query.Set("limit", strconv.Itoa(pageSize))
	query.Set("offset", strconv.Itoa(offset))
	query.Set("sort_by", "created_at:asc")
	query.Set("time_zone", "UTC")
	query["team_ids[]"], query["service_ids[]"] = s.options.Teams, s.options.Services
	if err := s.get(ctx, "/incidents", query, &answer); err != nil {
		return nil, false, err
	}
	all = make([]incident, len(answer.Incidents))
	for i, raw := range answer.Incidents {
		if err := json.Unmarshal(raw, &all[i]); err != nil {
			return nil, false, fmt.Errorf("read an incident of pagerduty: %w", err)
		}
		all[i].raw = raw
	}
	return all, answer.More, nil
}

// one reads an incident again; nil when it cannot be read any more.
func (s *Source) one(ctx context.Context, id string) (*incident, error) {
	var answer struct {
		Incident json.RawMessage `json:"incident"`
	}
	err := s.get(ctx, "/incidents/"+url.PathEscape(id), nil, &answer)
	if web.Status(err) == http.StatusNotFound || web.Status(err) == http.StatusForbidden {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	i := &incident{raw: answer.Incident}
	if err := json.Unmarshal(answer.Incident, i); err != nil {
		return nil, fmt.Errorf("read incident %s of pagerduty: %w", id, err)
	}
	return i, nil
}

// log is everything that was written down about an incident, oldest first.
func (s *Source) log(ctx context.Context, id string) ([]logEntry, error) {
	var all []logEntry
	for offset := 0; offset < deepest; offset += pageSize {
		var answer struct {
			Entries []logEntry `json:"log_entries"`
			More    bool       `json:"more"`
		}
		query := url.Values{"limit": {strconv.Itoa(pageSize)}, "offset": {strconv.Itoa(offset)}, "is_overview": {"false"}, "time_zone": {"UTC"}}
		if err := s.get(ctx, "/incidents/"+url.PathEscape(id)+"/log_entries", query, &answer); err != nil {
			return nil, err
		}
		all = append(all, answer.Entries...)
		if !answer.More || len(answer.Entries) == 0 {
			break
		}
	}
	slices.SortStableFunc(all, func(a, b logEntry) int { return a.CreatedAt.Compare(b.CreatedAt) })
	return all, nil
}

// changes are the change events that PagerDuty relates to an incident, also as they came.
func (s *Source) changes(ctx context.Context, id string) ([]changeEvent, json.RawMessage, error) {
	var raw json.RawMessage
	if err := s.get(ctx, "/incidents/"+url.PathEscape(id)+"/related_change_events", url.Values{"limit": {strconv.Itoa(pageSize)}}, &raw); err != nil {
		return nil, nil, err
	}
	var answer struct {
		Events []changeEvent `json:"change_events"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, nil, fmt.Errorf("read change events of incident %s: %w", id, err)
	}
	return answer.Events, raw, nil
}
