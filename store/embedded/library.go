package embedded

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
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
		if err := checkFile(path); err != nil {
			return "", fmt.Errorf("%s: %w", LibraryVariable, err)
		}
		return filepath.Abs(path)
	}
	name, ok := packages[runtime.GOOS+"/"+runtime.GOARCH]
	if !ok {
		return "", fmt.Errorf("%w: there is none for %s/%s; use a ClickHouse server instead, by its address",
			ErrNoLibrary, runtime.GOOS, runtime.GOARCH)
	}
	tried := candidates(filepath.FromSlash(name))
	for _, path := range tried {
		if checkFile(path) == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("%w: run `%s`, or set %s to the path of %s; looked for %s", ErrNoLibrary,
		installCommand(name), LibraryVariable, libraryFile, strings.Join(tried, ", "))
}

// checkFile fails unless path is a file.
func checkFile(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is not a file", path)
	}
	return nil
}

// candidates are the places to look for the library of an npm package, best first.
func candidates(name string) []string {
	var places []string
	inCheckout := func(dir string) {
		if root, ok := checkout(dir); ok {
			places = append(places, filepath.Join(root, packageFolder, "node_modules", name, libraryFile))
		}
	}
	if exe, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(exe); err == nil {
			exe = real
		}
		places = append(places, filepath.Join(filepath.Dir(exe), libraryFile))
		inCheckout(filepath.Dir(exe))
	}
	if wd, err := os.Getwd(); err == nil {
		inCheckout(wd)
	}
	return slices.Compact(places)
}

// packageFolder is this package's place in a checkout.
var packageFolder = filepath.Join("store", "embedded")

// checkout returns the nearest folder at or above dir that has this package's package.json in its place.
func checkout(dir string) (string, bool) {
	for {
		if checkFile(filepath.Join(dir, packageFolder, "package.json")) == nil {
			return dir, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}

// installCommand is what to run in a checkout. The lock file holds only what could be tried.
func installCommand(name string) string {
	if name == packages["linux/amd64"] {
		return "npm ci --prefix store/embedded"
	}
	return "npm install --no-save --prefix store/embedded " + name + "@26.7.3-stable.1"
}
