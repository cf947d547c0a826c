package analysis

import (
	"context"
	"fmt"

	"github.com/baserate/baserate/analysis/stats"
)

// authorisation is a group of agents' changes whose reviews were collected, and how a person agreed to them before they
// landed.
type authorisation struct {
	Slice    string `ch:"slice"` // all, permission or tool
	Value    string `ch:"value"`
	Changes  uint64 `ch:"changes"`
	Reviewed uint64 `ch:"reviewed"` // by an approval, on an older state or by the prompter too
	Merged   uint64 `ch:"merged"`   // without an approval, by merging what another account had proposed
	People   uint64 `ch:"people"`
}

func (x authorisation) authorised() uint64 { return x.Reviewed + x.Merged }

// authorised answers whether a person approved what agents did before it took effect.
func authorised(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	rows, err := ask[authorisation](ctx, in.reader, "authorised", nil)
	if err != nil {
		return Answer{}, err
	}
	g, err := in.landed(ctx)
	if err != nil {
		return Answer{}, err
	}
	return d.authorisedAnswer(gates, rows, g.of("ai_agent", "all", "")), nil
}

func (d Definition) authorisedAnswer(gates []Gate, rows []authorisation, agents landed) Answer {
	var all authorisation
	byTool := Table{ID: "tools", Title: "Approved by a person before landing, by tool"}
	byPermission := Table{ID: "permissions", Title: "Approved by a person before landing, by permission"}
	for _, r := range rows {
		filter := func(name, label string) Measure {
			return sampled(portion(name+" "+r.Value, label, "ai_agent", r.authorised(), r.Changes, "")).unless(r.People)
		}
		switch {
		case r.Slice == "all":
			all = r
		case r.Slice == "permission":
			byPermission.Measures = append(byPermission.Measures, filter("permission", capital(r.Value)))
		case r.Value == "":
			byTool.Measures = append(byTool.Measures, filter("tool", "Tool not known"))
		default:
			byTool.Measures = append(byTool.Measures, filter("tool", r.Value))
		}
	}
	a := Answer{Gates: gates, Tables: []Table{authorisedTable(all, agents), byTool, byPermission}}
	code := d.authorisedCode(all)
	a.Detail = d.authorisedDetail(all, agents)
	a.speak(d.Kind, code, d.authorisedSentence(code, all), a.Detail)
	return a
}

// authorisedCode sets the share against the target, by its Wilson interval.
func (d Definition) authorisedCode(all authorisation) Code {
	i := stats.Wilson(float64(all.authorised()), float64(all.Changes), d.Alpha)
	switch {
	case all.Changes < stats.MinSliceChanges || all.People < stats.MinPeople:
		return NoData
	case i.Low.F > d.Target:
		return Supported
	case i.High.F < d.Target:
		return Contradicted
	}
	return Undecided
}

func (d Definition) authorisedSentence(code Code, all authorisation) string {
	share := float64(all.authorised()) / float64(max(1, all.Changes))
	switch code {
	case NoData:
		return "There are not enough changes by AI agents whose reviews were collected."
	case Supported:
		return fmt.Sprintf("A person approved %s of changes by AI agents before they landed.", percent(share))
	case Contradicted:
		return fmt.Sprintf("Not every time: for %s of changes by AI agents no person is on record who approved them before they landed.", percent(1-share))
	}
	return fmt.Sprintf("Whether a person approved more than %s of changes by AI agents before they landed is undecided.", percent(d.Target))
}

func (d Definition) authorisedDetail(all authorisation, agents landed) string {
	if all.Changes == 0 {
		return fmt.Sprintf("Of %s by AI agents none has its reviews collected.", plural(agents.Changes, "change"))
	}
	if all.People < stats.MinPeople {
		return fmt.Sprintf("Fewer than %d people stand behind the changes by AI agents whose reviews were collected.", stats.MinPeople)
	}
	i := stats.Wilson(float64(all.authorised()), float64(all.Changes), d.Alpha)
	text := fmt.Sprintf("%s of %s changes by AI agents were approved by a person before they landed: %s in a review, %s by a merge alone. That is %s (%s to %s) against the %s that the sentence is taken to mean.",
		Count(all.authorised()), Count(all.Changes), Count(all.Reviewed), Count(all.Merged), percent(i.Value.F), percent(i.Low.F), percent(i.High.F), percent(d.Target))
	if agents.Changes > all.Changes {
		text += fmt.Sprintf(" Another %s are left out, since their reviews were not collected.", plural(agents.Changes-all.Changes, "change"))
	}
	return text + " What a tool asked on a screen is not in it."
}

func authorisedTable(all authorisation, agents landed) Table {
	measure := func(id, label string, n uint64, rows string) Measure {
		return sampled(portion(id, label, "ai_agent", n, all.Changes, rows)).unless(all.People)
	}
	return Table{
		ID: "authorised", Title: "Changes by AI agents that a person approved before they landed",
		Note: "A review by any person counts, on an older state or by the person who prompted too; so does a merge by a person under another account than the one that proposed. Machines, and approvals after the landing, do not",
		Measures: []Measure{
			measure("authorised", "Approved by a person", all.authorised(), ""),
			measure("reviewed", "In a review", all.Reviewed, list("class", "ai_agent", "review", "independent,self,stale")),
			measure("merged", "By a merge alone", all.Merged, ""),
			tally("not_collected", "Reviews not collected", "ai_agent", agents.Changes-min(agents.Changes, all.Changes), list("class", "ai_agent", "review", "not_collected")),
		},
	}
}
