package store

import (
	"time"

	"github.com/baserate/baserate/record"
)

func insertDeployments(ds []record.Deployment, version uint64) insert {
	return insert{"insert_deployments", []any{
		Column(ds, func(d *record.Deployment) string { return d.Repo }),
		Column(ds, func(d *record.Deployment) string { return d.ID }),
		Column(ds, func(d *record.Deployment) string { return d.SHA }),
		Column(ds, func(d *record.Deployment) string { return d.Environment }),
		Column(ds, func(d *record.Deployment) string { return d.Creator.Source }),
		Column(ds, func(d *record.Deployment) string { return d.Creator.Login }),
		Column(ds, func(d *record.Deployment) string { return string(d.Creator.Kind) }),
		Column(ds, func(d *record.Deployment) time.Time { return d.CreatedAt }),
		Column(ds, func(d *record.Deployment) *time.Time { return known(d.FinishedAt) }),
		Column(ds, func(d *record.Deployment) bool { return d.Failed }),
		Repeat(len(ds), version),
	}}
}

func insertIncidents(is []record.Incident, version uint64) insert {
	return insert{"insert_incidents", []any{
		Column(is, func(i *record.Incident) string { return i.Source }),
		Column(is, func(i *record.Incident) string { return i.ID }),
		Column(is, func(i *record.Incident) string { return i.Title }),
		Column(is, func(i *record.Incident) uint8 { return i.Severity }),
		Column(is, func(i *record.Incident) time.Time { return i.DeclaredAt }),
		Column(is, func(i *record.Incident) time.Time { return knownOr(i.StartedAt, i.DeclaredAt) }),
		Column(is, func(i *record.Incident) *time.Time { return known(i.ResolvedAt) }),
		Column(is, func(i *record.Incident) time.Time { return knownOr(i.UpdatedAt, i.DeclaredAt) }),
		Column(is, func(i *record.Incident) []string { return i.Services }),
		Column(is, func(i *record.Incident) []string { return i.Repos }),
		Column(is, func(i *record.Incident) string { return i.URL }),
		Column(is, func(i *record.Incident) string { return string(i.CauseType) }),
		Column(is, func(i *record.Incident) bool { return i.Drill }),
		Column(is, func(i *record.Incident) bool { return i.Deleted }),
		Column(is, func(i *record.Incident) string { return i.Status }),
		Column(is, func(i *record.Incident) *time.Time { return known(i.DetectedAt) }),
		Column(is, func(i *record.Incident) *time.Time { return known(i.AcknowledgedAt) }),
		Column(is, func(i *record.Incident) *time.Time { return known(i.MitigatedAt) }),
		Column(is, func(i *record.Incident) string { return i.Environment }),
		Column(is, func(i *record.Incident) string { return i.Summary }),
		Column(is, func(i *record.Incident) string { return i.PostmortemURL }),
		Column(is, func(i *record.Incident) map[string]string { return i.Extra }),
		Repeat(len(is), version),
	}}
}

func insertCauses(cs []record.Cause, version uint64) insert {
	return insert{"insert_causes", []any{
		Column(cs, func(c *record.Cause) string { return c.Repo }),
		Column(cs, func(c *record.Cause) string { return c.Source }),
		Column(cs, func(c *record.Cause) string { return c.Incident }),
		Column(cs, func(c *record.Cause) string { return string(c.Role) }),
		Column(cs, func(c *record.Cause) string { return c.Kind }),
		Column(cs, func(c *record.Cause) string { return c.Ref }),
		Column(cs, func(c *record.Cause) string { return c.Method }),
		Column(cs, func(c *record.Cause) float32 { return c.Score }),
		Column(cs, func(c *record.Cause) time.Time { return knownOr(c.StatedAt, early) }),
		Column(cs, func(c *record.Cause) string { return c.URL }),
		Column(cs, func(c *record.Cause) string { return c.By.Source }),
		Column(cs, func(c *record.Cause) string { return c.By.Login }),
		Repeat(len(cs), version),
	}}
}
