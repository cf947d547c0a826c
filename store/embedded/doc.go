// Package embedded runs ClickHouse in a child process, from libchdb, the engine as a library.
//
// The binary starts itself again as `baserate engine …` ([Main]), which loads libchdb without cgo, has it listen on a
// loopback port and then wait for its standard input to end. The parent holds the other end, so the engine lives
// exactly as long as its parent and shuts down cleanly when the parent closes it or dies. A child process, not a
// library in ours: an engine that crashes or is killed for its memory must not take the program down with it.
// [Engine] starts it again on the same port and with the same passwords, and clients only have to retry.
//
// # One engine a folder
//
// A data folder belongs to one process at a time. [Start] takes the lock and names its holder when it cannot.
// [Attach] uses the engine of the process that holds it, through a file only the owner can read. [Open] does
// whichever of the two is possible.
//
//	DIR/lock          flock, with the holder's pid and command; the engine itself holds it too, so that nobody
//	                  starts a second one while the engine of a killed parent is still shutting down
//	DIR/engine.json   address and passwords of the running engine, 0600, gone after Close
//	DIR/engine/       config.xml, users.xml (0600), functions/, engine.log (at most 24 MB with its older files),
//	                  and under store/ the tables
//
// # Accounts
//
// Every start makes new random passwords. The application's account may do everything; the analysts' account may
// only read one database, within limits of time, memory and rows ([AnalystLimits]). The engine's own local session
// is the account `default`, without a password because libchdb gives it none: a quota lets it run the statements
// that start the engine and none after them, so that another user of the machine who connects as it can do sums and
// nothing else.
//
// The package knows no table of ours.
package embedded
