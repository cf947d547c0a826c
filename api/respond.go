package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// respond answers with v as JSON.
func respond(c echo.Context, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return answer(c, echo.MIMEApplicationJSON, tagOf(body), askAgain, body)
}

// askAgain lets a client keep an answer if it asks each time whether it is still so.
const askAgain = "private, no-cache"

// answer sends a body, or 304 when the client has it already.
func answer(c echo.Context, kind, tag, cache string, text []byte) error {
	if u, ok := c.Get(underwayKey).(underway); ok {
		tag = u.tag
		u.keep(body{kind, text})
	}
	header := c.Response().Header()
	header.Set("ETag", tag)
	header.Set(echo.HeaderCacheControl, cache)
	if alreadyHas(c.Request().Header.Get("If-None-Match"), tag) {
		return c.NoContent(http.StatusNotModified)
	}
	return c.Blob(http.StatusOK, kind, text)
}

// tagOf is a weak entity tag, because the same answer may travel compressed or not.
func tagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:15]) + `"`
}

// alreadyHas reports whether an If-None-Match header names a tag, compared weakly (RFC 9110, 13.1.2).
func alreadyHas(header, tag string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimSpace(candidate)
		if candidate == "*" || strings.TrimPrefix(candidate, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
