// Package web is HTTP as collectors need it: patient, bounded, counted.
//
// # Patience
//
// Every call of a collector reads, so every call may be repeated. A call that is refused for going too fast (429, 403 that
// speaks of a limit, GraphQL's RATE_LIMITED in a 200) waits as long as the answer asks: Retry-After, else x-ratelimit-reset when
// nothing remains, else a minute that doubles for a secondary limit, and a second that doubles for anything else. Answers 502,
// 503 and 504, connections that break and bodies that are cut are repeated with growing pauses. Pauses have jitter, so that
// collectors which failed together do not come back together.
//
// # Tokens
//
// A [Token] is sent to its own origins alone: signed links and redirects to other hosts never carry it. Of several tokens the
// one with the most left in its budget is taken, and one that is used up is left alone until it is reset. Errors hold neither
// tokens nor the query of a signed link.
//
// # Bounds
//
// Bodies end at 64 MB, an attempt after a minute, [Pages] stops a list that never ends. Answers with an ETag are kept and asked
// for again conditionally, by address and token because GitHub's ETags change with the token; the memory for them is bounded.
package web
