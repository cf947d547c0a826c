package attribution

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Classifier holds the compiled rules. It is read-only after New, so one Classifier serves any number of
// goroutines.
type Classifier struct {
	version       string
	actionVersion string
	auto          *automaton
	literals      []literal
	channels      map[string]*channel // by e-mail field
	names         map[string][]*rule  // by name field
	keys          map[string][]*rule  // trailer keys
	branches      []*rule
	bodies        []*rule
	logins        map[string]*rule
	labels        map[string]*rule
	grammar       map[string]*rule
	actions       map[string][]*rule // by field
	byID          map[string]*rule
	toolRank      map[string]*Tool
	bots          botTable
	deny          Deny
	forms         *automaton // template text
	who           *automaton // what a name or address has in it when it may be a program's
	pool          sync.Pool  // *reading
}

// rule is a Rule ready to run.
type rule struct {
	Rule
	pattern, exclude *regexp.Regexp
	from, to         int64 // Unix seconds; 0 = no limit
}

// channel finds identity rules by address.
type channel struct {
	exact  map[string][]*rule
	ids    map[string][]*rule
	logins map[string][]*rule
	domain map[string][]*rule
}

var defaultClassifier = sync.OnceValues(func() (*Classifier, error) { return New() })

// Default returns the classifier of the built-in rules. The rules are embedded and covered by tests, so that
// an error in them cannot reach a caller.
func Default() *Classifier {
	c, err := defaultClassifier()
	if err != nil {
		panic(err)
	}
	return c
}

// New compiles the built-in rules and those that extend them. Added rules are tried first, so that an
// organisation can override what the built-in ones would say. All errors are reported at once.
func New(extra ...Rules) (*Classifier, error) {
	builtin, err := ParseRules(builtinRules)
	if err != nil {
		return nil, err
	}
	actions, err := ParseRules(builtinActions)
	if err != nil {
		return nil, err
	}
	all := Rules{}
	var problems []error
	for _, rules := range append(slices.Clone(extra), builtin, actions) {
		problems = append(problems, rules.check())
		all.Tools = append(all.Tools, rules.Tools...)
		all.Rules = append(all.Rules, rules.Rules...)
		all.Bots = append(all.Bots, rules.Bots...)
		all.Deny.Emails = append(all.Deny.Emails, rules.Deny.Emails...)
		all.Deny.Values = append(all.Deny.Values, rules.Deny.Values...)
		all.Deny.NoteTools = append(all.Deny.NoteTools, rules.Deny.NoteTools...)
	}
	if err := errors.Join(append(problems, unique(all.Rules)...)...); err != nil {
		return nil, fmt.Errorf("compile attribution rules: %w", err)
	}
	c := compile(all, version(builtin.Version+"+"+grammarVersion, extra))
	c.actionVersion = version(actions.Version+"+"+actionGrammar, extra)
	return c, nil
}

// RulesVersion names the rules and the grammar that reads them. Store it with each verdict: when it differs,
// the verdict can be computed again.
func (c *Classifier) RulesVersion() string { return c.version }

// grammarVersion changes when the code reads messages differently with the same rules.
const grammarVersion = "g1"

func version(builtin string, extra []Rules) string {
	if len(extra) == 0 {
		return builtin
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%+v", extra))
	return builtin + "+" + hex.EncodeToString(sum[:4])
}

func unique(rules []Rule) []error {
	var all []error
	seen := map[string]bool{}
	for _, r := range rules {
		if seen[r.ID] {
			all = append(all, fmt.Errorf("rule %q: id: used twice", r.ID))
		}
		seen[r.ID] = true
	}
	return all
}

func compile(rules Rules, version string) *Classifier {
	c := &Classifier{
		version: version, deny: rules.Deny,
		channels: map[string]*channel{}, names: map[string][]*rule{}, keys: map[string][]*rule{},
		logins: map[string]*rule{}, labels: map[string]*rule{}, grammar: map[string]*rule{},
		toolRank: map[string]*Tool{}, byID: map[string]*rule{}, actions: map[string][]*rule{},
	}
	for _, field := range emailFields {
		c.channels[field] = &channel{map[string][]*rule{}, map[string][]*rule{}, map[string][]*rule{}, map[string][]*rule{}}
	}
	lits := &literalTable{index: map[string]int{}}
	for i := range rules.Tools {
		c.addTool(lits, &rules.Tools[i])
	}
	for i := range rules.Rules {
		c.addRule(lits, c.prepare(&rules.Rules[i]))
	}
	for text, mark := range map[string]byte{"```": '`', "<!--": '<', "-->": '>'} {
		lits.at(text).mark = mark
	}
	for _, key := range coauthorAnchors {
		lits.at(key).anchor = true
	}
	c.auto, c.literals = newWordAutomaton(lits.text), lits.list
	for i, l := range c.literals {
		if l.tool != nil && len(l.rules) == 0 && !l.anchor {
			c.auto.whole[i] = edges{left: true, right: !l.prefix && (l.tool.Kind != "model" || l.weak)}
		}
	}
	c.forms = newAutomaton(rules.Deny.Values)
	c.bots = newBotTable(rules.Bots)
	c.who = newAutomaton(c.programWords(rules))
	c.pool.New = func() any { return new(reading) }
	return c
}

func (c *Classifier) prepare(r *Rule) *rule {
	p := &rule{Rule: *r}
	from := r.ValidFrom
	if from.IsZero() && c.toolRank[r.Tool] != nil {
		from = c.toolRank[r.Tool].Since
	}
	switch {
	case !from.IsZero():
		p.from = from.Unix()
	case r.Class == "":
		p.from = firstTool.Unix()
	}
	if !r.ValidTo.IsZero() {
		p.to = r.ValidTo.AddDate(0, 0, 1).Unix() - 1
	}
	if r.Pattern != "" {
		p.pattern = regexp.MustCompile("(?i)" + r.Pattern)
	}
	if r.Exclude != "" {
		p.exclude = regexp.MustCompile("(?i)" + r.Exclude)
	}
	return p
}

// firstTool is the day of GitHub Copilot's technical preview, before which no rule for AI fires.
var firstTool = time.Date(2021, 6, 29, 0, 0, 0, 0, time.UTC)

func (c *Classifier) addRule(lits *literalTable, r *rule) {
	c.byID[r.ID] = r
	for _, field := range r.Fields {
		switch field {
		case fieldAuthorEmail, fieldCommitterEmail, fieldCoauthorEmail:
			c.channels[field].add(r)
		case fieldAuthorName, fieldCommitterName:
			c.names[field] = append(c.names[field], r)
		case fieldTrailer:
			for _, key := range r.Values {
				c.keys[key] = append(c.keys[key], r)
				lits.at(key).anchor = true
			}
		case fieldLine, fieldSubject:
			for _, value := range r.Values {
				l := lits.at(value)
				l.rules = append(l.rules, r)
			}
		case fieldBranch:
			c.branches = append(c.branches, r)
		case fieldBody:
			c.bodies = append(c.bodies, r)
		case fieldLogin:
			addFirst(c.logins, r)
		case fieldLabel:
			addFirst(c.labels, r)
		case fieldGrammar:
			c.grammar[r.ID] = r
		case fieldUserAgent, fieldSession, fieldAccount, fieldRole:
			c.actions[field] = append(c.actions[field], r)
		}
	}
}

func addFirst(table map[string]*rule, r *rule) {
	for _, value := range r.Values {
		if v := strings.ToLower(value); table[v] == nil {
			table[v] = r
		}
	}
}

func (ch *channel) add(r *rule) {
	table := map[string]map[string][]*rule{"exact": ch.exact, "github_id": ch.ids, "login": ch.logins, "regex": ch.domain}[r.Match]
	for _, value := range r.Values {
		v := strings.ToLower(value)
		table[v] = append(table[v], r)
	}
}
