// Package calibrate proves the answers on fleets whose truth is known: it draws fleets by the hundred, asks of each what
// a page would ask, and counts how often the answer is the one that the truth calls for.
//
// A fleet is counted in memory as the store counts one in its strata; a test draws some into a store and finds the same
// sums there. From the sums on everything is the code that answers on real data: [analysis.Compare]. The naive analysis,
// a crude ratio and its test, stands beside ours throughout, since a check that it passes too would prove nothing.
package calibrate
