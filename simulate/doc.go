// Package simulate makes a fleet with a known true effect of AI: the demo, the calibration and the benchmarks.
//
// A [Scenario] is a handful of parameters, a [Fleet] what they give for a seed: repositories, teams, authors and
// their effects. Changes come out of it in chunks of [ChunkSize], each from a generator of its own seeded by the
// fleet's seed and the chunk's number, so that neither the number of workers nor the order of the work moves a single
// change, and memory does not grow with the fleet. Two ways lead from there to the pages: [Fleet.Facts] are the records
// that collectors would have brought, for the whole pipeline to run on; the integers of [Change] themselves are the
// fast path, which ClickHouse expands into changes with the names that names.go gives.
//
// # How a change comes about
//
// Repositories have sizes ∝ rank^-0.8, one owning team that makes 90 % of their changes, and a criticality tier.
// Then, in this order, each given the ones before:
//
//	permission   write, maintain, operator with probability .80, .15, .05
//	size0        min(Geometric(.45) − 1, 4)
//	AI           logit P = logit(Share) + AIPermission·(perm − .25) + AISize·(size0 − 1.1) + AITrend·(week/T − .5)
//	             + AITier·[tier 1] + N(0, SDAuthorAI²) of the author + N(0, SDRepoAI²) of the repository
//	size         min(size0 + Bernoulli(ToSize)·AI, 4)
//	no review    logit P = −2.2 + .9·perm + ToNoReview·AI
//	mistake      log risk = ln Base + (0, .5, 1.5)[perm] + .45·size + .8·[no review] + (.9, .3, 0)[tier] + author + repository
//	             + team + week, + AI·(ln RR + [operator]·ln RROperator)
//
// The link is logarithmic, so that the effect within a cell of equal circumstances is the effect over all of them;
// risks are cut at 0.9, which the scenarios stay far from.
//
// # Same seed, same fleet
//
// Everything that leaves the package is a whole number or made from one. Where a machine's exp and log, or its fused
// multiplication, differ from another's in the last bit, a change differs only if a random number falls between the
// two values: about once in 10^15 draws.
package simulate
