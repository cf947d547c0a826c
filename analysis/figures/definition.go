package figures

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed define/*.yaml query/*.sql
var files embed.FS

// Definition says what a figure shows.
type Definition struct {
	ID      string `yaml:"id"`
	Version int    `yaml:"version"` // raised with every change of meaning
	Changed string `yaml:"changed"` // when and why this version was made
	Page    string `yaml:"page"`    // the page that shows it
	Title   string `yaml:"title"`
	// Meaning is what is counted, in a sentence or two; Formula how; Excludes what is left out and why.
	Meaning  string   `yaml:"meaning"`
	Formula  string   `yaml:"formula"`
	Excludes []string `yaml:"excludes"`
	// Obeys are the keys of the filter that the query uses. A figure says of the others that it ignored them.
	Obeys   []string `yaml:"obeys"`
	Columns []Column `yaml:"columns"`
}

// Column is a column of a figure, in the order of the query.
type Column struct {
	Name  string `yaml:"name"`
	Label string `yaml:"label"`
	Unit  Unit   `yaml:"unit"`
	About string `yaml:"about"`
	// Rows makes the list behind the number: keys of the list's filter, and values that are literal, or $COLUMN for the row's own
	// value of a column, or $COLUMN+7d and $COLUMN+1m for a day that many days or months later. $COLUMN? leaves the key out where
	// the row has no value; without the question mark such a row has no list.
	Rows map[string]string `yaml:"rows"`
	// List is the page of that list: changes, when empty, or another figure's page that is a list, such as outages.
	List string `yaml:"list"`
}

// Unit is what the values of a column are.
type Unit string

// The units. A share is from 0 to 1; a class is an author class; a flag is true or false; a list is of texts or numbers.
const (
	Text    Unit = "text"
	Class   Unit = "class"
	Flag    Unit = "flag"
	Day     Unit = "day"
	Moment  Unit = "moment"
	Count   Unit = "count"
	Share   Unit = "share"
	Ratio   Unit = "ratio"
	Number  Unit = "number"
	Hours   Unit = "hours"
	Minutes Unit = "minutes"
	List    Unit = "list"
)

var units = []Unit{Text, Class, Flag, Day, Moment, Count, Share, Ratio, Number, Hours, Minutes, List}

// SQL is the query that makes the figure.
func (d *Definition) SQL() string {
	text, err := files.ReadFile("query/" + d.ID + ".sql")
	if err != nil {
		panic(fmt.Sprintf("figure %s: %v", d.ID, err)) // parse has seen it
	}
	return string(text)
}

// Definitions returns all figures by page and id, which callers must not change.
func Definitions() ([]Definition, error) { return definitions() }

var definitions = sync.OnceValues(func() ([]Definition, error) {
	names, err := fs.Glob(files, "define/*.yaml")
	if err != nil {
		return nil, err
	}
	var all []Definition
	var wrong []error
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		some, err := parse(name, text)
		wrong = append(wrong, err)
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b Definition) int { return strings.Compare(a.ID, b.ID) })
	for i := 1; i < len(all); i++ {
		if all[i].ID == all[i-1].ID {
			wrong = append(wrong, fmt.Errorf("figure %s is defined twice", all[i].ID))
		}
	}
	return all, errors.Join(wrong...)
})

// Find returns the figure of an id, and whether there is one.
func Find(id string) (*Definition, bool) {
	all, err := definitions()
	if err != nil {
		return nil, false
	}
	for i := range all {
		if all[i].ID == id {
			return &all[i], true
		}
	}
	return nil, false
}

// parse reads a file of figures and reports all that is wrong with it at once.
func parse(name string, text []byte) ([]Definition, error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var some []Definition
	if err := decoder.Decode(&some); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var wrong []error
	for i := range some {
		for _, problem := range some[i].problems() {
			wrong = append(wrong, fmt.Errorf("%s: figure %d (%s): %s", name, i+1, some[i].ID, problem))
		}
	}
	return some, errors.Join(wrong...)
}

func (d *Definition) problems() (wrong []string) {
	require := func(ok bool, problem string, about ...any) {
		if !ok {
			wrong = append(wrong, fmt.Sprintf(problem, about...))
		}
	}
	_, err := fs.Stat(files, "query/"+d.ID+".sql")
	require(d.ID != "" && err == nil, "there is no query/%s.sql", d.ID)
	require(d.Version > 0, "version must be 1 or more")
	require(d.Page != "" && d.Title != "" && d.Meaning != "" && d.Formula != "", "page, title, meaning and formula must be given")
	for _, key := range d.Obeys {
		require(slices.Contains(Keys, key), "obeys names %q; the keys are %s", key, strings.Join(Keys, ", "))
	}
	names := map[string]bool{}
	for _, c := range d.Columns {
		require(c.Name != "" && !names[c.Name], "column name %q is empty or taken", c.Name)
		names[c.Name] = true
		require(slices.Contains(units, c.Unit), "unit %q of column %s is none of %v", c.Unit, c.Name, units)
		require(c.Label != "", "column %s has no label", c.Name)
	}
	for _, c := range d.Columns {
		for key, value := range c.Rows {
			column, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(value, "$"), "?"), "+")
			require(!strings.HasPrefix(value, "$") || names[column], "rows of column %s: %s: there is no column %s", c.Name, key, column)
		}
	}
	return wrong
}
