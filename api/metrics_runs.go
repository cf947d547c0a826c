package api

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"
)

// fewScopes is up to how many scopes of a stream have series of their own. A stream of more has one for all of them, with an
// empty scope: two thousand repositories would otherwise make tens of thousands of series.
const fewScopes = 20

func ofRun(name, help string, more ...string) *prometheus.Desc {
	return prometheus.NewDesc("baserate_collection_"+name, help, append([]string{"source", "stream", "scope"}, more...), nil)
}

var (
	lastSuccess = ofRun("last_success_timestamp_seconds", "When the stream was last collected with success.")
	lag         = ofRun("lag_seconds", "How old the data of the stream are: time since it was last collected with success.")
	up          = ofRun("up", "Share of the scopes whose last run got through: 1 all, 0 none. There is none for what the source does not have.")
	duration    = ofRun("duration_seconds", "How long the last run took, the longest of several scopes.")
	rowsTotal   = ofRun("rows_total", "Facts saved so far.")
	calls       = ofRun("requests_total", "Calls made to the source so far.")
	runsTotal   = ofRun("runs_total", "Runs so far by how they ended.", "status")
	ofRuns      = []*prometheus.Desc{lastSuccess, lag, up, duration, rowsTotal, calls, runsTotal}
)

// collectRuns sends what the ledger says of every run since the beginning.
func (f *freshness) collectRuns(ctx context.Context, values chan<- prometheus.Metric) {
	runs, err := f.store.Runs(ctx, fewScopes)
	if err != nil {
		f.log.Warn("metrics without the runs of the coverage ledger", "error", err)
		return
	}
	for _, r := range runs {
		labels := []string{r.Source, r.Stream, r.Scope}
		counter := func(d *prometheus.Desc, n uint64, more ...string) {
			values <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), append(labels[:3:3], more...)...)
		}
		if !r.Part {
			counter(rowsTotal, r.Rows)
			counter(calls, r.Requests)
		}
		counter(runsTotal, r.Whole, "ok")
		counter(runsTotal, r.Partial, "partial")
		counter(runsTotal, r.Failed, "failed")
		counter(runsTotal, r.Absent, "absent")
		values <- gauge(duration, r.Seconds, labels...)
		if r.LastSuccess != nil {
			values <- gauge(lastSuccess, float64(r.LastSuccess.UnixMilli())/1000, labels...)
			values <- gauge(lag, f.now().Sub(*r.LastSuccess).Seconds(), labels...)
		}
		if r.Up != nil {
			values <- gauge(up, *r.Up, labels...)
		}
	}
}
