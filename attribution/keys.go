package attribution

import "strings"

type keyKind int

const (
	keyOther     keyKind = iota
	keyMade              // Generated-by, Made-with
	keyHelped            // Assisted-by, Helped-by
	keyAI                // AI-Assisted, LLM-Model, AI disclosure
	keyModel             // Model, Agent, Tool
	keyReview            // Reviewed-by: about the change, not a part in it
	keySignature         // Signed-off-by: an agent's own only by its address
)

var keyWords = map[string]keyKind{
	"generated": keyMade, "made": keyMade, "written": keyMade, "created": keyMade, "authored": keyMade, "implemented": keyMade,
	"built": keyMade, "produced": keyMade, "developed": keyMade, "drafted": keyMade, "coded": keyMade, "committed": keyMade,
	"executed": keyMade, "vibed": keyMade, "vibe": keyMade, "crafted": keyMade,
	"assisted": keyHelped, "helped": keyHelped, "aided": keyHelped, "suggested": keyHelped, "supported": keyHelped, "assited": keyHelped,
	"asisted": keyHelped, "asssisted": keyHelped, "assissted": keyHelped, "assistant": keyModel, "assistance": keyHelped,
	"proposed": keyHelped, "ported": keyHelped, "translated": keyHelped, "refactored": keyHelped, "debugged": keyHelped, "assist": keyHelped,
	"inspired": keyHelped, "prompted": keyOther, "powered": keyOther,
	"reviewed": keyReview, "tested": keyReview, "reported": keyReview, "acked": keyReview, "found": keyReview, "fixes": keyReview,
	"closes": keyReview, "thanks": keyReview, "cc": keyReview, "verified": keyReview, "approved": keyReview,
	"signed": keySignature, "author": keySignature, "committer": keySignature,
	"agent": keyModel, "model": keyModel, "tool": keyModel, "tools": keyModel, "harness": keyModel, "coding": keyModel,
}

// aiKeyWords may stand beside "AI" in the key of a disclosure; any other word makes it something else, such
// as "AI provider:".
var aiKeyWords = wordSet("ai llm llms genai gen generative disclosure disclosures disclaimer usage use used uses assistance assisted assist statement note notes tool tools model models agent generated generation contribution contributions involvement attribution declaration help transparency content code coding authored co by with level percentage and or acknowledgement acknowledgment credit credits assistant written contributor involved created via co-authored coauthored author enabled coded made developed the of in this pr disclose powered contributed")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// keyKindOf classifies a folded key such as "assisted-by" or "ai-usage".
func keyKindOf(key string) keyKind {
	first, rest, _ := strings.Cut(key, "-")
	ai, onlyAI := false, true
	for w := range strings.SplitSeq(key, "-") {
		ai = ai || w == "ai" || w == "llm" || w == "llms" || w == "genai"
		onlyAI = onlyAI && aiKeyWords[w]
	}
	kind := keyWords[first]
	switch {
	case ai && (onlyAI || kind == keyMade || kind == keyHelped):
		return keyAI
	case kind == keyModel && (rest == "" || aiKeyWords[rest] || rest == "used" || rest == "agent" || rest == "assistant" || rest == "name" || rest == "version"):
		return keyModel
	case kind == keySignature && (rest == "" || rest == "off-by"):
		return keySignature
	case kind == keyReview:
		return keyReview
	case (kind == keyMade || kind == keyHelped) && byEnding(rest):
		return kind
	}
	return keyOther
}

func byEnding(rest string) bool {
	switch rest {
	case "by", "with", "using", "via", "through", "by-agent", "with-agent", "by-tool", "with-tool", "agent", "coded-with", "coded-by", "tool":
		return true
	}
	return false
}

// oneWordKey reports whether the key is a trailer's rather than a heading's.
func oneWordKey(key string) bool {
	for _, s := range []string{"assisted", "tool", "model", "generated", "author", "agent", "contribut"} {
		if strings.Contains(key, s) {
			return true
		}
	}
	return false
}
