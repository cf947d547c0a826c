package git

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
)

// ParseTarget splits an argument of the form NAME=PATH. A plain path gives no name; a path whose own first
// element has an equals sign is written with a leading "./".
func ParseTarget(arg string) (name, path string) {
	before, after, found := strings.Cut(arg, "=")
	if !found || after == "" || !namePattern.MatchString(before) {
		return "", arg
	}
	return before, after
}

var namePattern = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.+-]*(/[A-Za-z0-9_.+~-]+)*$`)

// repositoryName is the name of a clone at an absolute path whose origin is remote, which may be "".
func repositoryName(remote, path string) string {
	if name := nameOfURL(remote); name != "" {
		return name
	}
	return nameOfPath(path)
}

// nameOfURL is owner/name for GitHub and host/path for any other host; "" when remote is not a network URL.
func nameOfURL(remote string) string {
	host, path := splitRemote(remote)
	path = strings.TrimSuffix(strings.Trim(path, "/"), ".git")
	path = strings.TrimSuffix(path, "/")
	if host == "" || path == "" {
		return ""
	}
	switch host = strings.ToLower(host); host {
	case "github.com", "www.github.com", "ssh.github.com":
		return path
	}
	return host + "/" + path
}

// splitRemote understands URLs and the user@host:path form of ssh. Anything else, such as a path, has no host.
func splitRemote(remote string) (host, path string) {
	if strings.Contains(remote, "://") {
		u, err := url.Parse(remote)
		if err != nil || u.Scheme == "file" {
			return "", ""
		}
		return u.Hostname(), u.Path
	}
	before, after, found := strings.Cut(remote, ":")
	if !found || strings.Contains(before, "/") || len(before) == 1 { // one letter is a drive
		return "", ""
	}
	return before[strings.LastIndex(before, "@")+1:], after
}

// nameOfPath is the last two elements of an absolute path, without ".git".
func nameOfPath(path string) string {
	path = filepath.ToSlash(filepath.Clean(path))
	path = strings.TrimSuffix(path, "/.git")
	path = strings.TrimSuffix(path, ".git")
	elements := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	if len(elements) > 2 {
		elements = elements[len(elements)-2:]
	}
	return strings.Join(elements, "/")
}
