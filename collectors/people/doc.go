// Package people reads who is who from files: whose an account is, who was in which team and when, and which team owns a
// repository.
//
// # The people file
//
// One row says that these accounts are one person's, or that this person was in this team, or both. As CSV, with lists joined
// by semicolons:
//
//	person,accounts,team,from,to
//	p-1001,github:ada;ada@example.com,checkout,2024-01-01,2025-07-01
//	p-1001,,core,2025-07-01,
//	p-1002,github:bob;aws:arn:aws:iam::111122223333:user/bob,core,,
//
// As YAML, the same fields:
//
//	people:
//	  - {person: p-1001, accounts: [github:ada, ada@example.com], team: checkout, from: 2024-01-01, to: 2025-07-01}
//	  - {person: p-1001, team: core, from: 2025-07-01}
//
// `person` is a stable name that means nothing to outsiders, such as a personnel number; it is never shown. An account is
// "source:login", or an address of e-mail for people known by it in commits. `from` is the first day in the team, without it
// since ever; `to` is the first day that is not; without it still. Two teams at once are two rows.
//
// A file with an error is refused whole, with all of its errors: what half a file says would part people from their accounts.
//
// # What becomes of it
//
// The file is compared with what it said the last time. What is new or gone becomes rows of the journal ([record.Identity]) and
// memberships ([record.Member]); one that the file takes back ends where it began. A mailmap says which addresses are one
// person's, where the file does not say so itself. A CODEOWNERS file says who owns a repository: the team in its last rule for
// everything.
package people
