package outage_test

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/baserate/baserate/collectors/outage"
)

// Several hundred published incidents of one provider: a good part of them speak of a deployment, a revert or a change of
// configuration, and none states a cause that can be found.
func TestPublishedIncidentsStateNoCause(t *testing.T) {
	file, err := os.Open("../../../shared/data/incidents/github-statuses-until-2025-05.jsonl")
	if err != nil {
		t.Skip("no ../shared/data here: ", err)
	}
	defer file.Close()
	remedy := regexp.MustCompile(`(?i)deploy|revert|roll(ed|ing)? ?back|configuration change`)
	incidents, speak := 0, 0
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var incident struct {
			Title   string
			Updates []struct{ Message string }
		}
		if err := json.Unmarshal(lines.Bytes(), &incident); err != nil {
			t.Fatal(err)
		}
		text := incident.Title
		for _, u := range incident.Updates {
			text += "\n" + u.Message
		}
		if incidents++; remedy.MatchString(text) {
			speak++
		}
		if refs := outage.Stated(text, []string{"acme/shop"}); len(refs) != 0 {
			t.Errorf("%s: %s", incident.Title, show(refs))
		}
	}
	if err := lines.Err(); err != nil || incidents != 489 || speak < 100 {
		t.Errorf("%d incidents, %d of them with such words, %v", incidents, speak, err)
	}
	t.Logf("%d of %d incidents speak of deployments, reverts or configuration; none has a cause", speak, incidents)
}

// However words, changes and signs are strung together, nothing is a cause without one of the claims before it.
func TestNoCauseWithoutClaim(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	words := strings.Fields("we have deployed reverted rolled back the fix change commit pull request in by of for see after before cause caused root : . , ? ( ) #12 0a1b2c3d acme/shop#7 " +
		"acme/shop@0a1b2c3d https://github.com/acme/shop/pull/9 https://github.com/acme/shop/commit/0a1b2c3d incident errors resolved and was merged mitigation")
	claim := regexp.MustCompile(`(?i)(caused|introduced|broken|triggered) +by|root[ -]cause:|culprit:`)
	found := 0
	for range 50_000 {
		var text []string
		for range 3 + random.IntN(12) {
			text = append(text, words[random.IntN(len(words))])
		}
		joined := strings.Join(text, " ")
		refs := outage.Stated(joined, []string{"acme/shop"})
		if found += len(refs); len(refs) > 0 && !claim.MatchString(joined) {
			t.Fatalf("%q: %s", joined, show(refs))
		}
	}
	if found == 0 {
		t.Error("no text had a cause: the test shows nothing")
	}
}

// Anything that a link or text is read as is well formed, and reading never fails.
func FuzzStated(f *testing.F) {
	f.Add("caused by #12, acme/shop@0a1b2c3d and https://github.com/acme/shop/pull/9")
	f.Add("root cause: https://github.com/a/b/-/commit/0A1B2C3D?")
	f.Fuzz(func(t *testing.T, text string) {
		for _, ref := range outage.Stated(text, []string{"acme/shop"}) {
			if !ref.Valid() || ref.Repo == "" || strings.ContainsAny(ref.Repo+ref.Ref, " \n") {
				t.Errorf("%q: %+v", text, ref)
			}
		}
	})
}
