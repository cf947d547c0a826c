package git

import (
	"context"
	"io"
	"iter"
	"slices"
)

const (
	// maxBlob is the largest content that is held here; larger ones are left to git.
	maxBlob = 4 << 20
	// keptBlobs is how many contents a blobCounter keeps: those of one path follow each other, and the new side
	// of one pair is the old side of the next.
	keptBlobs = 6
)

// blobCounter counts pairs by reading both contents. Those that only git can tell it leaves uncounted.
type blobCounter struct {
	dir     gitDir
	format  format
	reader  *objectReader // nil until the first content is wanted, and after git broke off
	fed     chan struct{} // closed when all requests are written
	pending []oid         // requested and not yet read
	recent  recentBlobs
	differ  lineDiffer
}

// blob is a content that was read.
type blob struct {
	id       oid
	data     []byte
	readable bool
	large    bool // over maxBlob: not held
}

// recentBlobs are the last contents used, the newest first.
type recentBlobs [keptBlobs]blob

// find moves the content to the front. When it is not there, the front is the oldest one, to be overwritten.
func (r *recentBlobs) find(id oid) (front *blob, found bool) {
	i := 0
	for i < len(r)-1 && r[i].id != id {
		i++
	}
	b := r[i]
	copy(r[1:i+1], r[:i])
	r[0] = b
	return &r[0], b.id == id
}

// count fills in counts; pairs should be ordered by path.
func (b *blobCounter) count(ctx context.Context, pairs []*pair) error {
	b.pending = b.plan(pairs)
	if err := b.request(ctx); err != nil {
		return err
	}
	for _, p := range pairs {
		for _, id := range p.contents() {
			if err := b.load(ctx, id); err != nil {
				return err
			}
		}
		p.counts = b.compare(p)
	}
	<-b.fed
	return nil
}

// contents are the names of the blobs that a pair needs.
func (p *pair) contents() []oid {
	switch {
	case p.links != 0:
		return nil
	case p.old.isZero() || p.old == p.new:
		return []oid{p.new}
	case p.new.isZero():
		return []oid{p.old}
	}
	return []oid{p.old, p.new}
}

// plan lists the contents to ask for, in the order in which load will find them missing.
func (b *blobCounter) plan(pairs []*pair) []oid {
	var ids recentBlobs
	for i := range b.recent {
		ids[i].id = b.recent[i].id
	}
	var list []oid
	for _, p := range pairs {
		for _, id := range p.contents() {
			if front, found := ids.find(id); !found {
				front.id = id
				list = append(list, id)
			}
		}
	}
	return list
}

// request starts git if need be and writes all that is pending, while load reads the answers.
func (b *blobCounter) request(ctx context.Context) error {
	if b.reader == nil {
		reader, err := b.dir.openObjects(ctx)
		if err != nil {
			return err
		}
		b.reader = reader
	}
	in, list := b.reader.in, b.pending
	b.fed = make(chan struct{})
	go func() {
		defer close(b.fed)
		writeNames(in, b.format, slices.Values(list))
	}()
	return nil
}

// writeNames writes one name a line, until the reader has gone.
func writeNames(in io.Writer, f format, names iter.Seq[oid]) {
	buf := make([]byte, 0, 1<<14)
	for id := range names {
		if buf = append(f.appendHex(buf, id), '\n'); len(buf) < 1<<13 {
			continue
		}
		if _, err := in.Write(buf); err != nil {
			return
		}
		buf = buf[:0]
	}
	in.Write(buf) // a failure shows as an answer that does not come
}

// load makes a content recent. When git breaks off, that content is unreadable and the others are asked for anew.
func (b *blobCounter) load(ctx context.Context, id oid) error {
	front, found := b.recent.find(id)
	if found {
		return nil
	}
	b.pending = b.pending[1:]
	err := b.read(front, id)
	if err == nil || !brokenOff(err) || ctx.Err() != nil {
		return err
	}
	b.close()
	return b.request(ctx)
}

func (b *blobCounter) read(into *blob, id oid) error {
	b.reader.buf = into.data[:cap(into.data)]
	*into = blob{id: id}
	o, err := b.reader.next(maxBlob)
	into.data, b.reader.buf = o.data, nil
	into.readable = err == nil && o.kind == "blob"
	into.large = o.size > maxBlob
	return err
}

// close ends git. It can be called at any time.
func (b *blobCounter) close() {
	if b.reader == nil {
		return
	}
	b.reader.kill()
	<-b.fed
	b.reader.wait() // a failure was seen as an answer that did not come
	b.reader = nil
}

// compare counts a pair whose contents are recent.
func (b *blobCounter) compare(p *pair) counts {
	if p.links != 0 {
		return compareLinks(p)
	}
	var sides [2][]byte
	for i, id := range [2]oid{p.old, p.new} {
		if id.isZero() {
			continue
		}
		content, _ := b.recent.find(id)
		if !content.readable {
			return counts{state: unreadable}
		}
		if content.large {
			return counts{}
		}
		sides[i] = content.data
	}
	answer, _ := b.differ.compare(sides[0], sides[1])
	return answer
}

// compareLinks counts changes of a submodule, which git shows as one line that names its commit.
func compareLinks(p *pair) counts {
	switch {
	case p.links == oldLink|newLink:
		return lineCounts(1, 1)
	case p.old.isZero():
		return lineCounts(0, 1)
	case p.new.isZero():
		return lineCounts(1, 0)
	}
	return counts{} // a submodule became a file or the other way round
}
