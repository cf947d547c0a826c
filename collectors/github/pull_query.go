package github

import (
	_ "embed"
	"encoding/json"
	"time"
)

// The queries about pull requests, each with the fragments that it uses. They hold for GitHub's published schema.
var (
	//go:embed query/pull.graphql
	pullFragment string
	//go:embed query/pull_parts.graphql
	pullParts string

	//go:embed query/pulls.graphql
	pullsText string
	//go:embed query/newest_pulls.graphql
	newestPullsText string
	//go:embed query/pull_rest.graphql
	pullRestText string

	//go:embed query/pull_news.graphql
	pullNewsQuery string
	//go:embed query/numbers.graphql
	pullNumbersQuery string

	pullsQuery       = pullsText + pullFragment + pullParts
	newestPullsQuery = newestPullsText + pullFragment + pullParts
	pullRestQuery    = pullRestText + pullParts
)

// order is an order of pull requests.
type order struct {
	Field     string `json:"field"`
	Direction string `json:"direction"`
}

var (
	oldestFirst = order{"UPDATED_AT", "ASC"}
	newestFirst = order{"UPDATED_AT", "DESC"}
	asCreated   = order{"CREATED_AT", "ASC"}
)

// connection is a page of a list.
type connection[T any] struct {
	TotalCount int
	PageInfo   struct {
		HasNextPage bool
		EndCursor   string
	}
	Nodes []T
}

// more reports whether the list goes on after what was read.
func (c *connection[T]) more() bool { return c.PageInfo.HasNextPage }

// follow takes over the page after the last one, or with from the list from its beginning.
func (c *connection[T]) follow(next connection[T], fromStart bool) {
	if fromStart {
		c.Nodes = nil
	}
	c.Nodes = append(c.Nodes, next.Nodes...)
	c.PageInfo = next.PageInfo
}

// actor is an account as GraphQL has it; none when it was deleted.
type actor struct {
	Typename string `json:"__typename"`
	Login    string
}

// pull is a pull request as GraphQL has it. What REST says is brought into the same form.
type pull struct {
	ID                 string
	FullDatabaseID     json.Number
	Number             uint32
	Title, Body        string
	State              string // "OPEN", "CLOSED" or "MERGED"
	IsDraft            bool
	CreatedAt          time.Time
	UpdatedAt          time.Time
	MergedAt           time.Time
	ClosedAt           time.Time
	Author, MergedBy   *actor
	BaseRefName        string
	HeadRefName        string
	HeadRefOID         string
	MergeCommit        *commitID
	TotalCommentsCount uint32
	Additions          uint32
	Deletions          uint32
	ChangedFiles       uint32
	Comments           struct{ TotalCount uint32 }
	Assignees          connection[*actor]
	Labels             connection[*struct{ Name string }]
	pullLists

	raw        json.RawMessage
	started    bool // on what did not fit
	incomplete bool // reviews, or other parts, could not be read
}

// pullLists are the lists of a pull request that may go on.
type pullLists struct {
	Reviews       connection[*review]
	Commits       connection[*pullCommit]
	TimelineItems connection[*event]
}

// long reports whether any of the lists goes on.
func (l *pullLists) long() bool {
	return l.Reviews.more() || l.Commits.more() || l.TimelineItems.more()
}

type commitID struct{ OID string }

func (c *commitID) sha() string {
	if c == nil {
		return ""
	}
	return c.OID
}

type review struct {
	ID             string
	FullDatabaseID json.Number
	State          string
	SubmittedAt    time.Time
	Author         *actor
	Commit         *commitID
}

type pullCommit struct {
	Commit struct {
		OID                         string
		Message                     string
		AuthoredDate, CommittedDate time.Time
		Author, Committer           *person
	}
}

// person is a name and an address as a commit has them.
type person struct{ Name, Email string }

// event is an item of a timeline.
type event struct {
	Typename                  string `json:"__typename"`
	ID                        string
	CreatedAt                 time.Time
	Actor                     *actor
	BeforeCommit, AfterCommit *commitID
	Label                     struct{ Name string }
}

// UnmarshalJSON keeps what GitHub said beside what is read of it.
func (p *pull) UnmarshalJSON(text []byte) error {
	type plain pull
	if err := json.Unmarshal(text, (*plain)(p)); err != nil {
		return err
	}
	p.raw = append(json.RawMessage(nil), text...)
	return nil
}
