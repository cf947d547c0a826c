package githubtest

import (
	"fmt"
	"net/http"
)

func (f *Fleet) pulls(w http.ResponseWriter, r *http.Request) {
	found, ok := f.asked(w, r)
	if !ok {
		return
	}
	field := "CREATED_AT"
	if r.URL.Query().Get("sort") == "updated" {
		field = "UPDATED_AT"
	}
	hosted := f.hosted(found)
	all := f.lines(&found, field, r.URL.Query().Get("direction"))
	paged(w, r, len(all), func(i int) any { return f.pull(found, all[i].number).rest(hosted) })
}

func (f *Fleet) detail(w http.ResponseWriter, r *http.Request) {
	if p, ok := f.one(w, r); ok {
		write(w, p.rest(f.hosted(p.repo)))
	}
}

// rest is the pull request of a repository in REST's form, which says what graph says.
func (p pull) rest(hosted object) object {
	o := object{
		"id": p.id(), "node_id": p.node(), "number": p.number, "title": p.title(), "body": p.body(), "state": "open", "draft": false,
		"created_at": stamp(p.created()), "updated_at": stamp(p.updated), "merged_at": nil, "closed_at": nil, "user": account(p.author()), "merged_by": nil,
		"assignees": []any{account(person(p.draw(10, 40)))}, "labels": []object{p.labelled()}, "merge_commit_sha": nil,
		"additions": 10, "deletions": 2, "changed_files": 3, "review_comments": p.draw(9, 9), "comments": 0, "base": p.branch("main", p.sha(2000), hosted),
		"head": p.branch(fmt.Sprintf("change-%d", p.number), p.sha(uint64(p.commits()-1)), hosted),
	}
	if p.merged() {
		o["state"], o["merged_at"], o["closed_at"] = "closed", stamp(p.finished()), stamp(p.finished())
		o["merged_by"], o["merge_commit_sha"] = account(person(p.draw(11, 40))), p.sha(1000)
	}
	return p.linked(o)
}

// account is an actor in REST's form, where bots say so in their names, and one who was deleted has a stand-in.
func account(actor any) any {
	a, ok := actor.(object)
	if !ok {
		return user("ghost", "User")
	}
	login := a["login"].(string)
	if a["__typename"] == "Bot" {
		login += "[bot]"
	}
	return user(login, a["__typename"].(string))
}

func (f *Fleet) restReviews(w http.ResponseWriter, r *http.Request) {
	p, ok := f.one(w, r)
	if !ok {
		return
	}
	at := fmt.Sprintf("%s/repos/%s/pulls/%d", api, p.repo.name, p.number)
	paged(w, r, p.reviews(), func(i int) any {
		g := p.review(i)
		return object{
			"id": p.id()*1000 + int64(i), "node_id": g["id"], "user": account(g["author"]), "state": g["state"], "submitted_at": g["submittedAt"],
			"commit_id": g["commit"].(object)["oid"], "body": "", "html_url": at + "#review", "pull_request_url": at, "author_association": "MEMBER",
			"_links": object{"html": object{"href": at}, "pull_request": object{"href": at}},
		}
	})
}

func (f *Fleet) restCommits(w http.ResponseWriter, r *http.Request) {
	p, ok := f.one(w, r)
	if !ok {
		return
	}
	paged(w, r, p.commits(), func(i int) any {
		g := p.commit(i)["commit"].(object)
		by := func(who, date string) object {
			person := g[who].(object)
			return object{"name": person["name"], "email": person["email"], "date": g[date]}
		}
		sha := g["oid"].(string)
		at, who := api+"/repos/"+p.repo.name+"/commits/"+sha, account(g["author"].(object)["user"])
		return object{
			"url": at, "html_url": at, "comments_url": at + "/comments", "sha": sha, "node_id": "C_" + sha, "author": who, "committer": who,
			"parents": []object{{"sha": p.sha(3000), "url": at}},
			"commit": object{
				"message": g["message"], "author": by("author", "authoredDate"), "committer": by("committer", "committedDate"), "comment_count": 0,
				"tree": object{"sha": sha, "url": at}, "url": at,
			},
		}
	})
}

func (f *Fleet) restTimeline(w http.ResponseWriter, r *http.Request) {
	p, ok := f.one(w, r)
	if !ok {
		return
	}
	names := map[string]string{
		"LabeledEvent": "labeled", "ReviewRequestedEvent": "review_requested", "MergedEvent": "merged", "HeadRefForcePushedEvent": "head_ref_force_pushed",
	}
	paged(w, r, p.events(), func(i int) any {
		g := p.event(i)
		o := object{"id": i + 1, "node_id": g["id"], "event": names[g["__typename"].(string)], "created_at": g["createdAt"], "actor": account(g["actor"])}
		o["url"] = fmt.Sprintf("%s/repos/%s/issues/events/%d", api, p.repo.name, i+1)
		o["commit_id"], o["commit_url"], o["performed_via_github_app"] = nil, nil, nil
		switch g["__typename"] {
		case "LabeledEvent":
			o["label"], o["actor"] = p.labelled(), account(person(p.draw(4, 40)))
		case "ReviewRequestedEvent":
			o["review_requester"], o["requested_reviewer"] = o["actor"], account(person(p.draw(10, 40)))
		}
		if after, ok := g["afterCommit"].(object); ok {
			o["commit_id"] = after["oid"]
		}
		return o
	})
}
