package store

import (
	"context"
	"fmt"
	"time"

	"github.com/baserate/baserate/record"
)

// insert is a batch of rows by column, for the query file that names the columns in the same order.
type insert struct {
	query   string
	columns []any // slices of one length
}

// Column takes one field of every row.
func Column[T, V any](rows []T, field func(*T) V) []V {
	values := make([]V, len(rows))
	for i := range rows {
		values[i] = field(&rows[i])
	}
	return values
}

// Repeat is a column of one value.
func Repeat[V any](n int, v V) []V {
	values := make([]V, n)
	for i := range values {
		values[i] = v
	}
	return values
}

// Insert sends rows by column to an INSERT statement that names the columns in the same order, again and again
// while the server is away: rows have natural keys, so a batch that arrived twice is the same as one that arrived once.
func (s *Store) Insert(ctx context.Context, sql string, columns []any) error {
	// A server may buffer inserts by default; what is acknowledged here must be written.
	ctx = WithSettings(ctx, Settings{"async_insert": 0})
	return s.retry(ctx, func() error {
		batch, err := s.conn.PrepareBatch(ctx, sql)
		if err != nil {
			return err
		}
		for i, values := range columns {
			if err := batch.Column(i).Append(values); err != nil {
				_ = batch.Abort()
				return fmt.Errorf("column %d: %w", i, err)
			}
		}
		return batch.Send()
	})
}

func insertCommits(cs []record.Commit, version uint64) insert {
	return insert{"insert_commits", []any{
		Column(cs, func(c *record.Commit) string { return c.Repo }),
		Column(cs, func(c *record.Commit) string { return c.SHA }),
		Column(cs, func(c *record.Commit) []string { return c.Parents }),
		Column(cs, func(c *record.Commit) string { return c.Author.Name }),
		Column(cs, func(c *record.Commit) string { return c.Author.Email }),
		Column(cs, func(c *record.Commit) string { return c.Committer.Name }),
		Column(cs, func(c *record.Commit) string { return c.Committer.Email }),
		Column(cs, func(c *record.Commit) string { return c.RawAuthor.Name }),
		Column(cs, func(c *record.Commit) string { return c.RawAuthor.Email }),
		Column(cs, func(c *record.Commit) string { return c.RawCommitter.Name }),
		Column(cs, func(c *record.Commit) string { return c.RawCommitter.Email }),
		Column(cs, func(c *record.Commit) time.Time { return c.AuthoredAt }),
		Column(cs, func(c *record.Commit) time.Time { return c.CommittedAt }),
		Column(cs, func(c *record.Commit) int16 { return int16(c.AuthorZone) }),
		Column(cs, func(c *record.Commit) string { return c.Message }),
		Column(cs, func(c *record.Commit) []string {
			return Column(c.Trailers, func(t *record.Trailer) string { return t.Key })
		}),
		Column(cs, func(c *record.Commit) []string {
			return Column(c.Trailers, func(t *record.Trailer) string { return t.Value })
		}),
		Column(cs, func(c *record.Commit) []string { return paths(c.Files) }),
		Column(cs, func(c *record.Commit) []uint32 { return additions(c.Files) }),
		Column(cs, func(c *record.Commit) []uint32 { return deletions(c.Files) }),
		Column(cs, func(c *record.Commit) []bool { return binary(c.Files) }),
		Column(cs, func(c *record.Commit) bool { return c.FilesUnknown }),
		Repeat(len(cs), version),
	}}
}

func insertPlacements(ps []record.Placement, version uint64) insert {
	return insert{"insert_placements", []any{
		Column(ps, func(p *record.Placement) string { return p.Repo }),
		Column(ps, func(p *record.Placement) string { return p.SHA }),
		Column(ps, func(p *record.Placement) bool { return p.Reachable }),
		Column(ps, func(p *record.Placement) uint32 { return p.Position }),
		Column(ps, func(p *record.Placement) string { return p.LandedBy }),
		Column(ps, func(p *record.Placement) []string { return paths(p.Files) }),
		Column(ps, func(p *record.Placement) []uint32 { return additions(p.Files) }),
		Column(ps, func(p *record.Placement) []uint32 { return deletions(p.Files) }),
		Column(ps, func(p *record.Placement) []bool { return binary(p.Files) }),
		Column(ps, func(p *record.Placement) bool { return p.FilesUnknown }),
		Repeat(len(ps), version),
	}}
}

func paths(fs []record.FileChange) []string {
	return Column(fs, func(f *record.FileChange) string { return f.Path })
}

func additions(fs []record.FileChange) []uint32 {
	return Column(fs, func(f *record.FileChange) uint32 { return f.Additions })
}

func deletions(fs []record.FileChange) []uint32 {
	return Column(fs, func(f *record.FileChange) uint32 { return f.Deletions })
}

func binary(fs []record.FileChange) []bool {
	return Column(fs, func(f *record.FileChange) bool { return f.Binary })
}
