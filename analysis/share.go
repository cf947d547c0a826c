package analysis

import (
	"context"
	"fmt"

	"github.com/baserate/baserate/analysis/stats"
)

// classes in the order in which they are shown.
var classes = []string{"ai_agent", "ai_assisted", "unknown", "human", "automation"}

// shares answers how much is written by whom.
func shares(ctx context.Context, in *inputs, _ Definition) (Answer, error) {
	counts, err := in.classesOf(ctx)
	if err != nil {
		return Answer{}, err
	}
	return shareAnswer(counts), nil
}

func shareAnswer(counts map[string]class) Answer {
	var changes, lines float64
	for _, t := range counts {
		changes += float64(t.Changes)
		lines += float64(t.Lines)
	}
	a := Answer{Code: Described, Word: "Counted"}
	for _, class := range classes {
		t := counts[class]
		a.Shares = append(a.Shares, Share{
			Class: class, Changes: t.Changes, Lines: t.Lines,
			Share: part(float64(t.Changes), changes), LineShare: part(float64(t.Lines), lines),
			Rows: "class=" + class,
		})
	}
	ai := float64(counts["ai_agent"].Changes + counts["ai_assisted"].Changes)
	aiLines := float64(counts["ai_agent"].Lines + counts["ai_assisted"].Lines)
	unknown := float64(counts["unknown"].Changes)
	a.ShareBounds = &Bounds{Low: part(ai, changes), High: part(ai+unknown, changes)}
	a.Sentence = "No change carries a mark of AI."
	if ai > 0 {
		a.Sentence = fmt.Sprintf("At least %s of changes carry a mark of AI.", percent(ai/changes))
	}
	a.Detail = fmt.Sprintf("%s of %s changes, and %s of their lines, say that AI wrote them or helped. Another %s of changes carry no mark: "+
		"if all of these were written with AI too, the share would be %s.",
		Count(uint64(ai)), Count(uint64(changes)), percent(part(aiLines, lines).Or(0)), percent(unknown/changes), percent((ai+unknown)/changes))
	return a
}

// part is x/of, undefined where there is nothing to take a part of.
func part(x, of float64) stats.Number {
	if of == 0 {
		return stats.Undefined(stats.NoChanges)
	}
	return stats.Num(x / of)
}
