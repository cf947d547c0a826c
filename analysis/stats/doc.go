// Package stats answers questions about risk from counts: numbers in, estimates out.
//
// Every function is pure and deterministic. It takes aggregated counts, never rows, and no clock, no random numbers and
// no I/O are involved. Sums are exact, so the order of strata, cells or clusters does not change a bit of a result.
//
// # Terms
//
// The exposed arm (1) is changes with AI, the other (0) changes without. A [Stratum] is a set of changes that are compared
// with one another: same repository, permission, size, review and quarter, say. A [Cell] is the part of a stratum that
// belongs to one cluster, usually a team: the unit whose incidents may be related. RR is a risk ratio: 1.25 means a quarter
// more incidents per change with AI.
//
// # Results
//
// A [Number] is a finite value, ±Inf, or undefined for a stated [Reason]; it is never NaN, and no input panics. Counts that
// cannot be (negative, or more incidents than changes) give [InvalidInput] throughout; check them with [Stratum.Validate]
// where they enter the program. Intervals are two-sided at level 1−alpha unless stated otherwise.
//
// # Where to find what
//
//	conditional.go, conditional_*.go    risk ratio given the incidents: MLE, likelihood-ratio and score tests, Firth (E1)
//	mh.go, cmh.go, breslow_day.go       Mantel–Haenszel risk ratio, odds ratio, risk difference, homogeneity (E2)
//	cluster.go, jackknife.go            standard errors when incidents come in clusters (E3)
//	two_by_two.go, score.go, …          single tables, proportions, exact tests (E4)
//	coincidence.go                      chance of so many AI-involved incidents (claim "coincidence")
//	equivalence.go, verdict.go, gate.go equivalence, what could have been seen, the answer to a claim (E5)
//	sequence.go, eprocess.go, share.go  intervals that hold however often one looks (E6)
//	decomposition.go, interaction.go    access against autonomy, interaction, attributable share (E7)
//	glm.go, sandwich.go, firth.go       Poisson and logistic regression with offsets (E8)
//	bias.go, misclassification.go       E-value and detection errors (E9)
//	survival.go, rank.go, minutes.go    times, open ends, effort, outage minutes (E10)
//	adoption.go                         adoption against a target (E11)
//	multiplicity.go, shrink*.go,        many slices: false discovery, shrinkage, small groups (E12)
//	suppress.go
//
// Formulas carry their source beside the code.
package stats
