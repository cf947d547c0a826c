package api

import (
	"context"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/baserate/baserate/store"
)

// metrics are what an operator's Prometheus reads at /metrics.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
}

func newMetrics(o Options) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "baserate_http_request_duration_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60},
		}, []string{"route", "status"}),
	}
	m.registry.MustRegister(m.requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		&freshness{store: o.Store, log: o.Log, now: time.Now})
	return m
}

func (m *metrics) count(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Observe(took.Seconds())
}

// handler leaves compression to the middleware.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{DisableCompression: true})
}

// freshness asks the coverage ledger at each scrape.
type freshness struct {
	store *store.Store
	log   *slog.Logger
	now   func() time.Time
}

var (
	databaseUp  = prometheus.NewDesc("baserate_database_up", "1 when the database answered this scrape, else 0.", nil, nil)
	collections = prometheus.NewDesc("baserate_collections", "Scopes by source and by the status of their last collection.", []string{"source", "status"}, nil)
	dataAge     = prometheus.NewDesc("baserate_data_age_seconds", "Time since the source was last collected with success.", []string{"source"}, nil)
	changes     = prometheus.NewDesc("baserate_changes", "Changes derived so far.", nil, nil)
)

// Describe sends the descriptions, as the registry wants it.
func (f *freshness) Describe(descriptions chan<- *prometheus.Desc) {
	for _, d := range append([]*prometheus.Desc{databaseUp, collections, dataAge, changes}, ofRuns...) {
		descriptions <- d
	}
}

// Collect sends the values. Without the database there are none but that it is away.
func (f *freshness) Collect(values chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	coverage, err := f.store.Coverage(ctx)
	if err != nil {
		f.log.Warn("metrics without the database", "error", err)
		values <- gauge(databaseUp, 0)
		return
	}
	values <- gauge(databaseUp, 1)
	values <- gauge(changes, float64(coverage.Changes))
	streams, err := f.store.Streams(ctx)
	if err != nil {
		f.log.Warn("metrics without the coverage ledger", "error", err)
		return
	}
	counts, last := map[[2]string]float64{}, map[string]time.Time{}
	for _, s := range streams {
		for status, n := range byStatus(s) {
			if n > 0 {
				counts[[2]string{s.Source, status}] += float64(n)
			}
		}
		if s.LastSuccess != nil && s.LastSuccess.After(last[s.Source]) {
			last[s.Source] = *s.LastSuccess
		}
	}
	for key, n := range counts {
		values <- gauge(collections, n, key[0], key[1])
	}
	for source, at := range last {
		values <- gauge(dataAge, f.now().Sub(at).Seconds(), source)
	}
	f.collectRuns(ctx, values)
}

func byStatus(s store.Stream) map[string]uint64 {
	return map[string]uint64{"ok": s.Whole, "partial": s.Partial, "failed": s.Failed, "absent": s.Absent, "running": s.Running}
}

func gauge(d *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}
