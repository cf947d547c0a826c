// Package outage is what sources of incidents have in common: words for severity, links and words that name a change, and the
// memory of what was said of an incident before. Functions only; nothing here calls anybody.
//
// # What makes a cause
//
// Only a statement does: a link that somebody attached as the cause, a tool's own correlation, a field that holds the cause, or
// the words "caused by" directly before the hash, number or link of a change ([Stated]). No other word does. Published incidents
// speak of deployments, reverts and configuration as often as not, and nearly always of the remedy.
//
// # Withdrawn causes
//
// A source may take back what it said: an attachment is removed, a row of a file corrected. The fact of the former statement
// stays, so it is stated again with score 0 ([Recent.News]). A cause of score 0 is no candidate.
package outage
