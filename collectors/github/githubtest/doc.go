// Package githubtest is a small GitHub that serves a fleet of repositories with pull requests, for tests and for measuring the
// collector: what it answers follows from the number of the repository and of the pull request, so a million pull requests take
// no memory, and whoever asks twice gets the same. Tests touch, delete and rename.
//
// It knows the queries of collectors/github by their names and does not look at what fields they ask for: it always answers
// with all that the collector reads. Whether the queries and the answers are GitHub's is for GitHub's own schema to say.
package githubtest
