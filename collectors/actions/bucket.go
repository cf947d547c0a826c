package actions

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// lateness is how long after its day a log may still arrive.
const lateness = 3

// bucket is the objects under a prefix.
type bucket struct {
	client *minio.Client
	name   string
	prefix string
	calls  *atomic.Uint64
}

// openBucket makes the client; it calls nobody yet. Calls do not go through collectors/web, which holds whole answers in memory:
// logs are streamed, and the library has patience of its own.
func openBucket(b Bucket) (bucket, error) {
	host, secure, err := b.host()
	if err != nil {
		return bucket{}, fmt.Errorf("actions.bucket.endpoint: %w", err)
	}
	calls := &atomic.Uint64{}
	transport, err := minio.DefaultTransport(secure)
	if err != nil {
		return bucket{}, fmt.Errorf("actions.bucket: %w", err)
	}
	client, err := minio.New(host, &minio.Options{
		Creds: credentials.NewStaticV4(b.AccessKey, b.SecretKey, ""), Secure: secure, Region: b.Region, MaxRetries: 6,
		Transport: counting{transport, calls},
	})
	if err != nil {
		return bucket{}, fmt.Errorf("actions.bucket: %w", err)
	}
	return bucket{client, b.Name, b.Prefix, calls}, nil
}

// counting counts the calls that go out.
type counting struct {
	base  http.RoundTripper
	calls *atomic.Uint64
}

// RoundTrip sends a call.
func (c counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.calls.Add(1)
	return c.base.RoundTrip(r)
}

func (b bucket) requests() uint64 { return b.calls.Load() }

func (b bucket) files(ctx context.Context, since *cursor) iter.Seq2[file, error] {
	return func(yield func(file, error) bool) {
		listing, stop := context.WithCancel(ctx) // ends the listing's own goroutine
		defer stop()
		b.walk(listing, b.prefix, since, yield)
	}
}

// year is the part of a key from which on it is dated: 2026/ of …/CloudTrail/eu-west-1/2026/11/23/….
var year = regexp.MustCompile(`(^|/)(19|20)\d\d/$`)

// walk lists what is below a prefix, until there are years: these are one part, listed from where it last came to.
func (b bucket) walk(ctx context.Context, prefix string, since *cursor, yield func(file, error) bool) bool {
	var below []string
	for o := range b.client.ListObjectsIter(ctx, b.name, minio.ListObjectsOptions{Prefix: prefix}) {
		switch {
		case o.Err != nil:
			yield(file{}, fmt.Errorf("list s3://%s/%s: %w", b.name, prefix, o.Err))
			return false
		case strings.HasSuffix(o.Key, "/") && year.MatchString(o.Key):
			return b.dated(ctx, prefix, since, yield)
		case strings.HasSuffix(o.Key, "/"):
			below = append(below, o.Key)
		case !give(o, "", yield):
			return false
		}
	}
	for _, prefix := range below {
		if !noEvents.MatchString(prefix) && !b.walk(ctx, prefix, since, yield) {
			return false
		}
	}
	return true
}

// dated lists a part by its days.
func (b bucket) dated(ctx context.Context, part string, since *cursor, yield func(file, error) bool) bool {
	options := minio.ListObjectsOptions{Prefix: part, Recursive: true, StartAfter: since.After[part]}
	for o := range b.client.ListObjectsIter(ctx, b.name, options) {
		if o.Err != nil {
			yield(file{}, fmt.Errorf("list s3://%s/%s: %w", b.name, part, o.Err))
			return false
		}
		if !give(o, part, yield) {
			return false
		}
	}
	return true
}

// give yields an object that is a log.
func give(o minio.ObjectInfo, part string, yield func(file, error) bool) bool {
	if name := path.Base(o.Key); o.Size == 0 || strings.Contains(name, ".") && !logName.MatchString(name) && !strings.HasSuffix(name, ".gz") {
		return true
	}
	return yield(file{name: o.Key, size: o.Size, stamp: o.ETag, part: part}, nil)
}

// dayOf finds the day in what follows a part's prefix.
var dayOf = regexp.MustCompile(`^\d{4}/\d{2}/\d{2}/`)

// after is the key before which nothing new is expected in a part, once an object of it was seen; "" where its keys have no days.
func after(part, key string) string {
	day, err := time.Parse("2006/01/02/", dayOf.FindString(strings.TrimPrefix(key, part)))
	if err != nil {
		return ""
	}
	return part + day.AddDate(0, 0, -lateness).Format("2006/01/02")
}

func (b bucket) open(ctx context.Context, f file, _ int64) (io.ReadCloser, error) {
	object, err := b.client.GetObject(ctx, b.name, f.name, minio.GetObjectOptions{})
	if err != nil {
		return nil, fmt.Errorf("read s3://%s/%s: %w", b.name, f.name, err)
	}
	return object, nil
}
