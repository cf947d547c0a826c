package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

func insertRepository(r record.Repository, version uint64) insert {
	return insert{"insert_repositories", []any{
		[]string{r.Name},
		[]string{r.Path},
		[]string{r.DefaultBranch},
		[]string{r.Root},
		[]bool{r.Shallow},
		[]bool{r.Partial},
		[]uint64{version},
	}}
}

func insertNotes(ns []record.Note, version uint64) insert {
	return insert{"insert_notes", []any{
		Column(ns, func(n *record.Note) string { return n.Repo }),
		Column(ns, func(n *record.Note) string { return n.SHA }),
		Column(ns, func(n *record.Note) string { return n.Ref }),
		Column(ns, func(n *record.Note) string { return n.Text }),
		Repeat(len(ns), version),
	}}
}

func insertRefUpdates(us []record.RefUpdate, version uint64) insert {
	return insert{"insert_ref_updates", []any{
		Column(us, func(u *record.RefUpdate) string { return u.Repo }),
		Column(us, func(u *record.RefUpdate) string { return u.Ref }),
		Column(us, func(u *record.RefUpdate) string { return u.Old }),
		Column(us, func(u *record.RefUpdate) string { return u.New }),
		Column(us, func(u *record.RefUpdate) bool { return u.Forced }),
		Column(us, func(u *record.RefUpdate) time.Time { return u.SeenAt }),
		Repeat(len(us), version),
	}}
}

func insertCursor(c record.Collection, cursor record.Cursor, version uint64) insert {
	return insert{"insert_cursors", []any{
		[]string{c.Source},
		[]string{c.Scope},
		[]string{c.Stream},
		[]string{string(cursor)},
		[]uint64{version},
	}}
}

func insertCollections(cs []record.Collection, version uint64) insert {
	return insert{"insert_collections", []any{
		Column(cs, func(c *record.Collection) string { return c.Source }),
		Column(cs, func(c *record.Collection) string { return c.Scope }),
		Column(cs, func(c *record.Collection) string { return c.Stream }),
		Column(cs, func(c *record.Collection) time.Time { return c.StartedAt }),
		Column(cs, func(c *record.Collection) *time.Time { return known(c.FinishedAt) }),
		Column(cs, func(c *record.Collection) string { return string(c.Status) }),
		Column(cs, func(c *record.Collection) uint64 { return c.Rows }),
		Column(cs, func(c *record.Collection) uint64 { return c.Requests }),
		Column(cs, func(c *record.Collection) *time.Time { return known(c.From) }),
		Column(cs, func(c *record.Collection) *time.Time { return known(c.To) }),
		Column(cs, func(c *record.Collection) string { return c.Error }),
		Column(cs, func(c *record.Collection) []string { return codes(c.Warnings) }),
		Column(cs, func(c *record.Collection) []string { return subjects(c.Warnings) }),
		Column(cs, func(c *record.Collection) []string { return details(c.Warnings) }),
		Repeat(len(cs), version),
	}}
}

func codes(ws []record.Warning) []string {
	return Column(ws, func(w *record.Warning) string { return w.Code })
}

func subjects(ws []record.Warning) []string {
	return Column(ws, func(w *record.Warning) string { return w.Subject })
}

func details(ws []record.Warning) []string {
	return Column(ws, func(w *record.Warning) string { return w.Detail })
}

// known is nil for the zero time, which stands for a time nobody knows.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
