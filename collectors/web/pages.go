package web

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
)

// Pages guards a walk over the pages of a list: against a source that always has one more, and one that gives the same page
// again. It is for one walk and one goroutine.
type Pages struct {
	limit, n int
	keys     map[string]bool
	last     [sha256.Size]byte
}

// NewPages makes a guard that lets so many pages through.
func NewPages(limit int) *Pages { return &Pages{limit: limit, keys: map[string]bool{}} }

// Next takes the next page: the address or cursor that it was asked for by, and its body, which may be nil.
func (p *Pages) Next(key string, body []byte) error {
	sum := sha256.Sum256(body)
	switch p.n++; {
	case p.n > p.limit:
		return fmt.Errorf("the list has more than %d pages", p.limit)
	case p.keys[key]:
		return fmt.Errorf("page %d of the list is one that was read before", p.n)
	case len(body) > 2 && sum == p.last: // "[]" may come twice
		return fmt.Errorf("page %d of the list is the page before it once more", p.n)
	}
	p.keys[key], p.last = true, sum
	return nil
}

// NextLink is the address of the next page by the header Link; "" at the end.
func NextLink(h http.Header) string {
	for _, line := range h.Values("Link") {
		for _, part := range strings.Split(line, "<")[1:] { // addresses may hold commas
			target, params, ok := strings.Cut(part, ">")
			if ok && isNext(params) {
				return target
			}
		}
	}
	return ""
}

// isNext reports whether the parameters of a link say that it leads to the next page.
func isNext(params string) bool {
	for param := range strings.SplitSeq(strings.TrimRight(params, ", "), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
		if strings.EqualFold(name, "rel") && strings.EqualFold(strings.Trim(value, `"`), "next") {
			return true
		}
	}
	return false
}
