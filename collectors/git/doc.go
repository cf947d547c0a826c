// Package git collects the history of a git clone: commits with what they changed, notes in which agents say what
// they wrote, where each commit stands, and refs that moved.
//
// # What is read
//
// Branches, remote branches, tags and pull-request heads; not refs that no person or tool pushed, such as GitHub's
// trial merges (see syntheticRefs). Objects are taken as they are: replacement refs and grafts have no effect, and
// nothing is ever fetched or written. All objects are read through a scratch directory that borrows the clone's
// object folder, so no configuration, driver or hook of the clone can run.
//
// # Names
//
// A repository is named by where it came from: owner/name for GitHub, host/path for other hosts, and the last two
// elements of its path for a clone with no network remote.
//
// # Counting lines
//
// Additions and deletions are those of plain git log --numstat --no-renames in a bare clone: attributes such as
// -diff, which git reads from a worktree, do not apply. Counting them is nearly all of the work, and most of it is
// the same pair of contents again and again, in rebases, cherry-picks and pull-request heads. So each distinct pair
// is counted once (counter): in this process when the answer is certain (compareLines), by git otherwise
// (gitCounter).
//
// # Going on where the last collection ended
//
// The cursor holds where every ref pointed. New commits are those that the refs reach now and did not then; dates
// play no part. Commits come parents first, so whatever was yielded is complete up to its youngest commits, and the
// cursor of an unfinished collection names those (position.Frontier).
package git
