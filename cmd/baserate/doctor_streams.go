package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/baserate/baserate/store"
)

// fewScopes is up to how many scopes of a stream have a line each; of more, only those that something is wrong with.
const fewScopes = 5

// streamChecks says how a stream of a source stands.
func streamChecks(ctx context.Context, s *store.Store, stream store.Stream) []check {
	filter := store.SourceFilter{Source: stream.Source, Stream: stream.Stream, Limit: fewScopes}
	var all []check
	if stream.Scopes > fewScopes {
		all = append(all, check{name: stream.Source, text: groupText(stream)})
		filter.Statuses = []string{"failed"}
	}
	rows, err := s.Sources(ctx, filter)
	if err != nil {
		return append(all, check{name: stream.Source, err: err})
	}
	for _, row := range rows {
		all = append(all, scopeCheck(row))
	}
	if more := int(stream.Failed) - len(rows); more > 0 {
		all = append(all, check{name: stream.Source, err: fmt.Errorf("%s: %d more scopes failed, see /data or the view coverage", stream.Stream, more)})
	}
	return all
}

func groupText(s store.Stream) string {
	text := fmt.Sprintf("%s: %d scopes, %d whole", s.Stream, s.Scopes, s.Whole)
	for _, part := range []struct {
		n    uint64
		what string
	}{{s.Partial, "partial"}, {s.Failed, "failed"}, {s.Absent, "not collected"}, {s.Running, "not finished"}} {
		if part.n > 0 {
			text += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	text += "; " + lastSuccess(s.LastSuccess)
	if s.OldestSuccess != nil && s.LastSuccess != nil && s.OldestSuccess.Before(*s.LastSuccess) {
		text += ", the oldest of them " + ago(*s.OldestSuccess)
	}
	return text + requests(s.Requests)
}

func scopeCheck(s store.Source) check {
	name := s.Scope
	if s.Source != "git" {
		name = s.Stream + " " + s.Scope
	}
	switch s.Status {
	case "failed":
		return check{name: s.Source, err: errors.New(name + " failed: " + s.Error + " (" + lastSuccess(s.LastSuccess) + ")")}
	case "absent":
		return check{name: s.Source, text: name + ": not collected: " + s.Error, lacks: true}
	}
	text := fmt.Sprintf("%s %s: %s%s", name, s.Status, lastSuccess(s.LastSuccess), requests(s.Requests))
	if n := len(s.Codes); n > 0 {
		text += fmt.Sprintf(", %d warnings", n)
	}
	return check{name: s.Source, text: text}
}

func requests(n uint64) string {
	if n == 0 {
		return ""
	}
	if n == 1 {
		return ", 1 request"
	}
	return fmt.Sprintf(", %d requests", n)
}

func lastSuccess(at *time.Time) string {
	if at == nil || at.IsZero() {
		return "never collected whole"
	}
	return "last collected " + ago(*at)
}

func ago(at time.Time) string { return time.Since(at).Round(time.Second).String() + " ago" }
