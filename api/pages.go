package api

import (
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

// pages serves the built frontend: its files, and index.html for every address that the frontend itself knows.
type pages struct {
	files map[string]asset // by path without the leading slash
}

type asset struct {
	body, packed []byte // packed is by brotli, nil where the build made none
	tag, kind    string
}

// kindsOfFile are those that the standard library does not know on every machine.
var kindsOfFile = map[string]string{
	".ico": "image/vnd.microsoft.icon", ".map": "application/json", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2",
}

// newPages reads all files once: they are part of the program and do not change while it runs.
func newPages(assets fs.FS) (*pages, error) {
	p := &pages{files: map[string]asset{}}
	err := fs.WalkDir(assets, ".", func(name string, entry fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			return err
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || entry.IsDir():
			return nil
		}
		if path.Ext(name) == packedExt {
			return nil // is a form of another
		}
		body, err := fs.ReadFile(assets, name)
		if err != nil {
			return err
		}
		packed, err := fs.ReadFile(assets, name+packedExt)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		kind := kindOfFile(name)
		if kind == "" {
			return fmt.Errorf("%s is of no known type: add it to kindsOfFile", name)
		}
		p.files[name] = asset{body, packed, tagOf(body), kind}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	return p, nil
}

// packedExt is what the build adds to the name of a file for its brotli form.
const packedExt = ".br"

// isPacked reports whether a request is for a file that is sent in its packed form.
func (p *pages) isPacked(c echo.Context) bool {
	name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
	return p.files[name].packed != nil && takesBrotli(c.Request().Header.Get(echo.HeaderAcceptEncoding))
}

// takesBrotli reports whether an Accept-Encoding header names br without forbidding it (RFC 9110, 12.5.3).
func takesBrotli(header string) bool {
	for coding := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(coding, ";")
		weight = strings.TrimSpace(weight)
		if strings.TrimSpace(name) == "br" {
			return !strings.HasPrefix(weight, "q=0") || strings.Trim(weight, "q=.0") != ""
		}
	}
	return false
}

func kindOfFile(name string) string {
	ext := path.Ext(name)
	if kind, ok := kindsOfFile[ext]; ok {
		return kind
	}
	return mime.TypeByExtension(ext)
}

const home = "index.html"

func (p *pages) serve(c echo.Context) error {
	name := strings.TrimPrefix(path.Clean(c.Request().URL.Path), "/")
	if file, ok := p.files[name]; ok && name != home {
		if p.isPacked(c) {
			c.Response().Header().Set(echo.HeaderContentEncoding, "br")
			c.Response().Header().Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
			file.body = file.packed
		}
		return file.send(c, cacheable(name))
	}
	if !isPage(name, c.Request().Header.Get(echo.HeaderAccept)) {
		return echo.ErrNotFound
	}
	index, ok := p.files[home]
	if !ok {
		return c.Blob(http.StatusServiceUnavailable, echo.MIMETextPlainCharsetUTF8, []byte(notBuilt))
	}
	return index.send(c, "no-cache")
}

const notBuilt = "The pages are not built into this program. Run `make` for what there is to do: `make run` builds and serves them.\n" +
	"The numbers are at /api/v1/claims all the same.\n"

// isPage reports whether an address that is no file may be one of the frontend's: a browser that asks for a page says
// that it takes HTML; one that asks for a script or an image, and a program that calls the API, do not.
func isPage(name, accept string) bool {
	for _, prefix := range []string{"api/", "assets/"} {
		if strings.HasPrefix(name+"/", prefix) {
			return false
		}
	}
	return name == "" || name == home || strings.Contains(accept, echo.MIMETextHTML)
}

// cacheable says how long a file may be kept: those in assets/ carry a hash of their content in their names.
func cacheable(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

func (a asset) send(c echo.Context, cache string) error {
	return answer(c, a.kind, a.tag, cache, a.body)
}
