package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

func insertSeats(ss []record.Seat, version uint64) insert {
	return insert{"insert_seats", []any{
		Column(ss, func(s *record.Seat) string { return s.Account.Source }),
		Column(ss, func(s *record.Seat) string { return s.Account.Login }),
		Column(ss, func(s *record.Seat) string { return s.Tool }),
		Column(ss, func(s *record.Seat) string { return s.Plan }),
		Column(ss, func(s *record.Seat) *time.Time { return known(s.CreatedAt) }),
		Column(ss, func(s *record.Seat) *time.Time { return known(s.LastActiveAt) }),
		Column(ss, func(s *record.Seat) time.Time { return s.SeenAt }),
		Repeat(len(ss), version),
	}}
}

func insertIdentities(is []record.Identity, version uint64) insert {
	return insert{"insert_identities", []any{
		Column(is, func(i *record.Identity) string { return i.Account.Source }),
		Column(is, func(i *record.Identity) string { return i.Account.Login }),
		Column(is, func(i *record.Identity) time.Time { return i.At }),
		Column(is, func(i *record.Identity) string { return i.Person }),
		Column(is, func(i *record.Identity) bool { return i.Parted }),
		Column(is, func(i *record.Identity) string { return i.Origin }),
		Repeat(len(is), version),
	}}
}

func insertConfirmations(cs []record.Confirmation, version uint64) insert {
	return insert{"insert_confirmations", []any{
		Column(cs, func(c *record.Confirmation) string { return c.Source }),
		Column(cs, func(c *record.Confirmation) string { return c.Incident }),
		Column(cs, func(c *record.Confirmation) string { return c.Change }),
		Column(cs, func(c *record.Confirmation) bool { return c.Confirmed }),
		Column(cs, func(c *record.Confirmation) string { return c.By }),
		Column(cs, func(c *record.Confirmation) time.Time { return c.At }),
		Repeat(len(cs), version),
	}}
}

func (s *Store) insertPayloads(ps []record.Payload, version uint64) insert {
	return insert{"insert_payloads", []any{
		Column(ps, func(p *record.Payload) string { return p.Source }),
		Column(ps, func(p *record.Payload) string { return p.Kind }),
		Column(ps, func(p *record.Payload) string { return p.Scope }),
		Column(ps, func(p *record.Payload) string { return p.ID }),
		Column(ps, func(p *record.Payload) string { return p.Body }),
		Repeat(len(ps), time.Now().Add(s.options.KeepPayloads)),
		Repeat(len(ps), version),
	}}
}

func insertTombstones(ts []record.Tombstone, version uint64) insert {
	return insert{"insert_tombstones", []any{
		Column(ts, func(t *record.Tombstone) string { return t.Source }),
		Column(ts, func(t *record.Tombstone) string { return t.Kind }),
		Column(ts, func(t *record.Tombstone) string { return t.Scope }),
		Column(ts, func(t *record.Tombstone) string { return t.ID }),
		Column(ts, func(t *record.Tombstone) string { return t.Reason }),
		Column(ts, func(t *record.Tombstone) string { return t.Now }),
		Column(ts, func(t *record.Tombstone) time.Time { return t.SeenAt }),
		Repeat(len(ts), version),
	}}
}
