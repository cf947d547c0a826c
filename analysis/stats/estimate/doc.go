// Package estimate runs the estimators of package stats on cases written as JSON, for the command "baserate estimate":
// anybody can check a number of ours with their own counts, or ours against another program.
//
// The input is {"cases": [{"id": …, "estimator": …, "inputs": {…}}]}; other members of a case are ignored. The output is
// {"results": [{"id": …, "result": {field: value}, "reasons": {field: why}}]} in the same order. A value is a number,
// a string, a truth value, an array, "inf", "-inf", or null for a number that does not exist; reasons says why. A case that
// cannot be read has "error" in place of "result", and the others go on.
//
// Rows of strata are [a, n1, c, n0]: a incidents among n1 changes with AI, c among n0 without. Cells are [stratum, cluster,
// n1, a, n0, c]. Intervals are two-sided at 95 % unless inputs has "conf" or "alpha".
package estimate
