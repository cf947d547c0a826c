package actions

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/baserate/baserate/record"
)

// shelf answers as a server of S3 does to listings and reads, five keys a page.
type shelf struct {
	mu      sync.Mutex
	objects map[string]string
	after   []string // start-after of the listings
	broken  bool
	cut     string // key of an object whose body ends too early
}

type listing struct {
	XMLName               xml.Name `xml:"ListBucketResult"`
	IsTruncated           bool
	NextContinuationToken string
	Contents              []content
	CommonPrefixes        []struct{ Prefix string }
}

type content struct {
	Key, ETag, LastModified string
	Size                    int
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	switch {
	case s.broken:
		w.WriteHeader(http.StatusForbidden)
	case q.Get("list-type") == "2":
		_ = xml.NewEncoder(w).Encode(s.list(q))
	default:
		text, ok := s.objects[strings.TrimPrefix(r.URL.Path, "/trail/")]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		if s.cut != "" && strings.HasSuffix(r.URL.Path, s.cut) {
			w.Header().Set("Content-Length", fmt.Sprint(len(text)))
			text = text[:len(text)/2]
		}
		w.Header().Set("ETag", fmt.Sprintf("%q", etag(text)))
		w.Header().Set("Last-Modified", time.Unix(0, 0).UTC().Format(http.TimeFormat))
		_, _ = io.WriteString(w, text)
	}
}

func etag(text string) string { return fmt.Sprintf("%032x", len(text)) }

func (s *shelf) list(q url.Values) listing {
	after := q.Get("start-after")
	if after != "" && q.Get("continuation-token") == "" {
		s.after = append(s.after, after)
	}
	after = max(after, q.Get("continuation-token"))
	var l listing
	seen := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(s.objects)) {
		rest, within := strings.CutPrefix(key, q.Get("prefix"))
		if !within || key <= after {
			continue
		}
		if len(l.Contents)+len(l.CommonPrefixes) == 5 {
			l.IsTruncated = true
			break
		}
		if at := strings.Index(rest, q.Get("delimiter")); q.Get("delimiter") != "" && at >= 0 {
			prefix := q.Get("prefix") + rest[:at+1]
			if !seen[prefix] {
				l.CommonPrefixes = append(l.CommonPrefixes, struct{ Prefix string }{prefix})
			}
			seen[prefix] = true
			l.NextContinuationToken = prefix + "\xff"
			continue
		}
		l.Contents = append(l.Contents, content{key, etag(s.objects[key]), "2026-11-20T08:30:00.000Z", len(s.objects[key])})
		l.NextContinuationToken = key
	}
	return l
}

func (s *shelf) put(key, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[key] = text
}

// Of a bucket with dated keys every part is listed from three days before its newest key on, once that was seen.
func TestBuckets(t *testing.T) {
	s := &shelf{objects: map[string]string{}}
	server := httptest.NewServer(s)
	defer server.Close()
	key := func(region string, day int, id string) string {
		return fmt.Sprintf("logs/AWSLogs/111111111111/CloudTrail/%s/2026/11/%02d/111111111111_CloudTrail_%s.json.gz", region, day, id)
	}
	put := func(region string, day int, id string) {
		s.put(key(region, day, id), zipped(`{"Records":[`+event(id)+`]}`))
	}
	for day := 1; day <= 12; day++ {
		put("eu-west-1", day, fmt.Sprintf("e%02d", day))
	}
	put("us-east-1", 2, "u02")
	s.put("logs/AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/2026/11/01/x.json.gz", zipped(`{}`))
	s.put("logs/other.log", event("o")+"\n")
	s.put("elsewhere/x.json", event("x"))
	source := source(t, Options{Kind: CloudTrail, Path: "", Bucket: Bucket{
		Endpoint: server.URL, Region: "eu-west-1", Name: "trail", Prefix: "logs/", AccessKey: "k", SecretKey: "s",
	}})
	first := collect(t, source, nil)
	wants(t, "first", first.ids, []string{"o", "e01", "e02", "e03", "e04", "e05", "e06", "e07", "e08", "e09", "e10", "e11", "e12", "u02"})
	if first.requests < 14 {
		t.Errorf("%d requests are counted", first.requests)
	}
	put("eu-west-1", 10, "late")
	put("eu-west-1", 13, "new")
	put("us-east-1", 3, "u03")
	put("ap-south-1", 1, "a01")
	s.after = nil
	news := collect(t, source, first.cursor)
	wants(t, "news", news.ids, []string{"a01", "late", "new", "u03"})
	const part = "logs/AWSLogs/111111111111/CloudTrail/"
	wants(t, "listed from", s.after, []string{part + "eu-west-1/2026/11/09", part + "us-east-1/2026/10/30"})
	wants(t, "at rest", collect(t, source, news.cursor).ids, nil)

	s.mu.Lock()
	s.broken = true
	s.mu.Unlock()
	var last error
	var left record.Cursor
	for b, err := range source.Collect(t.Context(), news.cursor) {
		if err != nil {
			last = err
			continue
		}
		left = b.Cursor
	}
	if last == nil || !strings.Contains(last.Error(), "list s3://trail/logs/") {
		t.Errorf("refused: %v", last)
	}
	c, err := readCursor(left)
	if err != nil || len(c.Done) == 0 {
		t.Errorf("after a refusal the cursor has %d files, %v", len(c.Done), err)
	}
}

// Keys without dates are listed whole, and objects that were written anew are read anew. One that is broken is said and left; one
// that breaks off on the way is no flaw of the log: the run fails, and the next reads it.
func TestUndatedBuckets(t *testing.T) {
	s := &shelf{objects: map[string]string{}}
	server := httptest.NewServer(s)
	defer server.Close()
	for i := range 7 {
		s.put(fmt.Sprintf("audit/node-%d/audit.log", i), line(fmt.Sprintf("n%d", i)))
	}
	s.put("audit/zz/readme.txt", "no log")
	s.put("audit/zz/broken.log.gz", zipped(line("x"))[:50])
	src := source(t, Options{Kind: Kubernetes, Cluster: "blue", Bucket: Bucket{Endpoint: strings.TrimPrefix(server.URL, "http://"), Insecure: true, Name: "trail", Prefix: "audit/", Region: "us-east-1"}})
	first := collect(t, src, nil)
	wants(t, "first", first.ids, []string{"n0", "n1", "n2", "n3", "n4", "n5", "n6"})
	wants(t, "flaws", first.warnings, []string{"damaged_file audit/zz/broken.log.gz true"})
	s.put("audit/node-3/audit.log", line("n3")+line("m3"))
	s.put("audit/node-5/audit.log", line("n5")+line("m5"))
	s.cut = "node-5/audit.log"
	var got collected
	var failed error
	for b, err := range src.Collect(t.Context(), first.cursor) {
		if err != nil {
			failed = err
			continue
		}
		got.add(b)
	}
	if failed == nil {
		t.Error("an object that broke off on the way is no failure")
	}
	wants(t, "before it broke off", got.ids[:2], []string{"n3", "m3"})
	s.cut = ""
	wants(t, "after", collect(t, src, got.cursor).ids, []string{"n5", "m5"})
	if len(s.after) > 0 {
		t.Errorf("listed from %q, though nothing says that what comes late sorts late", s.after)
	}
}
