// Package workbench runs what analysts write: each statement as the analysts' account, whose grants and limits the
// database itself enforces, with progress while it runs, a cancel that ends it in the database, and a cut that is always
// told. It keeps a history of what was run and the queries that were saved, both for the whole server: there are no
// accounts yet, so whoever reaches the server sees them.
//
// A Run goes through meta, any number of progress and rows, and ends with one done or one error; every one of these is an
// [Event] with a number, so that a reader who lost the connection goes on where it was.
package workbench
