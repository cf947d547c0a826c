package derive

import (
	"context"
	"fmt"
	"regexp"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/baserate/baserate/attribution"
	"github.com/baserate/baserate/store"
)

// verdictsPerInsert bounds what is held in memory between two inserts.
const verdictsPerInsert = 50_000

// pending is a commit that has no verdict yet, with what a verdict rests on.
type pending struct {
	repo, sha                                              string
	authorName, authorEmail, committerName, committerEmail string
	authoredAt, committedAt                                time.Time
	parents                                                uint32
	message                                                string
	noteRefs, noteTexts                                    []string
	notesVersion                                           uint64
	ofPull                                                 bool // by the forge's word: no clone has it
}

func (p *pending) commit() attribution.Commit {
	notes := make([]attribution.Note, len(p.noteRefs))
	for i := range notes {
		notes[i] = attribution.Note{Ref: p.noteRefs[i], Text: p.noteTexts[i]}
	}
	return attribution.Commit{
		AuthorName: p.authorName, AuthorEmail: p.authorEmail,
		CommitterName: p.committerName, CommitterEmail: p.committerEmail,
		Message: p.message, AuthoredAt: p.authoredAt, CommittedAt: p.committedAt,
		Parents: int(p.parents), Notes: notes,
	}
}

// attribute gives every commit of the repositories that lacks one a verdict, and returns how many did. Reading,
// classifying and writing overlap.
func (d *Deriver) attribute(ctx context.Context, repos []string) (int, error) {
	group, ctx := errgroup.WithContext(ctx)
	commits := make(chan pending, 1024)
	classified := make(chan classified, 1024)
	group.Go(func() error {
		defer close(commits)
		return d.read(ctx, repos, commits)
	})
	workers, _ := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() error { return d.classify(ctx, commits, classified) })
	}
	group.Go(func() error {
		defer close(classified)
		return workers.Wait()
	})
	var n int
	group.Go(func() (err error) {
		n, err = d.write(ctx, classified)
		return err
	})
	return n, group.Wait()
}

func (d *Deriver) read(ctx context.Context, repos []string, commits chan<- pending) error {
	rows, err := d.Store.Rows(ctx, step("pending"), store.Params{"repos": repos, "rules": d.Classifier.RulesVersion()})
	if err != nil {
		return fmt.Errorf("read commits: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p pending
		if err := rows.Scan(&p.repo, &p.sha, &p.authorName, &p.authorEmail, &p.committerName, &p.committerEmail,
			&p.authoredAt, &p.committedAt, &p.parents, &p.message, &p.noteRefs, &p.noteTexts, &p.notesVersion, &p.ofPull); err != nil {
			return fmt.Errorf("read commits: %w", err)
		}
		select {
		case commits <- p:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return rows.Err()
}

// classified is a verdict on a commit, and the evidence that the branch it merged gives, if it names one.
type classified struct {
	pending
	verdict attribution.Verdict
	branch  attribution.Evidence
}

func (d *Deriver) classify(ctx context.Context, commits <-chan pending, out chan<- classified) error {
	for p := range commits {
		c := classified{pending: p, verdict: d.Classifier.Classify(p.commit())}
		if head := mergedBranch(p.message); head != "" && p.parents > 1 {
			c.branch, _ = d.Classifier.ClassifyBranch(head)
		}
		c.message, c.noteTexts = "", nil
		select {
		case out <- c:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

var mergeSubject = regexp.MustCompile(`\AMerge(?:d)? (?:pull request #\d+ from [^\s/]+/(\S+)|(?:remote-tracking )?branch '([^']+)')`)

// mergedBranch returns the name of the branch that a merge commit's subject says it merged, "" when it says none.
func mergedBranch(message string) string {
	if len(message) < 6 || message[:5] != "Merge" {
		return ""
	}
	m := mergeSubject.FindStringSubmatch(message)
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

func (d *Deriver) write(ctx context.Context, in <-chan classified) (int, error) {
	total := 0
	rows := make([]classified, 0, verdictsPerInsert)
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		total += len(rows)
		err := d.Store.Insert(ctx, step("insert_verdicts"), verdictColumns(rows, d.Classifier.RulesVersion(), d.Store.Version()))
		rows = rows[:0]
		return err
	}
	for c := range in {
		if rows = append(rows, c); len(rows) == verdictsPerInsert {
			if err := flush(); err != nil {
				return total, err
			}
		}
	}
	return total, flush()
}
