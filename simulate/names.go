package simulate

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"

	"github.com/baserate/baserate/record"
)

// Names that the fast path makes from the same numbers in derive/step/expand.sql: whoever changes one changes both.

// Number is the number of the pull request that a change landed by.
func (c *Change) Number() uint32 { return c.Index + 1 }

// RepoName is the name of repository i.
func (f *Fleet) RepoName(i int) string {
	if f.Mixed {
		return mixedRepo(i)
	}
	return fmt.Sprintf("fleet/repo-%05d", i+1)
}

// TeamName is the name of team t.
func (f *Fleet) TeamName(t int) string {
	if f.Mixed && t < len(domains) {
		return domains[t]
	}
	return fmt.Sprintf("team-%03d", t+1)
}

// PersonName is the stable name of author a, and also the login.
func PersonName(a int) string { return fmt.Sprintf("person-%05d", a+1) }

// The hashes that belong to a proposal: of the commit that landed, of the last one of its branch and of the one before.
const (
	landed = iota
	head
	earlier
)

// hash is 40 hexadecimal digits that no other proposal of the fleet has: odd factors permute the numbers below 2^64.
func hash(repo uint16, number uint32, which uint32) string {
	var b [20]byte
	binary.LittleEndian.PutUint64(b[:], uint64(number)*0x9e3779b97f4a7c15)
	binary.LittleEndian.PutUint64(b[8:], uint64(number)*0xbf58476d1ce4e5b9)
	binary.LittleEndian.PutUint32(b[16:], which<<16|uint32(repo))
	return hex.EncodeToString(b[:])
}

func incidentID(number uint32) string   { return fmt.Sprintf("INC-%d", number) }
func deploymentID(number uint32) string { return fmt.Sprintf("deploy-%d", number) }

// roster are the names and accounts of a fleet, made once.
type roster struct {
	repos, teams, persons []string
	git, github           []record.Account
	people                []record.Person
}

func (f *Fleet) roster() *roster {
	all := &roster{}
	for i := range f.Repositories {
		all.repos = append(all.repos, f.RepoName(i))
	}
	for t := range f.Teams {
		all.teams = append(all.teams, f.TeamName(t))
	}
	for a := range f.Authors {
		name := PersonName(a)
		email := name + "@example.com"
		all.persons = append(all.persons, name)
		all.people = append(all.people, record.Person{Name: fmt.Sprintf("Person %d", a+1), Email: email})
		all.git = append(all.git, record.Account{Source: "git", Login: email, Kind: record.KindPerson})
		all.github = append(all.github, record.Account{Source: "github", Login: name, Kind: record.KindPerson})
	}
	return all
}

// domains name the teams of the demo; with the kinds, its repositories.
var domains = []string{
	"accounts", "billing", "cart", "catalog", "checkout", "claims", "delivery", "fraud", "identity", "inventory",
	"ledger", "loyalty", "messaging", "orders", "payments", "pricing", "recommend", "returns", "search", "shipping",
	"analytics", "build", "data-lake", "edge", "gateway", "mobile", "observability", "platform", "storage", "web",
}

var kinds = []string{"api", "worker", "web", "jobs", "schema", "client", "gateway"}

func mixedRepo(i int) string {
	name := domains[i%len(domains)] + "/" + kinds[i/len(domains)%len(kinds)]
	if round := i / (len(domains) * len(kinds)); round > 0 {
		name += fmt.Sprintf("-%d", round+1)
	}
	return name
}

var (
	verbs   = []string{"Add", "Rework", "Speed up", "Simplify", "Extend", "Log", "Cache", "Validate", "Move", "Rename"}
	things  = []string{"retries", "timeouts", "the rate limit", "session handling", "the export", "the price rules", "the audit trail", "pagination", "the cache key", "currency rounding"}
	modules = []string{"handler", "store", "queue", "client", "config", "router", "parser", "index", "worker", "session", "policy"}
)

// subject is the title of a change, without its number.
func (f *Fleet) subject(number uint32) string {
	if !f.Mixed {
		return fmt.Sprintf("Change %d", number)
	}
	x := scatter(uint64(number))
	return verbs[x%uint64(len(verbs))] + " " + things[x>>32%uint64(len(things))]
}

// files are the paths of a change: rarely those of another, as a fix is known by touching the same files.
func files(number uint32, n int, additions, deletions uint32) []record.FileChange {
	all := make([]record.FileChange, n)
	for i := range all {
		x := scatter(uint64(number)<<2 | uint64(i))
		path := fmt.Sprintf("internal/%s/%s%d.go", modules[x%uint64(len(modules))], modules[x>>16%uint64(len(modules))], x>>32%9973)
		share := additions / uint32(n)
		all[i] = record.FileChange{Path: path, Additions: share, Deletions: deletions / uint32(n)}
	}
	all[0].Additions += additions % uint32(n)
	all[0].Deletions += deletions % uint32(n)
	return all
}
