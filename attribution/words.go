package attribution

import "strings"

// wordClass is what a word can do in a sentence that discloses AI work. A word may be in several classes.
type wordClass uint32

const (
	isMade      wordClass = 1 << iota // participle of making: written, generated, implemented
	isDid                             // past tense after a tool: wrote, helped, generated
	isHelped                          // of those, the ones that need no object: helped, assisted
	isHelp                            // help, assistance, aid
	isPrep                            // by, with, using, via, through, from, of
	isWith                            // of those, with, w/, using, via
	isUsed                            // used, leveraged
	isFirst                           // I, we
	isDet                             // the, a, this, some, most
	isThis                            // this, these
	isAdverb                          // entirely, mostly, partly
	isNegation                        // no, not, never, without
	isCondition                       // if, when, must, should
	isWas                             // was, were, been
	isPresent                         // is, are, be
	isChange                          // what a commit consists of: code, change, tests
	isPair                            // paired, pair-programmed
	isVendor                          // Anthropic, OpenAI, Google: before a tool's name
	isJoin                            // and, but, then
	isPronoun                         // it, all, everything
	isPurpose                         // to, for, in: after "used X"
	isAsked                           // asked, let: "I asked X to …"
	isAccept                          // apply, adopt: "apply X's suggestions"
	isModal                           // must, should, policy: anywhere, the sentence is a rule
)

var wordClasses = classesOf(map[wordClass]string{
	isMade:                "written coded generated implemented drafted produced authored created developed refactored fixed made built ported translated converted vibecoded co-authored coauthored cowritten suggested prepared debugged rewritten composed crafted proposed done designed optimized optimised documented ai-generated scaffolded migrated cleaned reworked contributed completed enhanced guided recommended solved driven",
	isMade | isHelped:     "assisted aided",
	isDid | isHelped:      "helped assisted",
	isDid:                 "wrote generated suggested implemented drafted produced fixed did created found proposed made came authored caught spotted identified recommended refactored translated updated added rewrote ran explained reviewed proofread",
	isHelp:                "help assistance aid use involvement assist support input suggestions suggestion guidance feedback supervision",
	isPrep:                "by from of through",
	isPrep | isWith:       "with w using via",
	isUsed:                "used leveraged utilized utilised employed",
	isFirst:               "i we i've we've i'd",
	isDet:                 "the a an some any most half much parts part each my our your its heavy light significant minor extensive minimal little lots lot bit amount touch substantial considerable great",
	isThis | isDet:        "this these",
	isAdverb:              "almost entirely fully mostly partly partially largely primarily heavily almost completely initially originally automatically jointly also lightly totally purely mainly only just initially wholly together solely collaboratively here interactively has have extensively really quickly first actually again simply then subsequently predominantly very mild mildly full below above 100",
	isNegation:            "no not never without none nor isn't wasn't weren't don't didn't doesn't aren't won't zero neither nothing",
	isCondition:           "if when whether may might could would unless can cannot whenever where disallow allow allows forbid ban prevent detect detects handle handles",
	isModal:               "must should policy require requires required please",
	isAsked:               "asked told let had got prompted instructed tasked consulted",
	isWas:                 "was were been got",
	isPresent:             "is are be being gets",
	isChange:              "code change changes commit commits patch patches pr mr pull request requests test tests fix fixes implementation feature work docs documentation description message script function functions draft version solution refactor refactoring translation translations comments contribution contributions series diff content parts bulk rest majority everything unit boilerplate prototype design edits improvements changelog summary body text port rewrite logic file files idea module addition content whole thing something",
	isPair:                "paired pairing pair-programmed pair-programming programming pair programmed tandem concert collaboration conjunction cooperation vibe-coding vibing",
	isVendor:              "anthropic anthropic's openai openai's google google's github github's microsoft microsoft's jetbrains amazon aws ai local cli agentic generative vendor llm sourcegraph",
	isJoin:                "and but then plus so",
	isPronoun | isChange:  "it all that which they",
	isPronoun | isPresent: "it's that's",
	isAccept:              "apply applied adopt adopted accept accepted incorporate incorporated implement implemented commit committed take",
	isPurpose:             "to for in on as during while throughout over after before",
})

func classesOf(lists map[wordClass]string) map[string]wordClass {
	all := map[string]wordClass{}
	for class, list := range lists {
		for _, w := range strings.Fields(list) {
			all[w] |= class
		}
	}
	return all
}

// word is one word of a sentence.
type word struct {
	start, end int
	class      wordClass
	tool       *Tool // set when a tool's name begins here; the word covers the whole name
	bareTool   bool  // the name is a common word or a person's
	pause      bool  // a comma, colon, bracket or dash stands before it
}

func (w *word) is(class wordClass) bool { return w.class&class != 0 }

// sentence is the words around a mention, in the text they come from.
type sentence struct {
	text    string
	words   []word
	subject bool
}

// parse cuts a text into words. Tool names become one word each.
func (c *Classifier) parse(r *reading, text string, subject bool) sentence {
	mentions := c.mentionsIn(r, text)
	r.words = r.words[:0]
	pause, m := false, 0
	for i := 0; i < len(text); {
		for m < len(mentions) && mentions[m].start < i {
			m++
		}
		if m < len(mentions) && mentions[m].start == i {
			w := word{start: i, end: afterPossessive(text, mentions[m].end), pause: pause}
			if !mentions[m].address && !surnamed(text, mentions[m]) {
				w.tool, w.bareTool = mentions[m].tool, mentions[m].weak
			}
			r.words = append(r.words, w)
			i, pause = w.end, false
			continue
		}
		if !wordByte(text[i]) {
			pause = pause || strings.IndexByte(",:;()[]\"`|*>", text[i]) >= 0 || text[i] == '-' && i > 0 && text[i-1] == ' '
			i++
			continue
		}
		end := i
		for end < len(text) && (wordByte(text[end]) || text[end] == '-' && !beginsMention(mentions, m, end+1)) {
			end++
		}
		r.words = append(r.words, word{start: i, end: end, class: classOf(text[i:end]), pause: pause})
		i, pause = end, false
	}
	return sentence{text: text, words: r.words, subject: subject}
}

// afterPossessive steps over "'s", written with either apostrophe.
func afterPossessive(text string, end int) int {
	for _, s := range []string{"'s", "’s"} {
		if strings.HasPrefix(text[end:], s) {
			return end + len(s)
		}
	}
	return end
}

func beginsMention(mentions []mention, from, at int) bool {
	for _, m := range mentions[from:] {
		if m.start >= at {
			return m.start == at
		}
	}
	return false
}

func wordByte(b byte) bool { return alphanumeric(b) || b == '\'' || b >= 0x80 }

func classOf(w string) wordClass {
	var buf [24]byte
	if len(w) > len(buf) {
		return 0
	}
	lower := appendLower(buf[:0], w)
	if class, ok := wordClasses[string(lower)]; ok {
		return class
	}
	if strings.IndexByte(w, '-') < 0 {
		return 0
	}
	for _, prefix := range []string{"pre-", "re-", "co-", "auto-", "vibe-", "self-"} {
		if strings.HasPrefix(string(lower), prefix) {
			return wordClasses[string(lower[len(prefix):])] & isMade
		}
	}
	return 0
}

// surnamed reports whether a name that people carry too is part of a longer one: "Claude Muller",
// "Annie-Claude", "Xavier Claude".
func surnamed(text string, m mention) bool {
	if !m.tool.Person {
		return false
	}
	if m.start > 0 && text[m.start-1] == '-' {
		return true
	}
	if rest := text[m.end:]; len(rest) > 2 && rest[0] == ' ' && rest[1] >= 'A' && rest[1] <= 'Z' && rest[2] >= 'a' && rest[2] <= 'z' {
		next, _, _ := strings.Cut(rest[1:], " ")
		return !toolWord(strings.Trim(next, ".,:;()"))
	}
	return false
}

// toolWord reports whether a capitalised word can follow a tool's name without making it a person's.
func toolWord(w string) bool {
	switch strings.ToLower(w) {
	case "code", "opus", "sonnet", "haiku", "fable", "ai", "cli", "desktop", "agent", "max", "pro", "instant", "web", "app", "and", "bot", "projects", "chat", "plan", "for", "to", "session", "in", "on", "reviewed", "generated", "the", "this":
		return true
	}
	return false
}
