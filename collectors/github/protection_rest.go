package github

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/go-github/v60/github"

	"github.com/baserate/baserate/record"
)

// protectionREST reads the protection of branches where there is no GraphQL: one request for each protected branch.
func (r *rulesReader) protectionREST(ctx context.Context, repo string) ([]record.Rule, error) {
	branches, err := all[struct{ Name string }](ctx, r.source, fmt.Sprintf("repos/%s/branches?protected=true&per_page=100", repo))
	if err != nil {
		return nil, err
	}
	var found []record.Rule
	for _, branch := range branches {
		var body json.RawMessage
		_, err := r.source.get(ctx, fmt.Sprintf("repos/%s/branches/%s/protection", repo, url.PathEscape(branch.Name)), &body)
		switch {
		case notProtected(err): // by a set of rules alone
			continue
		case err != nil:
			return found, fmt.Errorf("protection of %s: %w", branch.Name, err)
		}
		rule, err := parseBranchProtection(body, repo, branch.Name)
		if err != nil {
			return found, fmt.Errorf("protection of %s: %w", branch.Name, err)
		}
		found = append(found, rule)
	}
	return found, nil
}

// notProtected tells the 404 of a branch that has no protection from the 404 of an account that may not see it.
func notProtected(err error) bool {
	var refused *github.ErrorResponse
	return status(err) == http.StatusNotFound && errors.As(err, &refused) && strings.Contains(strings.ToLower(refused.Message), "branch not protected")
}
