package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// configName is the file that is read when --config names no other and it lies in the present folder.
const configName = "baserate.yaml"

// mistake is one thing that is wrong with the config.
type mistake struct {
	file  string
	line  int
	field string // such as github[0].tokens[1]
	text  string
}

func (m mistake) String() string {
	if m.field == "" {
		return fmt.Sprintf("%s:%d: %s", m.file, m.line, m.text)
	}
	return fmt.Sprintf("%s:%d: %s: %s", m.file, m.line, m.field, m.text)
}

// mistakes are all that is wrong with the config, in the order of its lines.
type mistakes []mistake

// Error has one line for each.
func (ms mistakes) Error() string {
	lines := make([]string, len(ms))
	for i, m := range ms {
		lines[i] = m.String()
	}
	return strings.Join(lines, "\n")
}

// err is nil when there are none.
func (ms mistakes) err() error {
	if len(ms) == 0 {
		return nil
	}
	return ms
}

// about are the mistakes in these sections, and those that make the whole file unreadable. A command that asks only the
// database need not have the secrets of every source.
func (ms mistakes) about(sections ...string) mistakes {
	return slices.DeleteFunc(slices.Clone(ms), func(m mistake) bool {
		section, _, _ := strings.Cut(m.field, ".")
		section, _, _ = strings.Cut(section, "[")
		return m.field != "" && !slices.Contains(sections, section)
	})
}

// readConfig reads a file. Without a name it reads baserate.yaml, and nothing where there is none. What is wrong is in the
// mistakes; the error is about reading itself.
func readConfig(path string, environment func(string) (string, bool)) (*config, mistakes, error) {
	optional := path == ""
	if optional {
		path = configName
	}
	text, err := os.ReadFile(path)
	if optional && errors.Is(err, fs.ErrNotExist) {
		return &config{}, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("config: %w", err)
	}
	c, wrong := parseConfig(filepath.Base(path), text, environment)
	if c.folder, err = filepath.Abs(filepath.Dir(path)); err != nil {
		return nil, nil, fmt.Errorf("config: %w", err)
	}
	return c, wrong, nil
}

// parseConfig reads the text of a config and finds all that is wrong with it at once.
func parseConfig(file string, text []byte, environment func(string) (string, bool)) (*config, mistakes) {
	r := &configReader{file: file, environment: environment, lines: map[string]int{}}
	c := &config{}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return c, mistakes{unreadable(file, err)}
	}
	if len(document.Content) == 0 {
		return c, nil
	}
	r.value(document.Content[0], reflect.ValueOf(c).Elem(), "")
	r.sense(c)
	slices.SortStableFunc(r.wrong, func(a, b mistake) int { return a.line - b.line })
	return c, r.wrong
}

// unreadable is what the YAML parser says, with its line where it names one.
func unreadable(file string, err error) mistake {
	m := mistake{file: file, line: 1, text: strings.TrimPrefix(err.Error(), "yaml: ")}
	if rest, ok := strings.CutPrefix(m.text, "line "); ok {
		number, said, _ := strings.Cut(rest, ": ")
		if line, err := strconv.Atoi(number); err == nil {
			m.line, m.text = line, said
		}
	}
	return m
}

// configReader puts YAML into structs. It does so itself, rather than by yaml's own decoder with KnownFields, so that every
// mistake has a field and a line, also one in a variable of the environment.
type configReader struct {
	file        string
	environment func(string) (string, bool)
	lines       map[string]int // of the fields that were read
	wrong       mistakes
}

func (r *configReader) mistake(line int, field, format string, args ...any) {
	r.wrong = append(r.wrong, mistake{r.file, line, field, fmt.Sprintf(format, args...)})
}

// value puts a node into what it is for.
func (r *configReader) value(n *yaml.Node, into reflect.Value, field string) {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	r.lines[field] = n.Line
	if n.Tag == "!!null" {
		return // a key without a value is one that is not given
	}
	switch {
	case into.Type() == reflect.TypeFor[duration](), into.Type() == reflect.TypeFor[day]():
		r.scalar(n, into, field)
	case into.Kind() == reflect.Struct:
		r.mapping(n, field, func(key string, value *yaml.Node) bool {
			member, ok := member(into, key)
			if ok {
				r.value(value, member, joined(field, key))
			}
			return ok
		}, keys(into.Type()))
	case into.Kind() == reflect.Map:
		r.entries(n, into, field)
	case into.Kind() == reflect.Slice:
		r.sequence(n, into, field)
	default:
		r.scalar(n, into, field)
	}
}

// mapping hands out the pairs of a mapping, and reports keys that nothing takes or that come twice.
func (r *configReader) mapping(n *yaml.Node, field string, take func(string, *yaml.Node) bool, known []string) {
	if n.Kind != yaml.MappingNode {
		r.mistake(n.Line, field, "must have keys: %s", strings.Join(known, ", "))
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if first, twice := seen[key.Value]; twice {
			r.mistake(key.Line, joined(field, key.Value), "is given twice, first in line %d", first)
			continue
		}
		seen[key.Value] = key.Line
		if !take(key.Value, n.Content[i+1]) {
			r.mistake(key.Line, joined(field, key.Value), "there is no such key; there are: %s", strings.Join(known, ", "))
		}
	}
}

func (r *configReader) entries(n *yaml.Node, into reflect.Value, field string) {
	into.Set(reflect.MakeMap(into.Type()))
	r.mapping(n, field, func(key string, value *yaml.Node) bool {
		element := reflect.New(into.Type().Elem()).Elem()
		r.value(value, element, joined(field, key))
		into.SetMapIndex(reflect.ValueOf(key), element)
		return true
	}, []string{"name: value"})
}

func (r *configReader) sequence(n *yaml.Node, into reflect.Value, field string) {
	if n.Kind != yaml.SequenceNode {
		r.mistake(n.Line, field, "must be a list")
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		r.value(item, into.Index(i), fmt.Sprintf("%s[%d]", field, i))
	}
}

// scalar expands variables, and reads what comes of it.
func (r *configReader) scalar(n *yaml.Node, into reflect.Value, field string) {
	if n.Kind != yaml.ScalarNode {
		r.mistake(n.Line, field, "must be one value")
		return
	}
	text, unset := expand(n.Value, r.environment)
	for _, text := range unset {
		r.mistake(n.Line, field, "%s", text)
	}
	if len(unset) > 0 {
		return
	}
	if err := parseInto(into, text); err != nil {
		r.mistake(n.Line, field, "%q %s", n.Value, err) // as written: what a variable holds may be a secret
	}
}

func parseInto(into reflect.Value, text string) (err error) {
	switch target := into.Addr().Interface().(type) {
	case *string:
		*target = text
	case *bool:
		*target, err = parsed(strconv.ParseBool(text))(errors.New("is not true or false"))
	case *int:
		*target, err = parsed(strconv.Atoi(text))(errors.New("is no whole number"))
	case *int64:
		*target, err = parsed(strconv.ParseInt(text, 10, 64))(errors.New("is no whole number"))
	case *duration:
		target.Duration, err = parseDuration(text)
	case *day:
		target.Time, err = parsed(time.Parse(time.DateOnly, text))(errors.New("is no day such as 2026-01-31"))
	}
	return err
}

// parsed words the error of a parser for people.
func parsed[T any](value T, err error) func(error) (T, error) {
	return func(plain error) (T, error) {
		if err != nil {
			return value, plain
		}
		return value, nil
	}
}

// member returns the field of a struct that a key is for.
func member(of reflect.Value, key string) (reflect.Value, bool) {
	for _, f := range reflect.VisibleFields(of.Type()) {
		if tag := f.Tag.Get("yaml"); tag != "" && tag == key {
			return of.FieldByIndex(f.Index), true
		}
	}
	return reflect.Value{}, false
}

// keys are those of a struct, in the order in which it has them.
func keys(t reflect.Type) []string {
	var all []string
	for _, f := range reflect.VisibleFields(t) {
		if tag := f.Tag.Get("yaml"); tag != "" {
			all = append(all, tag)
		}
	}
	return all
}

func joined(field, key string) string {
	if field == "" {
		return key
	}
	return field + "." + key
}

// parseDuration reads what time.ParseDuration does, and days.
func parseDuration(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n < 100_000 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, errors.New("is no duration such as 10m, 36h or 90d")
	}
	return d, nil
}
