package outage

import (
	"maps"
	"slices"
	"strings"
)

// role says what a named value holds.
type role string

const (
	holdsRepo       role = "repo"
	holdsCommit     role = "commit"
	holdsVersion    role = "version" // a hash sometimes, a version otherwise
	holdsPull       role = "pull_request"
	holdsDeployment role = "deployment"
)

// roles are the names under which monitoring and deployment tools write what was deployed. Names are compared in lower case, with
// "_" for every other sign.
var roles = map[string]role{
	"repo": holdsRepo, "repository": holdsRepo, "repo_name": holdsRepo, "repository_name": holdsRepo, "repo_full_name": holdsRepo,
	"repository_full_name": holdsRepo, "github_repository": holdsRepo, "git_repository": holdsRepo, "repo_url": holdsRepo, "repository_url": holdsRepo,
	"commit": holdsCommit, "commit_sha": holdsCommit, "commit_id": holdsCommit, "commit_hash": holdsCommit, "commit_url": holdsCommit, "sha": holdsCommit,
	"git_sha": holdsCommit, "git_commit": holdsCommit, "git_revision": holdsCommit, "head_sha": holdsCommit, "head_commit": holdsCommit,
	"merge_commit_sha": holdsCommit, "revision": holdsCommit, "source_revision": holdsCommit,
	"version": holdsVersion, "image_tag": holdsVersion, "release": holdsVersion, "build": holdsVersion, "change_url": holdsVersion,
	"pr": holdsPull, "pr_number": holdsPull, "pr_url": holdsPull, "pull": holdsPull, "pull_number": holdsPull, "pull_request": holdsPull,
	"pull_request_number": holdsPull, "pull_request_url": holdsPull, "merge_request": holdsPull, "merge_request_url": holdsPull,
	"deployment": holdsDeployment, "deployment_id": holdsDeployment, "deployment_url": holdsDeployment, "deploy_url": holdsDeployment,
}

func roleOf(name string) role {
	return roles[strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(name))]
}

// Named reads changes out of named values, such as the labels of an alert or the details of a change event: commit, version,
// pull request and deployment, by hash, number or link. repos are the repositories that stand for a missing name.
func Named(values map[string]string, repos []string) []Ref {
	names := slices.Sorted(maps.Keys(values))
	var all []Ref
	var linked, own []string
	for _, name := range names {
		value := strings.TrimSpace(values[name])
		switch ref, ok := Link(value); {
		case roleOf(name) == "":
		case ok:
			all, linked = append(all, ref), append(linked, ref.Repo)
		case roleOf(name) == holdsRepo:
			own = append(own, repositoryName(value))
		}
	}
	slices.Sort(linked)
	switch linked = slices.Compact(linked); {
	case len(own) > 0:
		repos = own
	case len(linked) > 0:
		repos = linked
	}
	for _, name := range names {
		all = append(all, bare(roleOf(name), strings.TrimSpace(values[name]), repos)...)
	}
	return all
}

// repositoryName takes owner/name as it is and a link to a repository by its name.
func repositoryName(value string) string {
	value = strings.TrimSuffix(strings.TrimSuffix(value, "/"), ".git")
	scheme, rest, is := strings.Cut(value, "://")
	if !is || scheme != "https" && scheme != "http" {
		return value
	}
	host, path, _ := strings.Cut(rest, "/")
	return repository(strings.ToLower(host), strings.Split(path, "/"))
}

// bare reads a value that is no link.
func bare(holds role, value string, repos []string) []Ref {
	switch holds {
	case holdsCommit, holdsVersion:
		if strings.HasPrefix(value, "#") {
			return nil
		}
		return Short(value, repos)
	case holdsPull:
		return Short("#"+strings.TrimPrefix(value, "#"), repos)
	case holdsDeployment:
		if len(repos) == 1 && digits.MatchString(value) {
			return []Ref{{Kind: "deployment", Repo: repos[0], Ref: value}}
		}
	}
	return nil
}
