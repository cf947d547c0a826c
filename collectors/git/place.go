package git

import (
	"context"

	"github.com/baserate/baserate/record"
)

// placements yields where commits stand now, for those that may stand elsewhere than last time.
func (s *session) placements(ctx context.Context) error {
	plan := s.planPlacements()
	if len(plan.landed)+len(plan.reachable)+len(plan.unreachable) == 0 {
		return nil
	}
	if s.after.Placing = true; !s.before.Placing {
		if err := s.yieldWithCursor(record.Batch{}); err != nil {
			return err
		}
	}
	if err := s.placeLanded(ctx, plan); err != nil {
		return err
	}
	return s.placeOthers(plan)
}

// placementPlan is the commits whose placement may have changed.
type placementPlan struct {
	landed      []node // on the default branch or brought in by it, parents first
	landing     landing
	reachable   []node // new, or no longer landed
	unreachable []node
}

// planPlacements finds where the old and the new default branch part: what had landed before that stays as it is.
// Everything is placed anew when it is not known how it stands: the old tip is gone, history is cut off elsewhere,
// or placements were yielded for another state of the clone since.
func (s *session) planPlacements() placementPlan {
	h := &s.history
	chain, before := h.chainTo(h.tip), h.chainTo(h.oldTip)
	placed := h.finished
	if s.before.Tip != "" && h.oldTip == noNode || s.before.Placing || !only(s.after.Shallows, s.shallow) {
		before, placed = nil, make(nodeSet, len(h.order))
	}
	shared := chain.shared(before)
	plan := placementPlan{landing: h.land(chain, shared)}
	left := make(nodeSet, len(h.order)) // had landed after the parting
	if len(before) > shared {
		left = h.ancestors([]node{h.oldTip})
		if shared > 0 {
			for n := range h.ancestors([]node{chain[shared-1]}).without() {
				left[n] = false
			}
		}
	}
	for n := range node(len(h.order)) {
		switch {
		case plan.landing.by[n] != noNode:
			plan.landed = append(plan.landed, n)
		case h.now[n] && (!placed[n] || left[n]):
			plan.reachable = append(plan.reachable, n)
		case !h.now[n] && (h.finished[n] || h.done[n] || h.strays[n]):
			plan.unreachable = append(plan.unreachable, n)
		}
	}
	return plan
}

// landing says what a default branch has brought in.
type landing struct {
	by       []node   // the commit of the chain that brought it; noNode when none or one of the shared
	position []uint32 // on the chain; 0 off it
}

// land goes up the chain from the shared commits on. Each commit was landed by the first one that has it among its
// ancestors.
func (g *graph) land(c chain, shared int) landing {
	l := landing{by: make([]node, len(g.order)), position: make([]uint32, len(g.order))}
	for n := range l.by {
		l.by[n] = noNode
	}
	before := make(nodeSet, len(g.order))
	if shared > 0 {
		before = g.ancestors([]node{c[shared-1]})
	}
	for i, tip := range c[shared:] {
		l.position[tip] = uint32(shared + i + 1)
		for todo := []node{tip}; len(todo) > 0; {
			n := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if l.by[n] == noNode && !before[n] {
				l.by[n] = tip
				todo = append(todo, g.parentsOf(n)...)
			}
		}
	}
	return l
}

// placeLanded yields the placements of what the default branch brought in, with the whole change of its merges.
func (s *session) placeLanded(ctx context.Context, plan placementPlan) error {
	h := &s.history
	isMerge := func(n node) bool { return plan.landing.position[n] > 0 && len(h.parentsOf(n)) > 1 }
	var asked []comparison
	for _, n := range plan.landed {
		if isMerge(n) {
			asked = append(asked, comparison{commit: n, parent: h.firstParent(n)})
		}
	}
	files := s.compare(ctx, asked)
	defer files.close()
	batch := placementBatch{session: s}
	for _, n := range plan.landed {
		p := record.Placement{
			Repo: s.name, SHA: s.hex(n), Reachable: true,
			Position: plan.landing.position[n], LandedBy: s.hex(plan.landing.by[n]),
		}
		if isMerge(n) {
			answer, err := files.next()
			if err != nil {
				return err
			}
			if p.Files, p.FilesUnknown = fileChanges(answer); p.FilesUnknown {
				s.warnAboutFiles(n, answer)
			}
		}
		if err := batch.add(p); err != nil {
			return err
		}
	}
	return batch.yield()
}

// placeOthers yields the placements of what is not on the default branch.
func (s *session) placeOthers(plan placementPlan) error {
	batch := placementBatch{session: s}
	for _, n := range plan.reachable {
		if err := batch.add(record.Placement{Repo: s.name, SHA: s.hex(n), Reachable: true}); err != nil {
			return err
		}
	}
	for _, n := range plan.unreachable {
		if err := batch.add(record.Placement{Repo: s.name, SHA: s.hex(n)}); err != nil {
			return err
		}
	}
	return batch.yield()
}

type placementBatch struct {
	session *session
	list    []record.Placement
	size    int
}

func (b *placementBatch) add(p record.Placement) error {
	b.list = append(b.list, p)
	for i := range p.Files {
		b.size += len(p.Files[i].Path)
	}
	if len(b.list) < 2*b.session.opts.BatchSize && b.size < batchBytes {
		return nil
	}
	return b.yield()
}

func (b *placementBatch) yield() error {
	if len(b.list) == 0 {
		return nil
	}
	batch := record.Batch{Placements: b.list}
	*b = placementBatch{session: b.session}
	return b.session.yield(batch)
}
