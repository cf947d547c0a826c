package github

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/baserate/baserate/record"
)

const fullSHA = "0123456789abcdef0123456789abcdef01234567"

func referenceWords(refs []reference) string {
	var all []string
	for _, r := range refs {
		all = append(all, fmt.Sprintf("%s %s %s@%s", r.Role, r.Kind, r.Repo, r.Ref))
	}
	return strings.Join(all, "; ")
}

func TestReferences(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"Caused by #12":                     "cause pull_request o/r@12",
		"caused by: acme/shop#12.":          "cause pull_request acme/shop@12",
		"**Root cause:** acme/shop@ABCDEF1": "cause commit acme/shop@abcdef1",
		"root cause: " + fullSHA:            "cause commit o/r@" + fullSHA,
		"Root-cause is `abcdef1`":           "cause commit o/r@abcdef1",
		"introduced in https://github.com/acme/shop/pull/7/files":              "cause pull_request acme/shop@7",
		"Culprit: <https://ghe.acme.example/acme/shop/commit/" + fullSHA + ">": "cause commit acme/shop@" + fullSHA,
		"caused by #1, #2 and #3":                                              "cause pull_request o/r@1; cause pull_request o/r@2; cause pull_request o/r@3",
		"Caused by the commit abcdef1":                                         "cause commit o/r@abcdef1",
		"caused by PR #4":                                                      "cause pull_request o/r@4",
		"Fixed by #9":                                                          "fix pull_request o/r@9",
		"caused by #1\nfixed by #2\nFix: abcdef1":                              "cause pull_request o/r@1; fix pull_request o/r@2; fix commit o/r@abcdef1",
		"Caused by #1. Also caused by #1":                                      "cause pull_request o/r@1",
		"reverted in acme/shop@abcdef1":                                        "fix commit acme/shop@abcdef1",
		"root cause: the deployment of the new cache":                          "",
		"we deployed a mitigation and rolled back":                             "",
		"this was not caused by #12":                                           "",
		"it wasn't caused by #12":                                              "",
		"possibly caused by #12":                                               "",
		"<!-- caused by #123 / owner/repo@sha -->":                             "",
		"<!--\ncaused by #123\n-->\ncaused by #5":                              "cause pull_request o/r@5",
		"```\ncaused by #123\n```":                                             "",
		"> caused by #123\n\nno it was not":                                    "",
		"root cause: defaced":                                                  "",
		"root cause: 20261123":                                                 "",
		"root cause: fade":                                                     "",
		"see #12, which has the logs":                                          "",
		"because by #12":                                                       "",
		"caused by https://github.com/acme/shop/pull/abcdef12":                 "",
		"caused by\n#12":                                                       "",
	} {
		if diff := cmp.Diff(want, referenceWords(parseReferences(text, "o/r"))); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

// Whatever is written, what is found names a change and is nobody's twice.
func TestReferencesOfAnyText(t *testing.T) {
	words := []string{
		"caused by", "root cause", "fixed by", "fix", ":", " ", "#12", "a/b#3", "a/b@abcdef1", fullSHA, "not", "\n", "`", "<!--", "-->", ">", ",", " and ",
		"https://x/a/b/pull/1", "é", "(", "```",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "words"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
		seen := map[reference]bool{}
		for _, r := range parseReferences(text, "o/r") {
			if seen[r] || r.Ref == "" || !strings.Contains(r.Repo, "/") || r.Role != record.RoleCause && r.Role != record.RoleFix {
				t.Fatalf("%q: %+v", text, r)
			}
			seen[r] = true
		}
	})
}

func TestSeverityOfLabels(t *testing.T) {
	for labels, want := range map[string]uint8{
		"": 0, "bug": 0, "sev1": 1, "SEV-2": 2, "severity: 3": 3, "severity/critical": 1, "critical": 1, "P4": 4, "prio:5": 5, "major": 2,
		"sev3|sev1": 1, "sev9": 0, "p10": 0, "high": 2, "impact: minor": 4, "critical-path": 0, "s1": 1,
	} {
		if got := severityOf(strings.Split(labels, "|")); got != want {
			t.Errorf("%q: %d, want %d", labels, got, want)
		}
	}
	labels := []string{"service: checkout", "component/cart", "repo: acme/web", "cause: capacity", "Service:checkout", "cause: gremlins"}
	if diff := cmp.Diff([]string{"cart", "checkout"}, named(labels, serviceLabel)); diff != "" {
		t.Error(diff)
	}
	if got := named(labels, repoLabel); len(got) != 1 || got[0] != "acme/web" || causeTypeOf(labels) != record.CauseCapacity || causeTypeOf(nil) != record.CauseUnknown {
		t.Errorf("%v, %s", got, causeTypeOf(labels))
	}
}
