// Package record is the vocabulary of baserate: the facts that sources state, with their natural keys.
//
// A fact is one thing a source said: a commit, a note, where a ref points. It is never rewritten, only
// superseded by a newer version of itself, so saving the same fact twice changes nothing. The package knows
// no vendor, no SQL, no HTTP and no clock; collectors make these values and the store keeps them.
package record
