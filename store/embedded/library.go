package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// LibraryVariable names the environment variable that gives the path of libchdb, before any other place.
const LibraryVariable = "BASERATE_LIBCHDB"

// ErrNoLibrary is in the error of [FindLibrary] when libchdb is in none of the places.
var ErrNoLibrary = errors.New("libchdb is not installed")

// packages are the npm packages that carry libchdb, by platform. The lock file pins the first; the others are made
// by the same project at the same version.
var packages = map[string]string{
	"linux/amd64":  "@chdb/lib-linux-x64-gnu",
	"linux/arm64":  "@chdb/lib-linux-arm64-gnu",
	"darwin/amd64": "@chdb/lib-darwin-x64",
	"darwin/arm64": "@chdb/lib-darwin-arm64",
}

const libraryFile = "libchdb.so" // on macOS too

// FindLibrary returns the path of libchdb: what BASERATE_LIBCHDB names, else beside this program, else in the
// node_modules of a checkout that holds this program or the working directory.
func FindLibrary() (string, error) {
	if path := os.Getenv(LibraryVariable); path != "" {
		if err := checkLibrary(path); err != nil {
			return "", fmt.Errorf("%s: %w", LibraryVariable, err)
		}
		return filepath.Abs(path)
	}
	tried := candidates()
	for _, path := range tried {
		if checkLibrary(path) == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: run `%s`, or set %s to the path of %s; looked for %s", ErrNoLibrary,
		installCommand(), LibraryVariable, libraryFile, strings.Join(tried, ", "))
}

func checkLibrary(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", path)
	}
	return nil
}

// candidates are the places to look, best first, without repeats.
func candidates() []string {
	var found []string
	add := func(path string) {
		for _, known := range found {
			if known == path {
				return
			}
		}
		found = append(found, path)
	}
	if exe, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(exe); err == nil {
			exe = real
		}
		add(filepath.Join(filepath.Dir(exe), libraryFile))
		if root, ok := checkout(filepath.Dir(exe)); ok {
			add(inCheckout(root))
		}
	}
	if wd, err := os.Getwd(); err == nil {
		if root, ok := checkout(wd); ok {
			add(inCheckout(root))
		}
	}
	return found
}

// checkout returns the nearest folder at or above dir that has this package's package.json in its place.
func checkout(dir string) (string, bool) {
	for {
		if checkLibrary(filepath.Join(dir, "store", "embedded", "package.json")) == nil {
			return dir, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}

func inCheckout(root string) string {
	name := packages[runtime.GOOS+"/"+runtime.GOARCH]
	return filepath.Join(root, "store", "embedded", "node_modules", filepath.FromSlash(name), libraryFile)
}

func installCommand() string {
	if name := packages[runtime.GOOS+"/"+runtime.GOARCH]; name != packages["linux/amd64"] && name != "" {
		return "npm install --no-save --prefix store/embedded " + name + "@26.7.3-stable.1"
	}
	return "npm ci --prefix store/embedded"
}
