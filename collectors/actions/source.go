package actions

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/baserate/baserate/collectors"
	"github.com/baserate/baserate/record"
)

// The kinds of audit log. They are also the sources of what comes from them.
const (
	CloudTrail = "cloudtrail"
	Kubernetes = "kubernetes"
)

// Options say which audit log is read and what its names mean.
type Options struct {
	Name   string // in the ledger; the path or the bucket when empty
	Kind   string // CloudTrail or Kubernetes
	Path   string // a file or a folder
	Bucket Bucket // in its place

	Cluster string // name of the cluster, of Kubernetes only: its logs do not say it
	// Environments are names of environments by what an action was done to: a namespace, a cluster, an account, a system such
	// as "aws:111111111111/eu-west-1", a resource, or a tag such as "stage=prod"; * stands for any text. Of several that match
	// the longest holds.
	Environments map[string]string
	// Levels are what roles may do, by pattern of their names; before those of rules.yaml.
	Levels map[string]record.Level
	Now    func() time.Time // time.Now when nil
}

// Bucket is a place that speaks S3.
type Bucket struct {
	Endpoint  string // "s3.eu-central-1.amazonaws.com", with or without https://
	Region    string
	Name      string
	Prefix    string
	AccessKey string // with SecretKey; without them the bucket is read as anybody may
	SecretKey string
	Insecure  bool // plain HTTP, for a server on the same machine
}

// Source reads one audit log.
type Source struct {
	options Options
	place   place
	rules   *ruleSet
}

// New checks the options, all of them.
func New(o Options) (*Source, error) {
	problems := o.check()
	rules, err := builtin()
	if err := errors.Join(append(problems, err)...); err != nil {
		return nil, err
	}
	o.Name = cmp.Or(o.Name, o.Path, path.Join(o.Bucket.Name, o.Bucket.Prefix))
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Source{options: o, rules: rules.with(o), place: folder{o.Path}}
	if o.Bucket.Name != "" {
		if s.place, err = openBucket(o.Bucket); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// levels are those that a role's name can say.
var levels = []record.Level{record.LevelRead, record.LevelWrite, record.LevelMaintain, record.LevelAdmin, record.LevelOperator, record.LevelUnknown}

func (o *Options) check() []error {
	var all []error
	bad := func(field, format string, args ...any) {
		all = append(all, fmt.Errorf("actions.%s: %s", field, fmt.Sprintf(format, args...)))
	}
	if o.Kind != CloudTrail && o.Kind != Kubernetes {
		bad("kind", "%q is none of %s, %s", o.Kind, CloudTrail, Kubernetes)
	}
	o.checkPlace(bad)
	if o.Kind == Kubernetes && o.Cluster == "" {
		bad("cluster", "is missing: the log does not name the cluster")
	}
	if o.Kind == CloudTrail && o.Cluster != "" {
		bad("cluster", "CloudTrail knows no clusters: name accounts under environments")
	}
	for _, pattern := range slices.Sorted(maps.Keys(o.Environments)) {
		if pattern == "" || o.Environments[pattern] == "" {
			bad("environments", "%q: %q: both the pattern and the name of the environment are needed", pattern, o.Environments[pattern])
		}
	}
	for _, pattern := range slices.Sorted(maps.Keys(o.Levels)) {
		if !slices.Contains(levels, o.Levels[pattern]) {
			bad("levels", "%q: %q is none of %v", pattern, o.Levels[pattern], levels)
		}
	}
	return all
}

func (o *Options) checkPlace(bad func(field, format string, args ...any)) {
	switch {
	case o.Path == "" && o.Bucket == (Bucket{}):
		bad("path", "is missing: name a file or a folder, or a bucket")
	case o.Path != "" && o.Bucket != (Bucket{}):
		bad("path", "there is a bucket too: read one of them here, and the other under another name")
	case o.Path != "":
		if _, err := os.Stat(o.Path); err != nil {
			bad("path", "%v", err)
		}
	default:
		o.Bucket.check(bad)
	}
}

func (b *Bucket) check(bad func(field, format string, args ...any)) {
	if b.Name == "" {
		bad("bucket.name", "is missing")
	}
	if host, _, err := b.host(); err != nil || host == "" {
		bad("bucket.endpoint", "%q is no address such as s3.eu-central-1.amazonaws.com", b.Endpoint)
	}
	if (b.AccessKey == "") != (b.SecretKey == "") {
		bad("bucket.access_key", "and bucket.secret_key go together: one of them is missing")
	}
}

// host is the endpoint without its scheme, and whether it is reached by TLS.
func (b *Bucket) host() (host string, secure bool, err error) {
	if !strings.Contains(b.Endpoint, "://") {
		return b.Endpoint, !b.Insecure, nil
	}
	u, err := url.Parse(b.Endpoint)
	if err != nil {
		return "", false, err
	}
	return u.Host, u.Scheme == "https" && !b.Insecure, nil
}

// Tasks are the streams of the log.
func (s *Source) Tasks() []collectors.Task {
	return []collectors.Task{{
		Source: s.options.Kind, Scope: s.options.Name, Stream: "actions", Collector: s, Every: 10 * time.Minute, Timeout: 12 * time.Hour,
	}}
}
