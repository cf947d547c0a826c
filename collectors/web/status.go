package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// StatusError is an answer that is not 2xx and that asking again would not change.
type StatusError struct {
	Method string
	URL    string // without secrets
	Status int
	Body   string // its first 2 KB
	Header http.Header
}

// Error says what was asked, the status, and the beginning of what the source says.
func (e *StatusError) Error() string {
	text := strings.Join(strings.Fields(e.Body), " ")
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	if text == "" {
		return fmt.Sprintf("%s %s: %d %s", e.Method, e.URL, e.Status, http.StatusText(e.Status))
	}
	return fmt.Sprintf("%s %s: %d %s: %s", e.Method, e.URL, e.Status, http.StatusText(e.Status), text)
}

// Status is the HTTP status that an error is about, 0 when it is about none.
func Status(err error) int {
	var answer *StatusError
	if errors.As(err, &answer) {
		return answer.Status
	}
	return 0
}

// beginning is the first 2 KB of a body, as text.
func beginning(body []byte) string {
	return strings.ToValidUTF8(string(body[:min(len(body), 2<<10)]), "")
}

func decode(text []byte, into any) error { return json.Unmarshal(text, into) }
