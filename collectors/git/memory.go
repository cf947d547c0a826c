package git

// pairKey tells pairs apart by half of each name, which is as hard to forge as SHA-256 in half, and by whether the
// sides are submodules.
type pairKey struct {
	old, new [16]byte
	links    links
}

func keyOf(c *change) pairKey {
	return pairKey{old: [16]byte(c.old[:16]), new: [16]byte(c.new[:16]), links: c.links}
}

// generation is how many pairs one half of a pairMemory holds, about 20 MB.
const generation = 200_000

// pairMemory remembers the counts of pairs in bounded space: when the young half is full it becomes the old one,
// and what was in that and not asked for since is forgotten.
type pairMemory struct{ young, old map[pairKey]counts }

func (m *pairMemory) get(key pairKey) (counts, bool) {
	if c, found := m.young[key]; found {
		return c, true
	}
	c, found := m.old[key]
	if found {
		m.put(key, c)
	}
	return c, found
}

func (m *pairMemory) put(key pairKey, c counts) {
	if m.young == nil || len(m.young) >= generation {
		m.old, m.young = m.young, make(map[pairKey]counts, generation/4)
	}
	m.young[key] = c
}
