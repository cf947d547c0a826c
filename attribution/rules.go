package attribution

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"time"

	"go.yaml.in/yaml/v3"
)

//go:embed rules.yaml
var builtinRules []byte

// Rules is a rule file: see doc.go for how to write one. A file that extends the built-in rules gives only
// what it adds; its rules are tried before the built-in ones.
type Rules struct {
	Version string `yaml:"version"`
	Tools   []Tool `yaml:"tools"`
	Rules   []Rule `yaml:"rules"`
	Bots    []Bot  `yaml:"bots"`
	Deny    Deny   `yaml:"deny"`
}

// Tool is an AI tool and the words that name it.
type Tool struct {
	ID       string   `yaml:"id"`     // as it appears in verdicts
	Family   string   `yaml:"family"` // vendor or product line; several tools share one
	Kind     string   `yaml:"kind"`   // "" for a harness, "model" for what runs inside one, "generic" for words such as "AI"
	Since    Date     `yaml:"since"`  // launch: no rule of the tool fires on earlier commits
	Names    []string `yaml:"names"`  // name it wherever they stand in a disclosure
	Prefixes []string `yaml:"prefixes"`
	Weak     []string `yaml:"weak"`   // common words and people's names: only where a tool is expected
	Person   bool     `yaml:"person"` // also a person's name
	Review   bool     `yaml:"review"` // a reviewer: never raises autonomy above assist
}

// Rule matches one value in some of a commit's or pull request's fields.
type Rule struct {
	ID         string   `yaml:"id"`
	Tool       string   `yaml:"tool"`
	Class      Class    `yaml:"class"` // "" for AI; "automation" or "human" otherwise
	Fields     []string `yaml:"fields"`
	Match      string   `yaml:"match"`
	Values     []string `yaml:"values"`
	Pattern    string   `yaml:"pattern"`
	Exclude    string   `yaml:"exclude"`  // a pattern that takes the match back: denials
	NameHas    string   `yaml:"name_has"` // for addresses: the name beside it must contain this
	Autonomy   Autonomy `yaml:"autonomy"`
	Confidence float64  `yaml:"confidence"`
	ValidFrom  Date     `yaml:"valid_from"` // no commit made before this day; default: the tool's since
	ValidTo    Date     `yaml:"valid_to"`   // no commit made after this day; default: no end
	Mode       Mode     `yaml:"mode"`       // default: by field
	Scope      Scope    `yaml:"scope"`
	Yields     bool     `yaml:"yields"` // names its tool less surely than any rule that does not yield
	Note       string   `yaml:"note"`   // where the rule comes from and how it can go wrong
}

// Bot is an automation that is not AI.
type Bot struct {
	ID        string   `yaml:"id"`
	Emails    []string `yaml:"emails"`
	GitHubIDs []string `yaml:"github_ids"`
	Contains  []string `yaml:"contains"` // parts of the author's name or address
	Note      string   `yaml:"note"`
}

// Deny lists what looks like a disclosure and is none.
type Deny struct {
	Emails    []string `yaml:"emails"`     // test identities
	Values    []string `yaml:"values"`     // parts of template text in trailers
	NoteTools []string `yaml:"note_tools"` // tools in git-ai notes that are test doubles
}

// Date is a day in UTC, written 2026-01-31 in a rule file.
type Date struct{ time.Time }

// UnmarshalYAML reads a day.
func (d *Date) UnmarshalYAML(value *yaml.Node) error {
	t, err := time.Parse(time.DateOnly, value.Value)
	if err != nil {
		return fmt.Errorf("line %d: %q is not a date such as 2026-01-31", value.Line, value.Value)
	}
	d.Time = t
	return nil
}

// ParseRules reads a rule file. An unknown key is an error, and every error is reported at once.
func ParseRules(file []byte) (Rules, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	var rules Rules
	if err := decoder.Decode(&rules); err != nil && !errors.Is(err, io.EOF) {
		return Rules{}, fmt.Errorf("parse attribution rules: %w", err)
	}
	return rules, rules.check()
}
