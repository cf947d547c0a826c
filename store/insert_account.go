package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

func insertPermissions(ps []record.Permission, version uint64) insert {
	return insert{"insert_permissions", []any{
		Column(ps, func(p *record.Permission) string { return p.Repo }),
		Column(ps, func(p *record.Permission) string { return p.Account.Source }),
		Column(ps, func(p *record.Permission) string { return p.Account.Login }),
		Column(ps, func(p *record.Permission) string { return string(p.Account.Kind) }),
		Column(ps, func(p *record.Permission) string { return string(p.Level) }),
		Column(ps, func(p *record.Permission) string { return p.Grant }),
		Column(ps, func(p *record.Permission) time.Time { return p.SeenAt }),
		Repeat(len(ps), version),
	}}
}

func insertUsage(us []record.Usage, version uint64) insert {
	return insert{"insert_usage", []any{
		Column(us, func(u *record.Usage) time.Time { return u.Day }),
		Column(us, func(u *record.Usage) string { return u.Account.Source }),
		Column(us, func(u *record.Usage) string { return u.Account.Login }),
		Column(us, func(u *record.Usage) string { return u.Tool }),
		Column(us, func(u *record.Usage) uint32 { return u.Interactions }),
		Column(us, func(u *record.Usage) uint32 { return u.Lines }),
		Repeat(len(us), version),
	}}
}

func insertMembers(ms []record.Member, version uint64) insert {
	return insert{"insert_members", []any{
		Column(ms, func(m *record.Member) string { return m.Account.Source }),
		Column(ms, func(m *record.Member) string { return m.Account.Login }),
		Column(ms, func(m *record.Member) string { return m.Person }),
		Column(ms, func(m *record.Member) string { return m.Team }),
		Column(ms, func(m *record.Member) time.Time { return knownOr(m.From, early) }),
		Column(ms, func(m *record.Member) *time.Time { return known(m.To) }),
		Repeat(len(ms), version),
	}}
}

func insertProfiles(ps []record.Profile, version uint64) insert {
	return insert{"insert_profiles", []any{
		Column(ps, func(p *record.Profile) string { return p.Repo }),
		Column(ps, func(p *record.Profile) string { return p.Team }),
		Column(ps, func(p *record.Profile) uint8 { return p.Tier }),
		Column(ps, func(p *record.Profile) []string { return p.Services }),
		Repeat(len(ps), version),
	}}
}
