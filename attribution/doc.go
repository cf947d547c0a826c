// Package attribution says who made a commit or a pull request, as far as its own metadata disclose it: an AI
// agent, a person with an AI's help, a bot that is no AI, a person by positive evidence, or nobody knows.
//
// The package is pure: no clock, no files but the embedded rules, no database. The same commit gives the same
// [Verdict], byte for byte, and every verdict names the rule and quotes the line that it rests on. A commit
// without any marker is Unknown, never Human: tools can be told to leave no trace, so absence proves nothing.
//
//	v := attribution.Default().Classify(attribution.Commit{Message: message, AuthorEmail: email, …})
//	fmt.Println(v.Class, v.Tool, v.Rule, v.Evidence)
//
// # How a commit is read
//
// In this order, each step in the file of its name:
//
//   - identity.go: author, committer and co-authors by whole address, by the number in a GitHub no-reply address
//     (logins are renamed, numbers are not), by login, by pattern of a domain. The address decides before the
//     name: agents carry people's names and people carry agents' names.
//   - persona.go: names that no rule knows, such as "Ryan + Claude" or "Perfloop Agent <agent@perfloop.ai>".
//   - message.go: one pass of an automaton over the message finds tools' names, trailers' keys and footers'
//     beginnings; only lines that hold one are read, and no regular expression runs over the whole message.
//     Fences, comments and lines indented beyond the body's own indentation are examples.
//   - lines.go: a line is a rule's own line, a ticked box, a trailer (trailer.go, disclosure.go), a footer
//     (footer.go) or a sentence (prose.go, grammar.go), the first of these that it is. Trailers are read in any
//     paragraph, folded or broken, in the malformed forms that are found. Denials go before everything.
//   - notes.go: git-ai and agent-trace notes.
//   - bots.go: automation that is no AI, when nothing so far said AI.
//   - join.go: the evidence in order of strength, and the verdict.
//
// # Evidence and verdict
//
// Every match is an [Evidence] with its rule, tool, channel ([Mode]), autonomy, confidence and quote; the verdict
// keeps them all. The leading one is chosen by channel: the AI as author, then an agent's session, trailer or
// footer, then a co-author, then whatever says assisted, then a branch, then prose. The class is AIAgent when
// any evidence says that an agent did the work. Review bots and one-click fixes never say so: their trailer
// stands on a change of which they wrote a line. Confidence over several channels is 1 − Π(1 − c); the numbers
// in the rules are priors, so treat them as an order, not as measured probabilities.
//
// # Dates
//
// A rule does not fire on a commit made before its tool existed (valid_from, by default the tool's since). The
// committer date decides; see [Commit]. It is the control that a rule means what it says: on histories before
// the tools, every hit is a false one.
//
// # Adding a rule
//
// Rules are data, in rules.yaml; its head lists the fields and the kinds of match. An organisation's own go in
// a file of the same form, read by [ParseRules] and given to [New], and are tried before the built-in ones:
//
//	tools:
//	  - {id: acme-agent, family: acme, since: 2026-01-01, names: [acme agent]}
//	rules:
//	  - {id: acme.author, tool: acme-agent, fields: [author_email, coauthor_email],
//	     match: exact, values: [agent@acme.example], autonomy: agent, confidence: 0.95,
//	     note: "our service account since January"}
//	bots:
//	  - {id: acme-release, emails: [release@acme.example]}
//
// For a new tool, an entry under tools is often enough: the grammar knows every verb with every tool. Put a
// name that is also a word or a person's under weak, and it counts only where a tool is expected. Then add a
// case, and the trap beside it, to testdata/messages.yaml, and run the tests: they hold the launch dates, the
// traps, and the scores on labelled commits. Change grammarVersion in compile.go when the code reads messages
// differently, and version in rules.yaml when the rules do: [Classifier.RulesVersion] is stored with verdicts so
// that they can be computed again.
package attribution
