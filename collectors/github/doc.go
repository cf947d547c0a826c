// Package github collects from GitHub, in the cloud or on a server of one's own: who wrote a change and who looked at it, with
// what rights, by which rules, where it was deployed, and what broke.
//
// # A source and its streams
//
// A [Source] is an organisation or a list of repositories. [Source.Tasks] lists its streams; each has a cursor and a line of the
// coverage ledger of its own. The library go-github makes and sends the requests; what it cannot do (answers newer than it, limits
// by 429, waiting) is done here and in collectors/web.
//
// # Pull requests
//
// GraphQL gives a pull request with reviews, commits and events in one piece, 25 at a time; a server that takes too long is asked
// for half as many from the same place on. Lists that do not fit are read on, of several pull requests at once. A run goes so:
//
//  1. one query for every hundred repositories asks when a pull request was touched last;
//  2. a repository that was never read to its end is read from its oldest update on, and can be gone on with after every batch;
//  3. those with news are read ten at a time, newest first, back to what was known, or ten minutes before where that was fresh when
//     the last run looked. The watermark of a repository moves only then, and never into the future.
//
// What does not touch an update is read again once a day for a week. Servers without GraphQL are read by REST, at four calls a
// pull request.
//
// # What is gone
//
// Repositories are known by their numbers, so a new name is a new version of the same one, and its pull requests are read anew under
// that name. A number that is not in the list any more is asked for by itself before it counts as gone. GitHub says 404 of what an
// account may not see as well: a repository that was taken away from the account looks deleted. Pull requests that are gone are
// found by comparing numbers, of a thirtieth of the repositories a day ([Known]).
//
// # Accounts
//
// Logins are lower case. GraphQL leaves the ending "[bot]" off; here it is always there. Who was deleted is "ghost", as on GitHub's
// pages: several people, so their looking at each other's work cannot be told.
package github
