// Package num holds the numerical methods that the estimators stand on: exact sums, roots, and the tails and
// quantiles of the normal, t, chi-squared, binomial, Poisson, beta, gamma and hypergeometric distributions.
//
// It exists because the usual libraries lose digits exactly where counts of rare incidents live: upper tails
// computed as one minus a distribution function, and binomial prefactors computed from log-gamma differences,
// which are wrong in the sixth digit at 1e9 trials. The binomial and Poisson probabilities follow Loader (2000),
// "Fast and accurate computation of binomial probabilities"; the incomplete beta and gamma functions are continued
// fractions (modified Lentz) in front of those probabilities. Both tails are always computed, each with full
// relative precision.
//
// Functions return NaN for arguments outside their domain; the estimators turn that into an undefined result.
package num
