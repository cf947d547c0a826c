package incidentio

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/baserate/baserate/collectors/web"
)

const pageSize = 250

type named struct {
	Name string `json:"name"`
}

// incident is what is used of an incident.
type incident struct {
	ID         string `json:"id"`
	Reference  string `json:"reference"`
	Name       string `json:"name"`
	Summary    string `json:"summary"`
	Mode       string `json:"mode"`
	Visibility string `json:"visibility"`
	Permalink  string `json:"permalink"`
	Postmortem string `json:"postmortem_document_url"`
	Status     struct {
		Name     string `json:"name"`
		Category string `json:"category"`
	} `json:"incident_status"`
	Severity     *severity `json:"severity"`
	IncidentType *named    `json:"incident_type"`
	Fields       []field   `json:"custom_field_entries"`
	Timestamps   []struct {
		Timestamp named `json:"incident_timestamp"`
		Value     *struct {
			Value time.Time `json:"value"`
		} `json:"value"`
	} `json:"incident_timestamp_values"`
	Issue *struct {
		URL string `json:"issue_permalink"`
	} `json:"external_issue_reference"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`

	raw json.RawMessage
}

type severity struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Rank int    `json:"rank"`
}

// field is a custom field with its values, each of which has one of several forms.
type field struct {
	Field  named `json:"custom_field"`
	Values []struct {
		Catalog *named `json:"value_catalog_entry"`
		Option  *struct {
			Value string `json:"value"`
		} `json:"value_option"`
		Text string `json:"value_text"`
		Link string `json:"value_link"`
	} `json:"values"`
}

// values are the values of a field as text.
func (f *field) values() []string {
	var all []string
	for _, v := range f.Values {
		text := v.Text
		switch {
		case v.Catalog != nil:
			text = v.Catalog.Name
		case v.Option != nil:
			text = v.Option.Value
		case v.Link != "":
			text = v.Link
		}
		if text != "" {
			all = append(all, text)
		}
	}
	return all
}

// attachment is a thing that was tied to an incident.
type attachment struct {
	ID       string `json:"id"`
	Resource struct {
		Type  string `json:"resource_type"`
		ID    string `json:"external_id"`
		Link  string `json:"permalink"`
		Title string `json:"title"`
	} `json:"resource"`
}

func (s *Source) get(ctx context.Context, path string, query url.Values, into any) error {
	_, err := s.client.JSON(ctx, http.MethodGet, s.options.URL+path+"?"+query.Encode(), s.header, nil, into)
	if web.Status(err) == http.StatusUnauthorized {
		return fmt.Errorf("incident.io does not know the token: make a new API key: %w", err)
	}
	return err
}

// page is one page of the incidents that changed on a day or later, and where the next one begins, "" at the end.
func (s *Source) page(ctx context.Context, day, after string) (all []incident, next string, err error) {
	query := url.Values{"page_size": {strconv.Itoa(pageSize)}, "sort_by": {"created_at_oldest_first"}}
	if day != "" {
		query.Set("updated_at[gte]", day)
	}
	if after != "" {
		query.Set("after", after)
	}
	var answer struct {
		Incidents []json.RawMessage `json:"incidents"`
		Page      struct {
			After string `json:"after"`
		} `json:"pagination_meta"`
	}
	if err := s.get(ctx, "/v2/incidents", query, &answer); err != nil {
		return nil, "", err
	}
	all = make([]incident, len(answer.Incidents))
	for i, raw := range answer.Incidents {
		if err := json.Unmarshal(raw, &all[i]); err != nil {
			return nil, "", fmt.Errorf("read an incident of incident.io: %w", err)
		}
		all[i].raw = raw
	}
	if len(all) == 0 {
		return nil, "", nil
	}
	return all, answer.Page.After, nil
}

// attachments are what was tied to an incident.
func (s *Source) attachments(ctx context.Context, id string) ([]attachment, error) {
	var answer struct {
		Attachments []attachment `json:"incident_attachments"`
	}
	err := s.get(ctx, "/v1/incident_attachments", url.Values{"incident_id": {id}}, &answer)
	return answer.Attachments, err
}

// severities are those of the account.
func (s *Source) severities(ctx context.Context) ([]severity, error) {
	var answer struct {
		Severities []severity `json:"severities"`
	}
	err := s.get(ctx, "/v1/severities", nil, &answer)
	return answer.Severities, err
}
