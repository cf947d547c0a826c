package actions

import (
	"maps"
	"slices"
	"time"
)

// settled is how long after its last line a log is taken to be closed.
const settled = 14 * 24 * time.Hour

// known is how far a log was read before, by its name or, if it was renamed since, by its beginning; from the start otherwise.
func (r *run) known(f file) growth {
	start := growth{Line: 1}
	if !f.grows || len(r.cursor.Growing) == 0 {
		return start
	}
	heads := map[int]uint64{} // by size
	same := func(g growth) bool {
		if g.At > f.size || g.Size == 0 {
			return false
		}
		if _, hashed := heads[g.Size]; !hashed {
			heads[g.Size] = r.head(f, g.Size)
		}
		return heads[g.Size] == g.Head
	}
	if g, ok := r.cursor.Growing[f.name]; ok && same(g) {
		return g
	}
	for _, name := range slices.Sorted(maps.Keys(r.cursor.Growing)) {
		if g := r.cursor.Growing[name]; same(g) {
			return g
		}
	}
	return start
}

// head hashes the beginning of a file, 0 when it is shorter or cannot be read.
func (r *run) head(f file, size int) uint64 {
	in, err := r.place.open(r.ctx, f, 0)
	if err != nil {
		return 0
	}
	defer in.Close()
	if head, n, err := headOf(in, size); err == nil && n == size {
		return head
	}
	return 0
}

// grown remembers how far a log was read.
func (r *run) grown(f file, reader *reader) error {
	delete(r.cursor.Growing, f.name)
	if !f.grows || !reader.lines || reader.zipped || reader.at == 0 || f.modified().Before(r.now.Add(-settled)) {
		return nil
	}
	in, err := r.place.open(r.ctx, f, 0)
	if err != nil {
		return err
	}
	defer in.Close()
	head, n, err := headOf(in, int(min(reader.at, headSize)))
	if err == nil {
		r.cursor.Growing[f.name] = growth{Head: head, Size: n, At: reader.at, Line: reader.line}
	}
	return err
}
