package web

import (
	"bytes"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// secondaryWait is how long a secondary limit without a time is waited for at first, as GitHub's documentation advises.
const secondaryWait = time.Minute

// LimitError is a call that was given up because its source's limits would have kept it waiting for too long.
type LimitError struct {
	Method, URL string
	Until       time.Time // when the source would answer again, as far as it says
}

// Error names the call and when it may be made again.
func (e *LimitError) Error() string {
	return fmt.Sprintf("%s %s: the source's rate limit is used up until %s; the next run goes on from here", e.Method, e.URL, e.Until.UTC().Format(time.RFC3339))
}

// resource is the budget that a call draws on, by GitHub's names. A source that keeps one budget for all says nothing else.
func resource(req *http.Request) string {
	switch {
	case path.Base(req.URL.Path) == "graphql":
		return "graphql"
	case strings.Contains(req.URL.Path, "/search/"):
		return "search"
	case path.Base(req.URL.Path) == "audit-log":
		return "audit_log"
	}
	return "core"
}

// limited reports whether an answer refuses a call because there were too many. GitHub says so by 403 as well as 429, with or
// without times, and GraphQL in a 200.
func limited(a answer) bool {
	switch a.StatusCode {
	case http.StatusTooManyRequests:
		return true
	case http.StatusForbidden:
		return a.Header.Get("X-Ratelimit-Remaining") == "0" || a.Header.Get("Retry-After") != "" || speaksOfLimit(a.body)
	case http.StatusOK:
		return len(a.body) < 8<<10 && bytes.HasPrefix(bytes.TrimSpace(a.body), []byte("{")) && limitedQuery(a.body)
	}
	return false
}

func speaksOfLimit(body []byte) bool {
	text := bytes.ToLower(body[:min(len(body), 4<<10)])
	for _, words := range []string{"secondary rate limit", "rate limit exceeded", "abuse detection"} {
		if bytes.Contains(text, []byte(words)) {
			return true
		}
	}
	return false
}

// limitedQuery reports whether a short answer is GraphQL's way to refuse a query.
func limitedQuery(body []byte) bool {
	var q struct {
		Data   any
		Errors []struct{ Type, Message string }
	}
	if !bytes.Contains(body, []byte(`"errors"`)) || decode(body, &q) != nil || q.Data != nil {
		return false
	}
	for _, e := range q.Errors {
		if e.Type == "RATE_LIMITED" || e.Type == "RATE_LIMIT" || speaksOfLimit([]byte(e.Message)) {
			return true
		}
	}
	return false
}

// failing are the answers of a server that is not well.
func failing(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusServiceUnavailable || status == http.StatusGatewayTimeout ||
		status == http.StatusInternalServerError || status == http.StatusRequestTimeout
}

// patience is how long a limit is to be waited for, the nth time that a call meets one: at least a second.
func patience(a answer, n int, now time.Time) time.Duration {
	if d, ok := retryAfter(a.Header, now); ok {
		return max(d, time.Second)
	}
	if at := resetAt(a.Header); a.Header.Get("X-Ratelimit-Remaining") == "0" && at.After(now) {
		return at.Sub(now) + time.Second
	}
	first := time.Second
	if a.StatusCode != http.StatusTooManyRequests || speaksOfLimit(a.body) {
		first = secondaryWait
	}
	return min(first<<min(n-1, 10), 30*time.Minute)
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(text, 10, 32); err == nil && seconds >= 0 {
		return time.Duration(seconds) * time.Second, true
	}
	if at, err := http.ParseTime(text); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

// resetAt is when a budget is full again; zero when the answer does not say.
func resetAt(h http.Header) time.Time {
	seconds, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64)
	if err != nil || seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}
