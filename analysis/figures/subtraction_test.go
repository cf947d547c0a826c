package figures_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baserate/baserate/analysis/figures"
)

// The worlds of these tests: some weeks of teams of 1 to 12 people, who sometimes stay away and sometimes use AI.
const worldWeeks = 4

var worldTeams = []string{"one", "two", "three", "four", "five", "seven", "twelve"}

func world() (all []landing) {
	random := rand.New(rand.NewPCG(1, 2))
	for t, size := range []int{1, 2, 3, 4, 5, 7, 12} {
		for week := range worldWeeks {
			for i := range size {
				if random.IntN(6) == 0 {
					continue
				}
				class := []string{"unknown", "ai_agent", "ai_assisted"}[random.IntN(3)]
				l := on(week, 2, uint64(100*t+i+1), worldTeams[t], class)
				l.tier, l.repo = uint8(t%3), fmt.Sprint("o/r", t%2)
				all = append(all, l)
			}
		}
	}
	return append(all, on(worldWeeks, 0, 999, "one", "unknown")) // the week that is not over
}

func worldStore(t *testing.T, all []landing) *figures.Reader {
	return &figures.Reader{Store: told(t, all, monday(worldWeeks).AddDate(0, 0, 1))}
}

// hiddenTeams tells, from the rule alone, the teams of a week that are too small or hidden with those.
func hiddenTeams(all []landing, week int) []string {
	people := map[string]int{}
	for _, l := range all {
		if l.at.After(monday(week)) && l.at.Before(monday(week+1)) {
			people[l.team]++ // everybody lands once a week here
		}
	}
	var teams []string
	for team := range people {
		teams = append(teams, team)
	}
	slices.SortFunc(teams, func(a, b string) int { return cmp.Or(cmp.Compare(people[a], people[b]), cmp.Compare(a, b)) })
	var hidden []string
	sum := 0
	for _, team := range teams {
		if people[team] >= 5 && (len(hidden) == 0 || len(hidden) >= 2 && sum >= 5) {
			break
		}
		hidden = append(hidden, team)
		sum += people[team]
	}
	return hidden
}

// scopes are what somebody may ask for: every team, all but one, and sets that are no teams.
func scopes() []figures.Filter {
	all := []figures.Filter{{}, {Tiers: []int{1}, Repos: []string{"o/r0"}}, {Classes: []string{"ai_agent"}}, {Teams: worldTeams[:2]}}
	for i, team := range worldTeams {
		others := slices.Delete(slices.Clone(worldTeams), i, i+1)
		all = append(all, figures.Filter{Teams: []string{team}}, figures.Filter{Teams: others})
	}
	return all
}

// published is all that can be read about people over some windows, in words.
func published(t *testing.T, r *figures.Reader, windows [][2]time.Time) (said []string) {
	t.Helper()
	for _, w := range windows {
		for _, f := range scopes() {
			f.From, f.To = w[0], w[1]
			said = append(said, fmt.Sprintf("%v %v", f, read(t, r, "adoption_weeks", f)))
		}
		f := figures.Filter{From: w[0], To: w[1]}
		said = append(said, fmt.Sprintf("%v %v", f, read(t, r, "adoption_teams", f)), fmt.Sprintf("%v %v", f, read(t, r, "adoption_depth", f)))
	}
	return said
}

var allWeeks = [][2]time.Time{{}, {monday(1).AddDate(0, 0, 2), monday(3)}}

// Two worlds that differ only in who of two small teams used AI, or in which of them somebody is, read the same everywhere: so no
// subtraction over weeks, teams, tiers, scopes or windows can tell them apart.
func TestNothingTellsSmallTeamsApart(t *testing.T) {
	first := world()
	before := published(t, worldStore(t, first), allWeeks)
	for name, swap := range map[string]func(a, b *landing) bool{
		"who used AI": func(a, b *landing) bool {
			if (a.class == "unknown") == (b.class == "unknown") {
				return false
			}
			a.class, b.class = b.class, a.class
			return true
		},
		"who is in which": func(a, b *landing) bool { a.team, b.team = b.team, a.team; return true },
	} {
		second := slices.Clone(first)
		swapped := 0
		for week := range worldWeeks {
			hidden := hiddenTeams(first, week)
			swapped += swapOne(second, week, hidden, swap)
		}
		if swapped < worldWeeks-1 {
			t.Fatalf("%s: the worlds hardly differ: %d", name, swapped)
		}
		for i, said := range published(t, worldStore(t, second), allWeeks) {
			if said != before[i] {
				t.Errorf("%s can be told:\n%s\n%s", name, before[i], said)
			}
		}
	}
}

// swapOne swaps something of two people of different hidden teams in a week, and says whether there were such people.
func swapOne(all []landing, week int, hidden []string, swap func(a, b *landing) bool) int {
	in := func(l *landing) bool {
		return slices.Contains(hidden, l.team) && l.at.After(monday(week)) && l.at.Before(monday(week+1))
	}
	for i := range all {
		for k := i + 1; k < len(all); k++ {
			if a, b := &all[i], &all[k]; in(a) && in(b) && a.team != b.team && swap(a, b) {
				return 1
			}
		}
	}
	return 0
}

// What somebody of a team that is shown does, does show: the test above can fail.
func TestWorldsOfShownTeamsDiffer(t *testing.T) {
	all := world()
	windows := allWeeks[:1]
	before := published(t, worldStore(t, all), windows)
	for i := range all {
		if all[i].team == "twelve" && all[i].class == "unknown" {
			all[i].class = "ai_agent"
			break
		}
	}
	if slices.Equal(before, published(t, worldStore(t, all), windows)) {
		t.Error("nothing changed")
	}
}

// Windows say nothing new: a week reads the same in every window that touches it, however its days are cut, and the teams and days
// of a window are those of its last week. So two windows differ by weeks that are published anyway.
func TestWindowsSnapToWeeks(t *testing.T) {
	r := worldStore(t, world())
	for _, scope := range []figures.Filter{{}, {Teams: []string{"five"}}, {Teams: []string{"seven", "twelve", "one"}}} {
		whole := map[time.Time]string{}
		for _, l := range read(t, r, "adoption_weeks", scope) {
			whole[l["week"].(time.Time)] = fmt.Sprint(l)
		}
		for from := 0; from < 7*worldWeeks; from += 3 {
			f := scope
			f.From = monday(0).AddDate(0, 0, from)
			f.To = f.From.AddDate(0, 0, 1+from%9)
			weeks := read(t, r, "adoption_weeks", f)
			for _, l := range weeks {
				if said := fmt.Sprint(l); said != whole[l["week"].(time.Time)] {
					t.Errorf("%v to %v: %s", f.From, f.To, said)
				}
			}
			if len(weeks) == 0 {
				t.Errorf("%v to %v touches no week", f.From, f.To)
			}
		}
	}
}

// Numbers of several teams are sums of teams that are shown, and what the whole has beside them is never fewer than five people.
func TestSumsAreOfShownTeams(t *testing.T) {
	all := world()
	r := worldStore(t, all)
	for week := range worldWeeks {
		f := figures.Filter{From: monday(week), To: monday(week + 1)}
		everybody := read(t, r, "adoption_weeks", f)[0]
		hidden := hiddenTeams(all, week)
		var people, users uint64
		for _, team := range worldTeams {
			f.Teams = []string{team}
			row := read(t, r, "adoption_weeks", f)[0]
			if (row["people"] == nil) != slices.Contains(hidden, team) && !strings.HasPrefix(fmt.Sprint(row["hidden"]), "fewer than 5") {
				t.Errorf("week %d, team %s: %v, hidden are %v", week, team, row, hidden)
			}
			if row["people"] != nil {
				people += row["people"].(uint64)
				users += row["users"].(uint64)
			}
		}
		f.Teams = worldTeams
		read(t, r, "adoption_weeks", f)[0].holds(t, "all teams", line{"people": people, "users": users})
		if rest := everybody["people"].(uint64) - people; len(hidden) > 0 && (rest < 5 || len(hidden) < 2) {
			t.Errorf("week %d: %d people are left over of %v", week, rest, hidden)
		}
	}
}
