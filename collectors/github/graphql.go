package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// errNoGraphQL is the answer of a server that has REST alone.
var errNoGraphQL = errors.New("this server has no GraphQL")

// queryError is what GraphQL says is wrong with an answer. What came all the same was read.
type queryError []struct {
	Type       string
	Path       []any
	Message    string
	Extensions struct{ Code string }
}

// Error lists the first few, each with where in the answer it is.
func (e queryError) Error() string {
	var text []string
	for _, one := range e[:min(3, len(e))] {
		at := ""
		for _, step := range one.Path {
			at += fmt.Sprintf("/%v", step)
		}
		text = append(text, strings.TrimSpace(at+" "+cut(one.Message)))
	}
	if more := len(e) - 3; more > 0 {
		text = append(text, fmt.Sprintf("and %d more", more))
	}
	return "GraphQL: " + strings.Join(text, "; ")
}

// graphql asks a query and reads its data. Errors of GraphQL come as a queryError after the data was read; a server that has no
// GraphQL gives errNoGraphQL. Who can ask for less when the server fails passes a context of [web.Impatient].
func (s *Source) graphql(ctx context.Context, query string, vars map[string]any, into any) error {
	if s.graph == "" || s.noGraph.Load() {
		return errNoGraphQL
	}
	req, err := s.client.NewRequest(http.MethodPost, s.graph, map[string]any{"query": query, "variables": vars})
	if err != nil {
		return fmt.Errorf("POST %s: %w", s.graph, err)
	}
	answer := struct {
		Data   any
		Errors queryError
	}{Data: into}
	if _, err := s.client.Do(ctx, req, &answer); err != nil {
		switch status(err) {
		case http.StatusNotFound, http.StatusGone, http.StatusMethodNotAllowed:
			s.noGraph.Store(true)
			return errNoGraphQL
		}
		return s.explain(err)
	}
	switch {
	case len(answer.Errors) == 0:
		return nil
	case unknownWords[answer.Errors[0].Extensions.Code]:
		return fmt.Errorf("%w that knows what is asked: %w", errNoGraphQL, answer.Errors)
	}
	return answer.Errors
}

// unknownWords are the codes of errors that say that a server's schema is older than a query.
var unknownWords = map[string]bool{"undefinedField": true, "undefinedType": true, "argumentNotAccepted": true, "argumentLiteralsIncompatible": true}
