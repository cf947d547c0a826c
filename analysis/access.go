package analysis

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/baserate/baserate/analysis/stats"
)

// accessCell is the mature changes and mistakes of one cluster at one permission, review and size. Permission is empty where
// it or the review is not known.
type accessCell struct {
	Permission       string `ch:"permission"`
	Review           string `ch:"review"`
	Bucket           uint8  `ch:"bucket"`
	Cluster          uint64 `ch:"cluster"`
	AgentChanges     uint64 `ch:"agent_changes"`
	AgentEvents      uint64 `ch:"agent_events"`
	AssistedChanges  uint64 `ch:"assisted_changes"`
	AssistedEvents   uint64 `ch:"assisted_events"`
	ReferenceChanges uint64 `ch:"reference_changes"`
	ReferenceEvents  uint64 `ch:"reference_events"`
}

// arm is the changes and mistakes of an author class; no_ai is the reference.
func (c accessCell) arm(class string) (changes, events float64) {
	switch class {
	case "ai_agent":
		return float64(c.AgentChanges), float64(c.AgentEvents)
	case "ai_assisted":
		return float64(c.AssistedChanges), float64(c.AssistedEvents)
	}
	return float64(c.ReferenceChanges), float64(c.ReferenceEvents)
}

// counts sets an exposure against the reference.
func (c accessCell) counts(exposure string) stats.Stratum {
	n1, a := c.arm(exposure)
	n0, y := c.arm("no_ai")
	return stats.Stratum{A: a, N1: n1, C: y, N0: n0}
}

// accessPart is what is found for one exposure.
type accessPart struct {
	Exposure                       string
	Effects                        pathEffects
	Levels                         map[string]stats.Sums // matched comparisons within a permission level
	Groups                         groups                // for the persons behind the changes
	ExposedPeople, ReferencePeople uint64
	LeftOut, LeftOutReference      float64 // changes whose permission or review is not known
	Strata                         []stats.Stratum
	Operator, Rest                 stats.Stratum // nothing else held equal
	Code                           Code
}

// access answers whether the permissions that changes with AI get explain their mistakes, or something at equal permissions.
func access(ctx context.Context, in *inputs, d Definition) (Answer, error) {
	gates, err := in.gates(ctx, d)
	if err != nil {
		return Answer{}, err
	}
	cells, err := ask[accessCell](ctx, in.reader, "access", nil)
	if err != nil {
		return Answer{}, err
	}
	levels, err := in.matched(ctx, "access")
	if err != nil {
		return Answer{}, err
	}
	g, err := in.landed(ctx)
	if err != nil {
		return Answer{}, err
	}
	return d.accessAnswer(gates, cells, levels, g), nil
}

// accessOrder is which of several answers the claim takes as a whole: one group with which it is not access outweighs
// another with which it is.
var accessOrder = []Code{Contradicted, Undecided, Supported, NoData, Gated}

func (d Definition) accessAnswer(gates []Gate, cells []accessCell, levels map[pairing]stats.Sums, g groups) Answer {
	a := Answer{Gates: gates}
	var sentences, details []string
	var codes []Code
	for _, exposure := range d.Exposures {
		p := d.accessPart(exposure, cells, levels, g)
		a.Tables = append(a.Tables, p.pathTable(), d.levelTable(p), d.excessTable(p))
		if d.gated("clusters") && p.Code != NoData {
			a.Gates = append(a.Gates, p.clusterGate())
		}
		codes = append(codes, p.Code)
		sentences = append(sentences, p.sentence())
		details = append(details, p.detail(d.Margin))
	}
	a.Tables = append(a.Tables, d.approvalTable(cells, g))
	a.Detail = strings.Join(details, " ") + d.approvalDetail(cells, g)
	code := slices.MinFunc(codes, func(x, y Code) int { return slices.Index(accessOrder, x) - slices.Index(accessOrder, y) })
	a.speak(d.Kind, code, strings.Join(sentences, " "), a.Detail)
	return a
}

// accessPart works out all that is said of one exposure.
func (d Definition) accessPart(exposure string, cells []accessCell, levels map[pairing]stats.Sums, g groups) accessPart {
	p := accessPart{
		Exposure: exposure, Levels: map[string]stats.Sums{}, Groups: g,
		ExposedPeople: g.of(exposure, "all", "").MaturePeople, ReferencePeople: g.of("no_ai", "all", "").MaturePeople,
	}
	var paths []stats.Cell
	for _, c := range cells {
		x := c.counts(exposure)
		if c.Permission == "" {
			p.LeftOut, p.LeftOutReference = p.LeftOut+x.N1, p.LeftOutReference+x.N0
			continue
		}
		paths = append(paths, stats.Cell{Stratum: c.stratum(), Cluster: c.Cluster, Counts: x})
		pooled := &p.Rest
		if c.Permission == "operator" {
			pooled = &p.Operator
		}
		*pooled = plus(*pooled, x)
	}
	p.Effects = decomposed(paths, d.Alpha)
	p.Strata = p.Effects.strata
	for key, sums := range levels {
		if key.Family == exposure {
			p.Levels[key.Level] = sums
		}
	}
	p.Code = d.accessCode(p)
	return p
}

// stratum labels the cell's permission, review and size, which the database sends in order.
func (c accessCell) stratum() uint64 {
	review := slices.Index([]string{"independent", "stale", "ai_only", "self", "after_merge", "none", "bypassed"}, c.Review)
	return uint64(slices.Index(levels, c.Permission)*1000 + (review+1)*10 + int(c.Bucket))
}

func plus(x, y stats.Stratum) stats.Stratum {
	return stats.Stratum{A: x.A + y.A, N1: x.N1 + y.N1, C: x.C + y.C, N0: x.N0 + y.N0}
}

// accessCode reads the decomposition, with the risk ratio at operator permission beside it where that can be judged.
func (d Definition) accessCode(p accessPart) Code {
	used := p.Effects.compared()
	if used.A+used.C < stats.MinOverlapEvents || min(used.A, used.C) < stats.MinGroupEvents || min(p.ExposedPeople, p.ReferencePeople) < stats.MinPeople {
		return NoData
	}
	if p.Effects.Clusters < stats.MinClusters {
		return Gated
	}
	read := p.Effects.Decomposition
	read.Direct, read.Indirect = p.Effects.Direct, p.Effects.Indirect
	reading := stats.ReadAccess(read, p.Effects.Direct90, d.operator(p), d.Margin)
	return map[stats.AccessReading]Code{stats.AccessSupported: Supported, stats.AccessContradicted: Contradicted, stats.AccessUnseparated: Undecided}[reading]
}

// operator is the risk ratio among changes with operator permission; undefined where there is too little to judge it by.
func (d Definition) operator(p accessPart) stats.Estimate {
	none := stats.Estimate{Value: stats.Undefined(stats.NoIncidents), Low: stats.Undefined(stats.NoIncidents), High: stats.Undefined(stats.NoIncidents)}
	exposed, reference := p.levelPeople("operator")
	if m := d.ratioMeasure("", "", "", p.Levels["operator"], exposed, reference); m.Interval != nil {
		return stats.Estimate{Value: m.Value, Low: m.Interval.Low, High: m.Interval.High, N: p.Levels["operator"].Overlap()}
	}
	return none
}

func (p accessPart) levelPeople(level string) (exposed, reference uint64) {
	return p.Groups.of(p.Exposure, "permission", level).MaturePeople, p.Groups.of("no_ai", "permission", level).MaturePeople
}

func (p accessPart) clusterGate() Gate {
	enough := p.Effects.Clusters >= stats.MinClusters
	return Gate{
		ID: "clusters", Label: "Clusters", Threshold: fmt.Sprint(stats.MinClusters), Passes: enough, Note: enough,
		Detail: fmt.Sprintf("%s: mistakes in %s", subjects[p.Exposure], plural(uint64(p.Effects.Clusters), "cluster")),
	}
}

// sentence says the reading for one exposure.
func (p accessPart) sentence() string {
	who := subjects[p.Exposure]
	switch p.Code {
	case Supported:
		return fmt.Sprintf("For %s it is access: at equal permission, review and size they turn out to be mistakes about as often as others, and more often with those they have.", who)
	case Contradicted:
		if p.Effects.Direct.Low.OK() && p.Effects.Direct.Low.F > 1 {
			return fmt.Sprintf("For %s it is not access alone: at equal permission, review and size they turn out to be mistakes more often.", who)
		}
		return fmt.Sprintf("For %s it is not access alone: with operator permission they turn out to be mistakes more often than others with the same.", who)
	case NoData:
		return fmt.Sprintf("For %s there are not enough data yet.", who)
	}
	used := p.Effects.compared()
	return fmt.Sprintf("For %s access and autonomy cannot be separated with %s.", who, plural(uint64(used.A+used.C), "mistake"))
}

// detail says the three ratios and what they rest on.
func (p accessPart) detail(margin float64) string {
	who, used := subjects[p.Exposure], p.Effects.compared()
	if min(p.ExposedPeople, p.ReferencePeople) < stats.MinPeople {
		return fmt.Sprintf("Fewer than %d people stand behind %s, or behind the changes they are compared with.", stats.MinPeople, who)
	}
	text := fmt.Sprintf("%s of %s %s turned out to be mistakes, against %s of %s with no AI recorded, of known permission and review.",
		Count(uint64(used.A)), Count(uint64(used.N1)), who, Count(uint64(used.C)), Count(uint64(used.N0)))
	if p.Code == NoData {
		return text
	}
	e := p.Effects
	if !e.Direct.Low.OK() || !e.Indirect.Low.OK() {
		return text + " The ratio cannot be split: there are too few mistakes or teams, or no difference in access."
	}
	return text + fmt.Sprintf(" In all that is %s times as often: %s times (%s to %s) if permission, review and size were as for changes without AI, and %s times (%s to %s) for those they have%s.",
		times(e.Total.Value), times(e.Direct.Value), times(e.Direct.Low), times(e.Direct.High), times(e.Indirect.Value), times(e.Indirect.Low), times(e.Indirect.High),
		strings.Replace(ruledOut(e.Direct.Interval(), margin), "rate", "direct rate", 1))
}
