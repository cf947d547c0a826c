package proof

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/baserate/baserate/store"
	"github.com/baserate/baserate/store/embedded"
	"github.com/baserate/baserate/store/storetest"
)

// binary builds the program from this tree.
func binary(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "baserate")
	if out, err := exec.Command("go", "build", "-o", path, "github.com/baserate/baserate/cmd/baserate").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// stored are the facts in a folder of data that no program has open any more.
func stored(t testing.TB, folder string) map[string][]string {
	t.Helper()
	var all map[string][]string
	inside(t, folder, func(s *store.Store) { all = facts(t, s) })
	return all
}

// prepared is a folder of data with all tables and a known key for the pseudonyms, to be copied: what is derived is then the same
// in each copy.
func prepared(t testing.TB) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "prepared")
	inside(t, folder, func(s *store.Store) {
		if err := s.Exec(context.Background(), "INSERT INTO pseudonym_key (k0, k1, version) VALUES (1, 2, 18446744073709551615)", nil); err != nil {
			t.Fatal(err)
		}
	})
	return folder
}

// inside opens a folder of data and closes it again.
func inside(t testing.TB, folder string, use func(*store.Store)) {
	t.Helper()
	ctx := context.Background()
	engine, err := embedded.Start(ctx, embedded.Options{Dir: folder, AnalystDatabase: store.Views})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if err := store.Migrate(ctx, storetest.Options(engine)); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(ctx, storetest.Options(engine))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	use(s)
}

// counter stands before servers and says when a call came that was waited for.
type counter struct {
	*httptest.Server
	calls atomic.Int64
	at    atomic.Int64
	hit   atomic.Pointer[func()]
}

// newCounter sends calls on by the beginning of their path.
func newCounter(t testing.TB, upstream map[string]string) *counter {
	t.Helper()
	mux := http.NewServeMux()
	for beginning, server := range upstream {
		target, err := url.Parse(server)
		if err != nil {
			t.Fatal(err)
		}
		proxy := httputil.NewSingleHostReverseProxy(target)
		proxy.ErrorLog = log.New(io.Discard, "", 0) // callers that were killed are to be expected
		mux.Handle(beginning+"/", http.StripPrefix(beginning, proxy))
	}
	c := &counter{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f := c.hit.Load(); f != nil && c.calls.Add(1) == c.at.Load() {
			(*f)()
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(c.Close)
	return c
}

// at the nth call from now f is called.
func (c *counter) when(n int64, f func()) {
	c.calls.Store(0)
	c.at.Store(n)
	c.hit.Store(&f)
}

// history makes a git repository with so many commits, some of them of agents, and returns its folder.
func history(t testing.TB, commits int) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "tools.git")
	git(t, nil, "init", "-q", "--bare", "-b", "main", folder)
	var stream bytes.Buffer
	for i := range commits {
		message := fmt.Sprintf("change %d\n", i)
		if i%3 == 0 {
			message += "\nCo-Authored-By: Claude <noreply@anthropic.com>\n"
		}
		body := strings.Repeat(fmt.Sprintf("line of version %d\n", i/10), 5+i%7)
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter P%d <p%d@example.org> %d +0000\ndata %d\n%s", i%5, i%5, 1_780_000_000+i*3600, len(message), message)
		fmt.Fprintf(&stream, "M 100644 inline dir/file%d.txt\ndata %d\n%s\n", i%20, len(body), body)
	}
	git(t, &stream, "-C", folder, "fast-import", "--quiet")
	return folder
}

func git(t testing.TB, stdin *bytes.Buffer, args ...string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	if stdin != nil {
		cmd.Stdin = stdin
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v: %s", args, err, out)
	}
}

// environment is that of a program that is to find the engine's library, which lies in the tree.
func environment(t testing.TB, more ...string) []string {
	t.Helper()
	env := append(os.Environ(), more...)
	if os.Getenv("BASERATE_LIBCHDB") != "" {
		return env
	}
	found, err := filepath.Glob("../../store/embedded/node_modules/@chdb/*/libchdb.so")
	if err != nil || len(found) == 0 {
		return env // it is installed elsewhere
	}
	library, err := filepath.Abs(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return append(env, "BASERATE_LIBCHDB="+library)
}
