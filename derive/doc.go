// Package derive makes changes, proposals and links out of facts, as SQL steps inside ClickHouse (step/*.sql).
//
// It works on whole repositories: those with new facts, or derived under older definitions, are derived anew and
// their former rows retired. What results depends on the facts alone, not on the order or the number of
// collections that brought them. Only the attribution of commits and pull requests passes through Go, because it is Go.
//
// All stale repositories land first: verdicts (attribute.go, attribute_pulls.go), which change every commit belongs to
// (landed_commits), pull requests with their commits' verdicts (pulls), changes before their outcomes (landings), links
// between changes (reverts, fixes), and those an incident may come from (candidates). Then they are judged: reviews
// (proposals), permissions (holdings), outcomes (changes), counts (strata). In between lies what concerns several
// repositories at once: an incident has one root cause among all of them.
package derive
