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

func insertCursor(source, scope string, cursor record.Cursor, version uint64) insert {
	return insert{"insert_cursors", []any{[]string{source}, []string{scope}, []string{string(cursor)}, []uint64{version}}}
}

func insertCollection(c record.Collection, version uint64) insert {
	return insert{"insert_collections", []any{
		[]string{c.Source},
		[]string{c.Scope},
		[]string{c.Stream},
		[]time.Time{c.StartedAt},
		[]*time.Time{known(c.FinishedAt)},
		[]string{string(c.Status)},
		[]uint64{c.Rows},
		[]uint64{c.Requests},
		[]*time.Time{known(c.From)},
		[]*time.Time{known(c.To)},
		[]string{c.Error},
		[][]string{Column(c.Warnings, func(w *record.Warning) string { return w.Code })},
		[][]string{Column(c.Warnings, func(w *record.Warning) string { return w.Subject })},
		[][]string{Column(c.Warnings, func(w *record.Warning) string { return w.Detail })},
		[]uint64{version},
	}}
}

// known is nil for the zero time, which stands for a time nobody knows.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
