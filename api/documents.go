package api

import (
	"errors"
	"fmt"
	"html"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// documents are the Markdown pages at /docs/, shown as HTML.
type documents struct{ files fs.FS }

var plainName = regexp.MustCompile(`\A[A-Za-z][A-Za-z0-9_-]*(\.css|\.md)?\z`)

func (d documents) serve(c echo.Context) error {
	name := c.Param("name")
	if d.files == nil || !plainName.MatchString(name) {
		return echo.ErrNotFound
	}
	if path.Ext(name) == ".css" {
		return d.send(c, name, "text/css; charset=utf-8", func(text string) string { return text })
	}
	return d.send(c, strings.TrimSuffix(name, ".md")+".md", echo.MIMETextHTMLCharsetUTF8, asPage)
}

func (d documents) send(c echo.Context, name, kind string, form func(string) string) error {
	text, err := fs.ReadFile(d.files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return echo.NewHTTPError(http.StatusNotFound)
	}
	if err != nil {
		return err
	}
	body := []byte(form(string(text)))
	return answer(c, kind, tagOf(body), "no-cache", body)
}

// asPage is a document as a page of its own, named by its first heading.
func asPage(text string) string {
	title := "baserate"
	if first, _, _ := strings.Cut(text, "\n"); strings.HasPrefix(first, "# ") {
		title = strings.TrimPrefix(first, "# ") + " · baserate"
	}
	return fmt.Sprintf("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"+
		"<title>%s</title><link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"docs.css\"></head>\n<body>\n<nav aria-label=\"Pages\"><a href=\"../\">baserate</a></nav>\n<main>\n%s</main>\n</body>\n</html>\n",
		html.EscapeString(title), markdown(text))
}
