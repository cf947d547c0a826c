package git

import (
	"maps"
	"slices"

	"github.com/baserate/baserate/record"
)

// refUpdates lists the refs that moved since the last finished collection.
func (s *session) refUpdates() []record.RefUpdate {
	if !s.before.Finished {
		return nil
	}
	names := maps.Clone(s.refs.history)
	maps.Copy(names, s.before.Refs)
	var list []record.RefUpdate
	for _, ref := range slices.Sorted(maps.Keys(names)) {
		u := record.RefUpdate{
			Repo: s.name, Ref: ref, Old: s.before.Refs[ref], New: s.refs.history[ref],
			SeenAt: s.opts.Now().UTC(),
		}
		if u.Old == u.New {
			continue
		}
		u.Forced = u.Old != "" && u.New != "" && !s.followed(u.Old, u.New)
		list = append(list, u)
	}
	return list
}

// followed reports whether what a ref points to descends from what it pointed to.
func (s *session) followed(old, new string) bool {
	from, to := s.history.find(s.commitOf[old]), s.history.find(s.commitOf[new])
	return from != noNode && to != noNode && s.history.isAncestor(from, to)
}
