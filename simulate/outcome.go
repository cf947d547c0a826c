package simulate

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/baserate/baserate/record"
)

// mistake tells what became of a change that was one.
func (w *writer) mistake(c *Change, p proposal) {
	switch c.Mistake {
	case Incident:
		w.incident(c)
		if w.Mixed && c.Index%2 == 0 {
			w.repair(repair{c.At + c.After + uint32(c.Outage)*60, c.Number(), Incident, p})
		}
	case Reverted, Hotfixed:
		w.repair(repair{c.At + c.After, c.Number(), c.Mistake, p})
	}
}

// incident tells an incident that the change was declared to have caused.
func (w *writer) incident(c *Change) {
	id := incidentID(c.Number())
	in := w.outage(c.Repo, id, c.At+c.After, c.Outage, record.CauseChange)
	in.Severity = c.Severity
	w.batch.Incidents = append(w.batch.Incidents, in)
	w.batch.Causes = append(w.batch.Causes, record.Cause{
		Source: in.Source, Incident: id, Role: record.RoleCause, Kind: "commit", Repo: w.repos[c.Repo], Ref: hash(c.Repo, c.Number(), landed),
		Method: "declared", Score: .95, StatedAt: in.UpdatedAt,
	})
}

// control tells an incident that no change caused, and that is known of one only because it followed its deployment.
func (w *writer) control(c *Change) {
	if c.ControlAfter == 0 {
		return
	}
	id := incidentID(c.Number()) + "-x"
	why := [...]record.CauseType{record.CauseCapacity, record.CauseDependency, record.CauseHardware}[c.Index%3]
	in := w.outage(c.Repo, id, c.At+c.ControlAfter, 30+uint16(c.Index%90), why)
	in.Severity = uint8(2 + c.Index%4)
	w.batch.Incidents = append(w.batch.Incidents, in)
	w.batch.Causes = append(w.batch.Causes, record.Cause{
		Source: in.Source, Incident: id, Role: record.RoleCause, Kind: "deployment", Repo: w.repos[c.Repo], Ref: deploymentID(c.Number()),
		Method: "deploy_window", Score: .4, StatedAt: in.DeclaredAt,
	})
}

// outage is an incident of a repository, resolved if that is known by the end.
func (w *writer) outage(repo uint16, id string, at uint32, minutes uint16, why record.CauseType) record.Incident {
	start := w.time(at)
	in := record.Incident{
		Source: "pagerduty", ID: id, Title: fmt.Sprintf("%s disturbed", w.repos[repo]), StartedAt: start, DeclaredAt: start, UpdatedAt: start,
		Services: []string{w.repos[repo]}, Repos: []string{w.repos[repo]}, CauseType: why,
	}
	if end := at + uint32(minutes)*60; minutes > 0 && w.past(end) {
		in.ResolvedAt = w.time(end)
		in.UpdatedAt = in.ResolvedAt
	}
	return in
}

// repair is a change that undoes or repairs another. It lands when its time has come.
type repair struct {
	At     uint32
	Number uint32 // of the change that is repaired
	Of     Mistake
	proposal
}

func (w *writer) repair(r repair) {
	if !w.past(r.At) {
		return
	}
	i, _ := slices.BinarySearchFunc(w.pending, r, func(a, b repair) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Number, b.Number)) })
	w.pending = slices.Insert(w.pending, i, r)
}

// repairs lands those that are due. A repair is by AI as often as any change of its author in that repository and
// week, so that neither side of a comparison gets harmless changes for nothing.
func (w *writer) repairs(until uint32) {
	for len(w.pending) > 0 && w.pending[0].At <= until {
		r := w.pending[0]
		w.pending = w.pending[1:]
		p := r.proposal
		sha := hash(r.Repo, r.Number, landed)
		p.At, p.Number, p.Review, p.FailedAfter, p.Body = r.At, w.number(), independent, 0, ""
		p.Label = w.drawClass(w.aside(p.Number), &Change{At: r.At, Repo: r.Repo, Author: r.Author, Tier: w.tier[r.Repo] + 1, Permission: r.Permission, Size: 1})
		p.Denied = p.Label == NoAI && scatter(uint64(p.Number))%10 < 6
		if r.Of == Reverted {
			p.Title, p.Body = fmt.Sprintf("Revert %q", fmt.Sprintf("%s (#%d)", r.Title, r.Number)), "This reverts commit "+sha+"."
		} else {
			p.Title = "Fix: " + r.Title
		}
		p.Files = undone(r.Files)
		w.land(p)
		if r.Of == Incident {
			w.batch.Causes = append(w.batch.Causes, record.Cause{
				Source: "pagerduty", Incident: incidentID(r.Number), Role: record.RoleFix, Kind: "pull_request", Repo: w.repos[r.Repo],
				Ref: fmt.Sprint(p.Number), Method: "declared", Score: .9, StatedAt: w.time(p.At),
			})
		}
	}
}

// number is one that no proposal has yet.
func (w *writer) number() uint32 {
	w.next++
	return w.next - 1
}

// undone are the same files, their lines taken back.
func undone(all []record.FileChange) []record.FileChange {
	undone := slices.Clone(all)
	for i := range undone {
		undone[i].Additions, undone[i].Deletions = undone[i].Deletions, undone[i].Additions
	}
	return undone
}

// turnedDown tells a proposal beside one change in twelve that was closed without being merged, or that is open still.
func (w *writer) turnedDown(c *Change) {
	r := newRandom(w.Seed, 3<<40|uint64(c.Number()))
	late := c.At+14*day > w.seconds()
	if !r.happens(.08) && !(late && r.happens(.3)) {
		return
	}
	like := *c
	p := proposal{Repo: c.Repo, Author: c.Author, Team: c.Team, At: c.At, Number: w.number(), Title: w.subject(c.Number() + 1), Label: w.drawClass(r, &like)}
	p.Body = bodies[p.Label]
	if r.happens(.5) {
		p.Review = independent
	}
	pull, reviews := w.pull(p)
	if !late {
		pull.ClosedAt = w.time(p.At)
	}
	for i := range reviews {
		reviews[i].State = record.ReviewChangesRequested
	}
	w.batch.PullRequests = append(w.batch.PullRequests, pull)
	w.batch.Reviews = append(w.batch.Reviews, reviews...)
}

// bodies disclose what no commit that landed can.
var bodies = map[Class]string{
	Agent:    "🤖 Generated with [Claude Code](https://claude.com/claude-code)",
	Assisted: "Assisted-by: GitHub Copilot",
}

// use is an account's day with a tool.
type use struct {
	author uint32
	class  Class
}

var toolOf = map[Class]string{Agent: "claude-code", Assisted: "copilot"}

// use counts what the AI's maker would report: all of it, whether or not the change says so.
func (w *writer) use(c *Change) {
	if today := c.At / day; today != w.usedDay {
		w.flushUsage()
		w.usedDay = today
	}
	if c.AI == NoAI {
		return
	}
	u := w.used[use{c.Author, c.AI}]
	if u == nil {
		u = &record.Usage{Account: w.github[c.Author], Tool: toolOf[c.AI], Day: w.time(c.At).Truncate(24 * time.Hour)}
		w.used[use{c.Author, c.AI}] = u
	}
	u.Interactions += 3 + uint32(c.Size)*5
	u.Lines += uint32(c.Lines)
}

func (w *writer) flushUsage() {
	for _, u := range w.used {
		w.batch.Usage = append(w.batch.Usage, *u)
	}
	slices.SortFunc(w.batch.Usage, func(a, b record.Usage) int {
		return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Account.Login, b.Account.Login), cmp.Compare(a.Tool, b.Tool))
	})
	clear(w.used)
}
