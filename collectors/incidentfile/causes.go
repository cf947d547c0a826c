package incidentfile

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/baserate/baserate/collectors/outage"
	"github.com/baserate/baserate/record"
)

var causeKinds = []string{"commit", "pull_request", "deployment", "release", "config", "flag", "action"}

// trust is what a method is worth when the file does not say: claims of people before correlations of tools.
var trust = map[string]float32{
	"declared": 1, "attachment": 0.9, "issue_link": 0.9, "text": 0.8, "change_event": 0.5, "time_window": 0.3,
}

// causes reads a list of changes: JSON, or texts joined by ";".
func (v *values) causes(name string, role record.CauseRole, said record.Cause) []record.Cause {
	said.Role = role
	value := v.take(name)
	if text, is := value.(string); is && strings.HasPrefix(strings.TrimSpace(text), "[") {
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if err := d.Decode(&value); err != nil {
			v.flaw(name, "not JSON: %v", err)
			return nil
		}
	}
	switch value := value.(type) {
	case nil:
	case string:
		return v.shortCauses(name, value, said)
	case []any:
		var all []record.Cause
		for n, one := range value {
			all = append(all, v.cause(name+"["+strconv.Itoa(n)+"]", one, said)...)
		}
		return all
	default:
		v.flaw(name, "must be a list")
	}
	return nil
}

// shortCauses reads kind:owner/name@ref, or links, joined by ";".
func (v *values) shortCauses(name, text string, said record.Cause) []record.Cause {
	said.Method, said.Score = "declared", 1
	var refs []outage.Ref
	for _, one := range words(strings.Split(text, ";")) {
		ref, ok := outage.Link(one)
		if kind, rest, is := strings.Cut(one, ":"); is && !ok {
			ref, ok = outage.Ref{Kind: kind, Ref: rest}, slices.Contains(causeKinds, kind)
		}
		if !ok {
			v.flaw(name, "%q names no change: write kind:owner/name@ref, such as commit:acme/shop@1f3c9d2, or a link", one)
			continue
		}
		if field, wrong := place(&ref, v.repos); wrong != "" {
			v.flaw(name, "%q: %s: %s", one, field, wrong)
		}
		refs = append(refs, ref)
	}
	return outage.Causes(said, refs)
}

// cause reads one change of a list.
func (v *values) cause(name string, value any, said record.Cause) []record.Cause {
	fields, is := value.(map[string]any)
	if !is {
		v.flaw(name, "must be an object with kind, repo and ref, or with url")
		return nil
	}
	one := &values{line: v.line, left: fields}
	ref := outage.Ref{Kind: one.text("kind"), Repo: one.text("repo"), Ref: one.text("ref"), URL: one.text("url")}
	if link, ok := outage.Link(ref.URL); ok && ref.Ref == "" {
		ref = link
	}
	switch {
	case ref.Ref == "":
		one.flaw("ref", "missing: give the hash, number or id, or a url that leads to it")
	case !slices.Contains(causeKinds, ref.Kind):
		one.flaw("kind", "%q is none of %v", ref.Kind, causeKinds)
	default:
		if field, wrong := place(&ref, v.repos); wrong != "" {
			one.flaw(field, "%s", wrong)
		}
	}
	said.Method, said.Score = one.method(), one.confidence()
	if at := one.time("declared_at"); !at.IsZero() {
		said.StatedAt = at
	}
	if by := one.text("declared_by"); by != "" {
		said.By = record.Account{Source: said.Source, Login: strings.ToLower(by)}
	}
	if said.Score < 0 {
		said.Score = trust[said.Method]
	}
	if said.Method == "time_window" {
		said.Method = "deploy_window" // its name here
	}
	for _, f := range one.flaws {
		v.flaw(strings.TrimSuffix(name+"."+f.Field, "."), "%s", f.What)
	}
	return outage.Causes(said, []outage.Ref{ref})
}

// inRepository matches owner/name@ref and owner/name#ref.
var inRepository = regexp.MustCompile(`^([^\s@#]+/[^\s@#]+)[@#](.+)$`)

// place finds out where a change is, and checks its form: a change that cannot be found would be lost without a word.
func place(ref *outage.Ref, repos []string) (field, wrong string) {
	if m := inRepository.FindStringSubmatch(ref.Ref); m != nil && (ref.Repo == "" || ref.Repo == m[1]) {
		ref.Repo, ref.Ref = m[1], m[2]
	}
	ref.Ref = strings.TrimLeft(ref.Ref, "#@")
	if ref.Repo == "" && len(repos) == 1 {
		ref.Repo = repos[0]
	}
	switch {
	case ref.Repo == "" && slices.Contains([]string{"commit", "pull_request", "deployment", "release"}, ref.Kind):
		return "repo", "missing: say which repository, such as acme/shop"
	case ref.Kind == "commit" && !ref.Valid():
		return "ref", fmt.Sprintf("%q is no hash of seven hexadecimal digits or more", ref.Ref)
	case ref.Kind == "pull_request" && !ref.Valid():
		return "ref", fmt.Sprintf("%q is no number", ref.Ref)
	}
	return "", ""
}

func (v *values) method() string {
	method := v.text("method")
	if method == "" {
		method = "declared"
	}
	if _, known := trust[method]; !known {
		v.flaw("method", "%q is none of declared, attachment, change_event, issue_link, text, time_window", method)
	}
	return method
}

// confidence reads a number from 0 to 1, below 0 when there is none.
func (v *values) confidence() float32 {
	text := v.text("confidence")
	if text == "" {
		return -1
	}
	n, err := strconv.ParseFloat(text, 32)
	if err != nil || !(n >= 0 && n <= 1) {
		v.flaw("confidence", "%q is no number from 0 to 1", text)
	}
	return float32(n)
}
