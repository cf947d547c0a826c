package githubtest

import (
	"fmt"
	"hash/fnv"
	"time"
)

// object is a JSON object.
type object = map[string]any

// pull is one pull request: what it says follows from its repository, its number and how often it was touched.
type pull struct {
	repo    repo
	number  int
	seed    uint64
	updated time.Time
	times   int
	long    bool
}

func (f *Fleet) pull(r repo, number int) pull {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%d", r.id, number)
	p := pull{repo: r, number: number, seed: h.Sum64(), updated: f.updated(number)}
	f.mu.Lock()
	defer f.mu.Unlock()
	if t, ok := r.touched[number]; ok {
		p.updated, p.times = t.at, t.times
	}
	p.long = f.opts.LongEvery > 0 && number%f.opts.LongEvery == 0
	return p
}

// draw is a number below n that is the pull request's own.
func (p pull) draw(what, n uint64) uint64 {
	x := p.seed ^ what*0x9e3779b97f4a7c15
	x = (x ^ x>>31) * 0xbf58476d1ce4e5b9
	return (x ^ x>>29) % n
}

func (p pull) sha(what uint64) string {
	return fmt.Sprintf("%016x%016x%08x", p.seed, what+1, p.repo.id)
}

func (p pull) id() int64    { return p.repo.id*1_000_000 + int64(p.number) }
func (p pull) node() string { return fmt.Sprintf("PR_%d_%d", p.repo.id, p.number) }

func (p pull) created() time.Time {
	return p.finished().Add(-time.Duration(2+p.draw(1, 70)) * time.Hour)
}

// finished is when it was merged, if it was.
func (p pull) finished() time.Time {
	if p.times > 0 {
		return p.updated.Add(-time.Hour)
	}
	return p.updated
}

func (p pull) merged() bool { return p.draw(2, 10) > 0 }

// author is a person, an agent, or nobody any more.
func (p pull) author() any {
	switch {
	case p.draw(3, 97) == 0:
		return nil
	case p.draw(3, 7) == 0:
		return object{"__typename": "Bot", "login": "copilot-swe-agent"}
	}
	return person(p.draw(4, 40))
}

func person(n uint64) object {
	return object{"__typename": "User", "login": fmt.Sprintf("User-%02d", n)}
}

// The lengths of the lists. One of ten that are long is longer than a page of a hundred.
func (p pull) reviews() int {
	switch {
	case p.long && p.draw(12, 10) == 0:
		return 110 + int(p.draw(5, 150)) + p.times
	case p.long:
		return 40 + int(p.draw(5, 50)) + p.times
	}
	return int(p.draw(5, 4)) + p.times
}

func (p pull) commits() int {
	if p.long {
		return 35 + int(p.draw(6, 60))
	}
	return 1 + int(p.draw(6, 4))
}

func (p pull) events() int { return 2 + int(p.draw(7, 3)) }

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func (p pull) review(i int) object {
	states := []string{"APPROVED", "COMMENTED", "CHANGES_REQUESTED", "DISMISSED"}
	at := p.created().Add(time.Duration(i+1) * time.Minute)
	if p.times > 0 && i >= p.reviews()-p.times {
		at = p.updated
	}
	return object{
		"id": fmt.Sprintf("PRR_%d_%d", p.id(), i), "fullDatabaseId": fmt.Sprint(p.id()*1000 + int64(i)), "state": states[p.draw(20+uint64(i), 4)],
		"submittedAt": stamp(at), "author": person(p.draw(30+uint64(i), 40)), "authorAssociation": "MEMBER", "authorCanPushToRepository": true,
		"commit": object{"oid": p.sha(uint64(p.commits() - 1))},
	}
}

func (p pull) commit(i int) object {
	at := stamp(p.created().Add(-time.Hour + time.Duration(i)*time.Second))
	name := fmt.Sprintf("User %02d", p.draw(4, 40))
	email := fmt.Sprintf("user-%02d@example.org", p.draw(4, 40))
	return object{"commit": object{
		"oid": p.sha(uint64(i)), "message": fmt.Sprintf("Step %d of change %d\n\nIt does what the title says, and no more.\n", i+1, p.number),
		"authoredDate": at, "committedDate": at, "author": object{"name": name, "email": email, "user": person(p.draw(4, 40))},
		"committer": object{"name": name, "email": email},
	}}
}

// event is an item of the timeline: a label, a request for review, force pushes, and the merge at the end.
func (p pull) event(i int) object {
	e := object{"id": fmt.Sprintf("EV_%d_%d", p.id(), i), "createdAt": stamp(p.created().Add(time.Duration(i+1) * time.Minute)), "actor": person(p.draw(4, 40))}
	switch {
	case i == 0:
		e["__typename"], e["label"] = "LabeledEvent", object{"name": p.label()}
		delete(e, "actor")
	case i == 1:
		e["__typename"] = "ReviewRequestedEvent"
	case i == p.events()-1 && p.merged():
		e["__typename"], e["createdAt"] = "MergedEvent", stamp(p.finished())
	default:
		e["__typename"], e["beforeCommit"], e["afterCommit"] = "HeadRefForcePushedEvent", object{"oid": p.sha(900)}, object{"oid": p.sha(0)}
	}
	return e
}

func (p pull) label() string { return []string{"bug", "feature", "chore"}[p.draw(8, 3)] }

// page is a part of a list in GraphQL's form.
func page(total, first, after int, item func(int) object) object {
	end := min(total, after+first)
	nodes := make([]object, 0, max(0, end-after))
	for i := after; i < end; i++ {
		nodes = append(nodes, item(i))
	}
	return object{"pageInfo": object{"hasNextPage": end < total, "endCursor": fmt.Sprint(end)}, "nodes": nodes}
}

// graph is the pull request as the fragment Pull asks for it.
func (p pull) graph() object {
	o := object{
		"id": p.node(), "fullDatabaseId": fmt.Sprint(p.id()), "number": p.number, "title": p.title(), "body": p.body(), "state": "OPEN", "isDraft": false,
		"createdAt": stamp(p.created()), "updatedAt": stamp(p.updated), "mergedAt": nil, "closedAt": nil, "additions": 10, "deletions": 2, "changedFiles": 3,
		"author": p.author(), "authorAssociation": "MEMBER", "mergedBy": nil, "baseRefName": "main", "headRefName": fmt.Sprintf("change-%d", p.number),
		"headRefOid": p.sha(uint64(p.commits() - 1)), "mergeCommit": nil, "reviewDecision": nil, "totalCommentsCount": p.draw(9, 9), "comments": object{"totalCount": 0},
		"assignees": object{"nodes": []object{person(p.draw(10, 40))}}, "labels": object{"nodes": []object{{"name": p.label()}}},
		"reviews": page(p.reviews(), 30, 0, p.review), "commits": page(p.commits(), 30, 0, p.commit), "timelineItems": page(p.events(), 50, 0, p.event),
	}
	if p.merged() {
		o["state"], o["mergedAt"], o["closedAt"] = "MERGED", stamp(p.finished()), stamp(p.finished())
		o["mergedBy"], o["mergeCommit"] = person(p.draw(11, 40)), object{"oid": p.sha(1000)}
	}
	return o
}

func (p pull) title() string {
	if p.times > 0 {
		return fmt.Sprintf("Change %d, edited %d times", p.number, p.times)
	}
	return fmt.Sprintf("Change %d", p.number)
}

func (p pull) body() string {
	return fmt.Sprintf("What change %d of %s is about, in a sentence or two that are as long as such texts are.\n\nCloses #%d.", p.number, p.repo.name, p.number+1)
}
