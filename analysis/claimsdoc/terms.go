package claimsdoc

import (
	"fmt"

	"github.com/baserate/baserate/analysis"
	"github.com/baserate/baserate/analysis/stats"
)

// term is a word of the definitions and what it means.
type term struct{ ID, Name, Meaning string }

// checks are the gates, with their thresholds.
var checks = []term{
	{"attribution", "Attribution", fmt.Sprintf("at least %.0f %% of the commits were read for marks of AI", 100*stats.MinAttributionCoverage)},
	{"links", "Outage links", fmt.Sprintf("at least %.0f %% of the incidents are tied to a change, or declared to come from none", 100*stats.MinLinkCoverage)},
	{"freshness", "Freshness", fmt.Sprintf("something was collected whole in the last %d hours", stats.MaxDataAgeHours)},
	{"clusters", "Clusters", fmt.Sprintf("the events lie in at least %d clusters", stats.MinClusters)},
	{
		"negative_control", "Negative control",
		fmt.Sprintf("the same ratio for incidents that no change can have caused does not exclude 1, judged from %d such incidents on", stats.MinSequenceEvents),
	},
}

// estimators are those of the method, by the numbers that definitions name them with.
var estimators = []term{
	{"E1", "Conditional risk ratio", "of the incidents of a stratum, how many hit changes with AI; likelihood-ratio interval, Firth's penalty where there are few (Breslow & Day 1987)"},
	{"E2", "Mantel–Haenszel", "risk ratio, odds ratio and risk difference pooled over strata (variances of Greenland & Robins 1985, Robins, Breslow & Greenland 1986, Sato 1989)"},
	{"E3", "Clusters", "delete-one-cluster jackknife and sandwich errors; the larger of the model's and the jackknife's is used, with a t distribution (MacKinnon, Nielsen & Webb 2023)"},
	{"E4", "Shares and two-by-two tables", "Wilson 1927, Miettinen & Nurminen 1985, Newcombe 1998, Fisher's exact test with mid-p, exact Poisson ratio"},
	{"E5", "Answer", "equivalence by two one-sided tests (Schuirmann 1987), smallest effect that would have been seen; for coincidence the exact Poisson-binomial tail"},
	{"E6", "Always-valid interval", "asymptotic confidence sequence, a normal mixture (Robbins 1970; Waudby-Smith et al. 2024), and an e-process where incidents are few: they hold however often one looks"},
	{"E7", "Decomposition", "direct and indirect effect over permission, review and size, their interaction, attributable share (VanderWeele 2015)"},
	{"E8", "Regression", "modified Poisson with errors by clusters (Zou 2004), logistic, Firth's penalised logistic (1993)"},
	{"E9", "Bias", "E-value (VanderWeele & Ding 2017), correction for errors of detection (Lash, Fox & Fink 2021), negative control (Lipsitch 2010)"},
	{"E10", "Times and minutes", "Kaplan–Meier medians and restricted means, log-rank test (Mantel 1966), ranks (Mann & Whitney 1947), minutes of outage as a compound Poisson process"},
	{"E11", "Adoption", "a full count, corrected for sensitivity and specificity of detection (Rogan & Gladen 1978)"},
	{"E12", "Many at once", "false discovery rate (Benjamini & Hochberg 1995), shrunken rates, groups too small to show"},
}

// outcomes are what can become of a change, all of them over changes that were followed long enough.
var outcomes = []term{
	{"mistake", "Mistake", "any of the next four, counted once"},
	{"incident", "Incident", "the change is the root cause of an incident that began within 14 days"},
	{"reverted_14d", "Reverted", "taken back within 14 days"},
	{"hotfixed_72h", "Hot-fixed", "repaired within 72 hours"},
	{"failed_deployment", "Failed deployment", "its deployment failed within 14 days"},
	{"major", "Severe incident", "an incident of severity 1 or 2"},
	{"rework_21d", "Reworked", "repaired within 21 days"},
	{"control", "Control", "struck by an incident from capacity, a dependency or hardware, which no change can have caused"},
}

// groups are the exposures; each is set against the changes with no AI recorded.
var groups = []term{
	{"ai_assisted", "AI-assisted changes", "a person made them, and evidence names an AI tool"},
	{"ai_agent", "Changes by AI agents", "an agent made them, or its commits say so"},
	{"ai", "Changes with AI", "both together"},
}

// facts are what a claim can need.
var facts = []term{
	{"changes", "changes", "from a git history"},
	{"incidents", "incidents", "with their causes"},
	{"permissions", "permissions", "as snapshots"},
	{"reviews", "reviews", "of pull requests"},
	{"actions", "actions", "outside of repositories"},
	{"usage", "usage", "as tools report it"},
	{"pull_requests", "pull requests", "from the forge"},
}

// answer is one that a claim can get, and when.
type answer struct {
	Code analysis.Code
	When string
}

// compared are the answers of a ratio, in the order in which they are tried.
var compared = []answer{
	{analysis.Gated, "a check fails: then no answer is given, and the counts remain"},
	{analysis.NoData, fmt.Sprintf("facts are missing, or there are too few: under %d events where both groups have changes, under %d events in a group, or a group of under %d people, unless the claim says otherwise",
		stats.MinOverlapEvents, stats.MinGroupEvents, stats.MinPeople)},
	{analysis.Equivalent, "the whole 90 % interval lies within the margin, between its inverse and itself"},
	{analysis.More, "the 95 % interval lies above 1"},
	{analysis.Fewer, "the 95 % interval lies below 1"},
	{analysis.NotMore, "the upper end of the 90 % interval lies within the margin; the lower does not"},
	{analysis.Undecided, "otherwise: the data are compatible with too much"},
}

var (
	withheld = []answer{compared[0], {analysis.NoData, "facts are missing, or there are too few of them or of people"}}
	asserted = append(withheld[:2:2],
		answer{analysis.Supported, "the data bear the sentence out, as the method says"},
		answer{analysis.Contradicted, "the data speak against it, as the method says"},
		answer{analysis.Undecided, "neither"})
	chances = append(withheld[:2:2],
		answer{analysis.More, "more came with AI than chance would bring"}, answer{analysis.Fewer, "fewer did"}, answer{analysis.Undecided, "as many as chance could bring"})
	counted = append(withheld[:2:2], answer{analysis.Described, "the numbers are given; there is nothing to decide"})
)

// answersOf are the answers that each kind of analysis can give.
var answersOf = map[string][]answer{
	"comparison": compared, "slowdown": compared, "limited": compared, "mandate": compared,
	"coincidence": chances,
	"access":      asserted, "second_person": asserted, "authorised": asserted, "adoption": asserted,
	"permissions": counted, "share": counted, "foreseeable": counted,
}
