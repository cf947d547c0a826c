// Package jira collects incidents that are issues of Jira, such as those of Jira Service Management, with the issues that they are
// said to be caused by.
//
// # What is asked
//
// POST /rest/api/3/search/jql, page by page in the order of the last change, with the query of the options and the changes since
// the last walk; where there is no such address, /rest/api/3/search and /rest/api/2/search (Data Center). For the issues that an
// incident is caused by, GET /rest/api/2/issue/{id}/remotelink. Times in a query are minutes ago, because Jira reads others in the
// time zone of whoever asks. The cursor moves with each page. Links need not touch an issue, so once in [Options.Sweep] everything
// that changed within [Options.Settle] is read again; what is on no list then and cannot be read any more becomes a tombstone.
//
// # How things are read
//
// An incident is known by the number of its issue, which survives a move to another project; its key is in Extra. Priority is the
// severity unless a field holds one. It was declared when it was created and resolved at its resolution date; other times are
// those of the fields that the options name. Components are services.
//
// # Causes
//
// A link "is caused by" leads to an issue, usually a change request. The pull requests, commits and deployments among its remote
// links are causes: method issue_link, score .9. The issue itself is kept as a cause of kind action at the system jira:<host>, so
// that what was stated is not lost when no change can be found. A field that holds the cause is a declaration, score 1; the
// description is text: "caused by" and a change, score .8.
//
// # Not verified
//
// The shapes are those of Atlassian's documentation and published descriptions; nobody has run this against a real site. In
// particular: that search/jql allows ORDER BY updated with a relative date, and how Data Center words a missing address.
package jira
