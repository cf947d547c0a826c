package githubtest

import (
	"fmt"
	"maps"
	"net/url"
	"strings"
)

// What GitHub's description of REST requires of an answer beyond what the collectors read.

const (
	api  = "https://api.github.com"
	site = "https://github.com/"
)

// links are the addresses below a thing's own that answers about it hold, by the beginning of their names.
var (
	accountLinks = strings.Fields("events followers following gists organizations received_events repos starred subscriptions")
	repoLinks    = strings.Fields(`archive assignees blobs branches collaborators comments commits compare contents contributors deployments
		downloads events forks git_commits git_refs git_tags hooks issue_comment issue_events issues keys labels languages merges milestones
		notifications pulls releases stargazers statuses subscribers subscription tags teams trees`)
	pullLinks   = strings.Fields("comments commits statuses html issue review_comments review_comment self")
	repoCounts  = strings.Fields("forks forks_count open_issues open_issues_count size stargazers_count watchers watchers_count network_count subscribers_count")
	repoHas     = strings.Fields("has_issues has_projects has_wiki has_pages has_discussions has_downloads")
	repoUnknown = strings.Fields("description homepage language mirror_url license")
)

// below adds the addresses of a thing at an address, each under its name and an ending.
func below(o object, at, ending string, names []string) object {
	o["url"] = at
	for _, name := range names {
		o[name+ending] = at + "/" + strings.ReplaceAll(name, "_", "/")
	}
	return o
}

// user is an account of a type: "User", "Bot" or "Organization".
func user(login, kind string) object {
	id := int64(len(login))
	for _, c := range login {
		id = id*31%1_000_003 + int64(c)
	}
	return below(object{
		"login": login, "id": id, "node_id": fmt.Sprintf("U_%d", id), "type": kind, "site_admin": false, "gravatar_id": "",
		"avatar_url": fmt.Sprintf("https://avatars.githubusercontent.com/u/%d", id), "html_url": site + url.PathEscape(login),
	}, api+"/users/"+url.PathEscape(login), "_url", accountLinks)
}

// repository adds what answers about a repository must have.
func repository(name string, o object) object {
	below(o, api+"/repos/"+name, "_url", repoLinks)
	maps.Copy(o, object{
		"html_url": site + name, "clone_url": site + name + ".git", "svn_url": site + name, "git_url": "git://github.com/" + name + ".git",
		"ssh_url": "git@github.com:" + name + ".git", "disabled": false,
	})
	for _, count := range repoCounts {
		o[count] = 0
	}
	for _, has := range repoHas {
		o[has] = true
	}
	for _, unknown := range repoUnknown {
		o[unknown] = nil
	}
	return o
}

// linked adds what answers about a pull request must have.
func (p pull) linked(o object) object {
	at, html := fmt.Sprintf("%s/repos/%s/pulls/%d", api, p.repo.name, p.number), fmt.Sprintf("%s%s/pull/%d", site, p.repo.name, p.number)
	below(o, at, "_url", pullLinks[:len(pullLinks)-1])
	links := object{}
	for _, name := range pullLinks {
		links[name] = object{"href": at + "/" + name}
	}
	maps.Copy(o, object{
		"html_url": html, "diff_url": html + ".diff", "patch_url": html + ".patch", "_links": links, "author_association": "MEMBER",
		"assignee": o["assignees"].([]any)[0], "milestone": nil, "auto_merge": nil, "locked": false, "commits": p.commits(), "mergeable": nil,
		"mergeable_state": "unknown", "merged": p.merged(), "maintainer_can_modify": false,
	})
	return o
}

// branch is an end of a pull request.
func (p pull) branch(name, sha string, repo object) object {
	owner, _, _ := strings.Cut(p.repo.name, "/")
	return object{"label": owner + ":" + name, "ref": name, "sha": sha, "repo": repo, "user": repo["owner"]}
}

// labelled is a label of a repository.
func (p pull) labelled() object {
	id := p.repo.id*10 + int64(p.draw(8, 3))
	return object{
		"id": id, "node_id": fmt.Sprintf("LA_%d", id), "url": fmt.Sprintf("%s/repos/%s/labels/%s", api, p.repo.name, p.label()), "name": p.label(),
		"description": "", "color": "ededed", "default": false,
	}
}
