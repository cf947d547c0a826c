package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// question is a call of GraphQL.
type question struct {
	Query     string
	Variables struct {
		ID                                      string
		IDs                                     []string
		Size                                    int
		After                                   string
		Order                                   struct{ Field, Direction string }
		Reviews, Commits, Events                bool
		ReviewsAfter, CommitsAfter, EventsAfter string
	}
	named map[string]any
}

var operation = regexp.MustCompile(`(?m)^query (\w+)`)

func (f *Fleet) graphql(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Query     string
		Variables json.RawMessage
	}
	var q question
	if json.NewDecoder(r.Body).Decode(&body) != nil || json.Unmarshal(body.Variables, &q.Variables) != nil || json.Unmarshal(body.Variables, &q.named) != nil {
		http.Error(w, `{"message":"Problems parsing JSON"}`, http.StatusBadRequest)
		return
	}
	name := operation.FindStringSubmatch(body.Query)
	if name == nil {
		name = []string{"", "unnamed"}
	}
	f.count(name[1])
	data, flaws := f.answer(name[1], &q)
	answer := object{"data": data}
	if data != nil {
		data["rateLimit"] = object{"cost": 1, "remaining": 4999, "resetAt": stamp(f.opts.Now().Add(time.Hour))}
	}
	if len(flaws) > 0 {
		answer["errors"] = flaws
	}
	write(w, answer)
}

// answer gives the data of a query that the fleet knows, and what is wrong with some of it.
func (f *Fleet) answer(name string, q *question) (object, []object) {
	switch name {
	case "Pulls":
		return f.node(q, func(r repo) object { return f.connection(&r, q, f.full(r)) })
	case "PullNumbers":
		return f.node(q, func(r repo) object {
			return f.connection(&r, q, func(l line) object { return object{"number": l.number, "updatedAt": stamp(l.at)} })
		})
	case "NewestPulls":
		return f.nodes(q, func(r repo) object { return f.connection(&r, q, f.full(r)) })
	case "PullNews":
		return f.nodes(q, f.news)
	case "PullRest":
		return f.rest(q), nil
	case "Named":
		return f.byNames(q)
	}
	return nil, []object{{"message": "the fleet does not know the query " + name}}
}

func (f *Fleet) full(r repo) func(line) object {
	return func(l line) object { return f.pull(r, l.number).graph() }
}

// node answers a query for one repository, nodes one for several.
func (f *Fleet) node(q *question, of func(repo) object) (object, []object) {
	r, ok := f.byNode(q.Variables.ID)
	if !ok || r.blocked {
		return object{"node": nil}, []object{notFound("node")}
	}
	return object{"node": object{"pullRequests": of(r)}}, nil
}

func (f *Fleet) nodes(q *question, of func(repo) object) (object, []object) {
	list := make([]any, len(q.Variables.IDs))
	var flaws []object
	for i, id := range q.Variables.IDs {
		if r, ok := f.byNode(id); ok && !r.blocked {
			list[i] = object{"pullRequests": of(r)}
		} else {
			flaws = append(flaws, notFound("nodes", i))
		}
	}
	return object{"nodes": list}, flaws
}

func notFound(path ...any) object {
	return object{"type": "NOT_FOUND", "path": path, "message": "Could not resolve to a node with the global id."}
}

// connection is a page of pull requests. Its cursor holds what the list is ordered by, so that it stays good when others move.
func (f *Fleet) connection(r *repo, q *question, item func(line) object) object {
	v := &q.Variables
	all := f.lines(r, v.Order.Field, v.Order.Direction)
	start := 0
	if after, ok := parseCursor(v.After); ok {
		for start < len(all) && !beyond(all[start], after, v.Order.Field, v.Order.Direction) {
			start++
		}
	}
	end := min(len(all), start+v.Size)
	nodes := make([]object, 0, end-start)
	for _, l := range all[start:end] {
		nodes = append(nodes, item(l))
	}
	cursor := v.After
	if end > start {
		cursor = fmt.Sprintf("Y3Vyc29yOnYyOpK5:%d:%d", all[end-1].at.Unix(), all[end-1].number)
	}
	return object{"totalCount": len(all), "pageInfo": object{"hasNextPage": end < len(all), "endCursor": cursor}, "nodes": nodes}
}

func parseCursor(text string) (line, bool) {
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return line{}, false
	}
	at, err := strconv.ParseInt(parts[1], 10, 64)
	number, err2 := strconv.Atoi(parts[2])
	return line{number, time.Unix(at, 0)}, err == nil && err2 == nil
}

// beyond reports whether a line comes after another one in the order of a list.
func beyond(l, other line, field, direction string) bool {
	order := compare(l, other)
	if field != "UPDATED_AT" {
		order = l.number - other.number
	}
	if strings.EqualFold(direction, "DESC") {
		return order < 0
	}
	return order > 0
}

func (f *Fleet) news(r repo) object {
	all := f.lines(&r, "UPDATED_AT", "DESC")
	nodes := []object{}
	if len(all) > 0 {
		nodes = append(nodes, object{"updatedAt": stamp(all[0].at)})
	}
	return object{"totalCount": len(all), "nodes": nodes}
}

// rest answers for the lists that did not fit.
func (f *Fleet) rest(q *question) object {
	v := &q.Variables
	list := make([]any, len(v.IDs))
	for i, id := range v.IDs {
		var repoID int64
		var number int
		if _, err := fmt.Sscanf(id, "PR_%d_%d", &repoID, &number); err != nil {
			continue
		}
		r, ok := f.byID(repoID)
		if !ok {
			continue
		}
		p, o := f.pull(r, number), object{}
		if v.Reviews {
			o["reviews"] = page(p.reviews(), 100, place(v.ReviewsAfter), p.review)
		}
		if v.Commits {
			o["commits"] = page(p.commits(), 100, place(v.CommitsAfter), p.commit)
		}
		if v.Events {
			o["timelineItems"] = page(p.events(), 100, place(v.EventsAfter), p.event)
		}
		list[i] = o
	}
	return object{"nodes": list}
}

func place(cursor string) int {
	n, _ := strconv.Atoi(cursor)
	return n
}

// byNames answers for repositories by owner and name.
func (f *Fleet) byNames(q *question) (object, []object) {
	data := object{}
	var flaws []object
	for i := 0; q.named[fmt.Sprintf("o%d", i)] != nil; i++ {
		key := fmt.Sprintf("r%d", i)
		r, ok := f.byName(fmt.Sprintf("%v/%v", q.named[fmt.Sprintf("o%d", i)], q.named[fmt.Sprintf("n%d", i)]))
		if data[key] = nil; !ok {
			flaws = append(flaws, notFound(key))
			continue
		}
		data[key] = object{
			"id": fmt.Sprintf("R_%d", r.id), "databaseId": r.id, "nameWithOwner": r.name, "defaultBranchRef": object{"name": "main"},
			"isArchived": false, "isFork": false, "isPrivate": true, "createdAt": stamp(f.start), "pushedAt": stamp(f.opts.Now()),
		}
	}
	return data, flaws
}
