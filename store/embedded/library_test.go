package embedded_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/baserate/baserate/store/embedded"
)

func TestFindLibrary(t *testing.T) {
	found, err := embedded.FindLibrary()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("named by the environment", func(t *testing.T) {
		t.Setenv(embedded.LibraryVariable, found)
		t.Chdir(t.TempDir())
		if got, err := embedded.FindLibrary(); err != nil || got != found {
			t.Errorf("FindLibrary = %q, %v; want %q", got, err, found)
		}
	})
	t.Run("named wrongly", func(t *testing.T) {
		t.Setenv(embedded.LibraryVariable, "/nowhere/libchdb.so")
		_, err := embedded.FindLibrary()
		if err == nil || !strings.Contains(err.Error(), "BASERATE_LIBCHDB: stat /nowhere/libchdb.so") {
			t.Errorf("FindLibrary: %v, want the variable and the path", err)
		}
	})
	t.Run("a folder", func(t *testing.T) {
		t.Setenv(embedded.LibraryVariable, t.TempDir())
		if _, err := embedded.FindLibrary(); err == nil || !strings.Contains(err.Error(), "is not a file") {
			t.Errorf("FindLibrary: %v, want that it is not a file", err)
		}
	})
	t.Run("nowhere", func(t *testing.T) {
		t.Setenv(embedded.LibraryVariable, "")
		t.Chdir(t.TempDir())
		_, err := embedded.FindLibrary()
		if !errors.Is(err, embedded.ErrNoLibrary) || !strings.Contains(err.Error(), "npm ci --prefix store/embedded") {
			t.Errorf("FindLibrary: %v, want what to run", err)
		}
	})
}

func TestBadLibrary(t *testing.T) {
	other := filepath.Join(t.TempDir(), "libchdb.so")
	if err := os.WriteFile(other, []byte("half a download"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ library, want string }{
		"missing": {"/nowhere/libchdb.so", "No such file"},
		"corrupt": {other, "load " + other},
		"another": {"libc.so.6", "libc.so.6 is not libchdb"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			_, err := embedded.Start(context.Background(), embedded.Options{Dir: dir, Library: test.library})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Start: %v, want %q in it", err, test.want)
			}
			if _, err := embedded.Attach(context.Background(), dir); !errors.Is(err, embedded.ErrNotRunning) {
				t.Errorf("Attach after it: %v, want ErrNotRunning", err)
			}
			start(t, embedded.Options{Dir: dir}) // the lock is free
		})
	}
}

func TestMainChecksItsArguments(t *testing.T) {
	for _, args := range [][]string{nil, {"--library", "x"}, {"--config", "x"}, {"--bogus"}, {"--library", "x", "--config", "y", "z"}} {
		if got := embedded.Main(args); got != 2 {
			t.Errorf("Main(%q) = %d, want 2", args, got)
		}
	}
}
