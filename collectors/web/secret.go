package web

import (
	"errors"
	"net/url"
	"strings"
)

// origin is scheme and host: where a token may go.
func origin(u *url.URL) string {
	return strings.ToLower(u.Scheme + "://" + u.Host)
}

// Origin is the scheme and host of an address, as [Token] wants it; "" when it is no address.
func Origin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return origin(u)
}

// harmless are the parameters whose values may stand in an error. Signed links and keys in addresses must not.
var harmless = map[string]bool{
	"page": true, "per_page": true, "since": true, "until": true, "after": true, "before": true, "state": true, "sort": true, "direction": true,
	"limit": true, "offset": true, "cursor": true, "page_size": true, "labels": true, "affiliation": true, "day": true, "phrase": true, "jql": true,
	"startAt": true, "maxResults": true, "time_period": true, "include": true, "order": true, "type": true, "environment": true, "sha": true,
}

// bareURL is an address as it may stand in an error.
func bareURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "an address that cannot be read"
	}
	u.User, u.Fragment = nil, ""
	q := u.Query()
	for name := range q {
		if !harmless[name] {
			q.Set(name, "hidden")
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// unwrapURL takes off the standard library's wrapping, which quotes the whole address.
func unwrapURL(err error) error {
	var wrapped *url.Error
	for errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return err
}

// conceal takes the wallet's tokens out of a text.
func (w *wallet) conceal(text string) string {
	for _, k := range w.keys {
		k.mu.Lock()
		for _, secret := range append([]string{k.Value}, k.secrets...) {
			if secret != "" {
				text = strings.ReplaceAll(text, secret, "hidden")
			}
		}
		k.mu.Unlock()
	}
	return text
}

// hide takes the wallet's tokens out of an error; one that holds none stays what it is.
func (w *wallet) hide(err error) error {
	if text := w.conceal(err.Error()); text != err.Error() {
		return hidden{text, err}
	}
	return err
}

// hidden is an error under another text. What it was can be asked for, and is not shown.
type hidden struct {
	text string
	err  error
}

func (h hidden) Error() string        { return h.text }
func (h hidden) Is(target error) bool { return errors.Is(h.err, target) }
