package analysis

import "github.com/baserate/baserate/analysis/stats"

// kindWords are the words of answers that are not about how common something is.
var kindWords = map[string]map[Code]string{
	"coincidence": {More: "More than by chance", Fewer: "Fewer than by chance", Undecided: "As chance would have it"},
	"adoption":    {Supported: "Reached", Contradicted: "Not reached"},
	"slowdown":    {More: "Slower", Fewer: "Faster", NotMore: "Not slower"},
	"limited":     {More: "More minutes", Fewer: "Fewer minutes", NotMore: "Not more minutes"},
	"mandate":     {More: "Rising with adoption", Fewer: "Falling with adoption", NotMore: "Not rising with adoption"},
}

// Word says a code in a few words, in the terms of a kind of analysis.
func Word(kind string, c Code) string {
	if word, ok := kindWords[kind][c]; ok {
		return word
	}
	return words[c]
}

// speak gives an answer its code and its words; a check that fails withholds both, and leaves the counts.
func (a *Answer) speak(kind string, c Code, text, detail string) {
	a.Code, a.Sentence, a.Detail = c, text, detail
	if failed(a.Gates) {
		a.Code, a.Sentence = Gated, sentence(a, nil)
	}
	a.Word = Word(kind, a.Code)
}

// noNumber is the value of a measure that shows none; its reason stands beside it.
var noNumber = stats.Undefined(stats.NotEstimable)

// because takes the value of a measure away and says why.
func (m Measure) because(reason string) Measure {
	m.Value, m.Interval, m.Reason = noNumber, nil, reason
	return m
}
