package githubtest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options is what a fleet looks like.
type Options struct {
	Org       string // "acme" when empty
	Repos     int
	Pulls     int              // of each repository
	LongEvery int              // every so many pull requests have more reviews and commits than a first page shows; none when zero
	NoGraphQL bool             // answer 404 there
	Now       func() time.Time // the server's clock; time.Now when nil
}

// firstID is the number of the first repository; the others follow.
const firstID = 1001

// history is how long ago the oldest pull request was touched last, and quiet how long ago the newest was.
const (
	history = 400 * 24 * time.Hour
	quiet   = 20 * 24 * time.Hour
)

// Fleet is a server. It is safe for concurrent use.
type Fleet struct {
	opts  Options
	start time.Time
	mux   http.Handler

	mu       sync.Mutex
	repos    []*repo
	requests map[string]int
}

// repo is what is not as it was made.
type repo struct {
	id      int64
	name    string
	gone    bool
	blocked bool
	touched map[int]touch
	deleted map[int]bool
}

// touch is what became of a pull request since.
type touch struct {
	at    time.Time
	times int
}

// New makes a fleet.
func New(o Options) *Fleet {
	if o.Org == "" {
		o.Org = "acme"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	f := &Fleet{opts: o, start: o.Now().Add(-history).Truncate(time.Hour), requests: map[string]int{}}
	f.mux = f.routes()
	for i := range o.Repos {
		f.repos = append(f.repos, &repo{
			id: firstID + int64(i), name: fmt.Sprintf("%s/repo-%04d", o.Org, i+1), touched: map[int]touch{}, deleted: map[int]bool{},
		})
	}
	return f
}

// Touch changes a pull request now: its title, and one review more. Repositories and pull requests count from 1.
func (f *Fleet) Touch(repo, number int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.repos[repo-1].touched[number]
	f.repos[repo-1].touched[number] = touch{f.opts.Now().Truncate(time.Second), t.times + 1}
}

// Delete takes a pull request away.
func (f *Fleet) Delete(repo, number int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.repos[repo-1].deleted[number] = true
}

// Rename gives a repository another name, "owner/name".
func (f *Fleet) Rename(repo int, name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.repos[repo-1].name = name
}

// Remove takes a repository away.
func (f *Fleet) Remove(repo int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.repos[repo-1].gone = true
}

// Block answers 451 for a repository, which stays in the list.
func (f *Fleet) Block(repo int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.repos[repo-1].blocked = true
}

// Name is the name of a repository.
func (f *Fleet) Name(repo int) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.repos[repo-1].name
}

// Requests is how many calls came so far.
func (f *Fleet) Requests() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, of := range f.requests {
		n += of
	}
	return n
}

// RequestsBy is how many calls came of each kind: a query's name, or the pattern of a path.
func (f *Fleet) RequestsBy() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	by := map[string]int{}
	for what, n := range f.requests {
		by[what] = n
	}
	return by
}

func (f *Fleet) count(what string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests[what]++
}

// find is a copy of a repository that fits; ok is false when none does.
func (f *Fleet) find(fits func(*repo) bool) (repo, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.repos {
		if !r.gone && fits(r) {
			return *r, true
		}
	}
	return repo{}, false
}

func (f *Fleet) byNode(node string) (repo, bool) {
	var id int64
	if _, err := fmt.Sscanf(node, "R_%d", &id); err != nil {
		return repo{}, false
	}
	return f.byID(id)
}

func (f *Fleet) byID(id int64) (repo, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := id - firstID; i >= 0 && i < int64(len(f.repos)) && !f.repos[i].gone {
		return *f.repos[i], true
	}
	return repo{}, false
}

func (f *Fleet) byName(name string) (repo, bool) {
	return f.find(func(r *repo) bool { return strings.EqualFold(r.name, name) })
}

// line is where a pull request stands in a list.
type line struct {
	number int
	at     time.Time
}

// updated is when a pull request that nobody touched was last changed: in the order of the numbers.
func (f *Fleet) updated(number int) time.Time {
	step := (history - quiet) / time.Duration(max(1, f.opts.Pulls))
	return f.start.Add(time.Duration(number) * step).Truncate(time.Second)
}

// lines are the pull requests of a repository in an order: by number, or by when they were touched last.
func (f *Fleet) lines(r *repo, field, direction string) []line {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := make([]line, 0, f.opts.Pulls)
	for n := 1; n <= f.opts.Pulls; n++ {
		if r.deleted[n] {
			continue
		}
		l := line{n, f.updated(n)}
		if t, ok := r.touched[n]; ok {
			l.at = t.at
		}
		all = append(all, l)
	}
	if field == "UPDATED_AT" && len(r.touched) > 0 {
		slices.SortFunc(all, compare)
	}
	if strings.EqualFold(direction, "DESC") {
		slices.Reverse(all)
	}
	return all
}

func compare(a, b line) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.number, b.number)) }
