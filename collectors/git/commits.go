package git

import (
	"context"
	"fmt"

	"github.com/baserate/baserate/record"
)

const (
	// batchBytes bounds the messages and paths in a batch, roughly.
	batchBytes = 16 << 20
	// maxCommit is the largest commit object that is read; the largest honest ones have some hundred kilobytes.
	maxCommit = 64 << 20
)

// commits yields every commit that was not yet collected.
func (s *session) commits(ctx context.Context) error {
	fresh, again, err := s.unread(ctx)
	if err != nil {
		return err
	}
	s.progress = record.Progress{Total: int64(len(fresh) + len(again)), Unit: "commits"}
	reached := frontier{}
	for _, n := range s.history.frontier {
		reached[n] = true
	}
	if err := s.readCommits(ctx, fresh, reached); err != nil {
		return err
	}
	return s.readCommits(ctx, again, nil)
}

// readCommits yields the listed commits with their files. Those of a walk move the frontier.
func (s *session) readCommits(ctx context.Context, list []node, reached frontier) error {
	if len(list) == 0 {
		return nil
	}
	asked := make([]comparison, len(list))
	for i, n := range list {
		asked[i] = comparison{commit: n, parent: noNode, skip: s.boundary[s.history.order[n]]}
	}
	files := s.compare(ctx, asked)
	defer files.close()
	objects, err := s.scratch.openObjects(ctx, "--buffer")
	if err != nil {
		return err
	}
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		writeNames(objects.in, s.clone.format, s.history.named(list))
		objects.in.Close()
	}()
	defer func() {
		objects.kill()
		<-fed
		objects.wait()
	}()
	draft := commitBatch{session: s, reached: reached}
	for _, n := range list {
		answer, err := files.next()
		if err != nil {
			return err
		}
		if err := draft.read(objects, n, answer); err != nil {
			return err
		}
		if draft.full() {
			if err := draft.yield(ctx); err != nil {
				return err
			}
		}
	}
	return draft.yield(ctx)
}

// commitBatch gathers commits until there are enough for a batch.
type commitBatch struct {
	session *session
	reached frontier
	commits []record.Commit
	foreign []int // commits whose text is not in UTF-8
	size    int
}

func (b *commitBatch) full() bool {
	return len(b.commits) >= b.session.opts.BatchSize || b.size >= batchBytes
}

// read takes the next object, which is the commit n.
func (b *commitBatch) read(objects *objectReader, n node, answer compared) error {
	sha := b.session.hex(n)
	o, err := objects.next(maxCommit)
	if err != nil || o.kind != "commit" || o.data == nil {
		return fmt.Errorf("commit %s is missing, corrupt or absurdly large; run git fsck there and fetch it again: %w",
			sha, cmpErr(err, o))
	}
	parsed := parseCommit(o.data)
	commit := b.session.newCommit(sha, &parsed)
	commit.Files, commit.FilesUnknown = fileChanges(answer)
	if commit.FilesUnknown {
		b.session.warnAboutFiles(n, answer)
	}
	if b.reached != nil {
		b.reached.add(b.session.history.graph, n)
	}
	if isForeign(parsed.encoding) {
		b.foreign = append(b.foreign, len(b.commits))
	}
	b.commits = append(b.commits, commit)
	b.size += len(commit.Message)
	for i := range commit.Files {
		b.size += len(commit.Files[i].Path)
	}
	return nil
}

// cmpErr explains an answer that is not a commit.
func cmpErr(err error, o object) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("git cat-file: a %q of %d bytes", o.kind, o.size)
}

// yield sends the batch, and with it the cursor that covers it.
func (b *commitBatch) yield(ctx context.Context) error {
	if len(b.commits) == 0 {
		return nil
	}
	s := b.session
	if err := s.reencode(ctx, b.commits, b.foreign); err != nil {
		return err
	}
	if err := s.applyMailmap(ctx, b.commits); err != nil {
		return err
	}
	batch := record.Batch{Commits: b.commits}
	if b.reached != nil {
		s.after.Frontier = b.reached.names(s.history.graph, s.clone.format)
	}
	s.progress.Done += int64(len(b.commits))
	*b = commitBatch{session: s, reached: b.reached}
	return s.yieldWithCursor(batch)
}
