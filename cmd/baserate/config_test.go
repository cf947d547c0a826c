package main

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// variablesOf is an environment of these variables.
func variablesOf(pairs map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := pairs[name]
		return value, ok
	}
}

// anything is an environment with all there can be: good for an address and for a secret.
func anything(name string) (string, bool) { return "http://127.0.0.1/" + name, true }

const exampleConfig = "../../baserate.yaml.example"

// off are the lines of the example that are settings which are off: # and no blank after it.
var off = regexp.MustCompile(`(?m)^( *)#(\S| {2,}\S)`)

func example(t *testing.T, all bool) string {
	t.Helper()
	text, err := os.ReadFile(exampleConfig)
	if err != nil {
		t.Fatal(err)
	}
	if all {
		return off.ReplaceAllString(string(text), "$1$2")
	}
	return string(text)
}

// The example is right as it stands, needs nothing but a token, and every source in it can be made.
func TestExample(t *testing.T) {
	c, wrong := parseConfig("example", []byte(example(t, false)), variablesOf(map[string]string{"GITHUB_TOKEN": "emulator", "GITHUB_URL": "http://127.0.0.1:4101"}))
	if err := wrong.err(); err != nil {
		t.Fatal(err)
	}
	if g := c.GitHub[0]; g.Name != "acme" || g.URL != "http://127.0.0.1:4101" || g.Tokens[0] != "emulator" || g.Every["pull_requests"].Duration != 10*time.Minute {
		t.Errorf("%+v", g)
	}
	tasks, err := sourcesOf(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	streams := map[string]time.Duration{}
	for _, task := range tasks {
		if task.Source == "github" && task.Scope == "acme" {
			streams[task.Stream] = task.Every
		}
	}
	if streams["pull_requests"] != 10*time.Minute || streams["permissions"] != 24*time.Hour || len(streams) < 8 {
		t.Errorf("streams of GitHub: %v", streams)
	}
	if c, _ := parseConfig("example", []byte(example(t, false)), variablesOf(nil)); c.GitHub[0].URL != "https://api.github.com" {
		t.Errorf("without GITHUB_URL: %s", c.GitHub[0].URL)
	}
}

// With all that is off switched on it is right too, and has every key that the program knows.
func TestExampleHasEveryKey(t *testing.T) {
	text := example(t, true)
	c, wrong := parseConfig("example", []byte(text), anything)
	if err := wrong.err(); err != nil {
		t.Fatal(err)
	}
	c.folder = t.TempDir()
	c.GitHub[0].App, c.Actions[1].Path = githubAppConfig{}, c.folder // no files here
	if _, err := sourcesOf(c, nil); err != nil {
		t.Error(err)
	}
	unset(t, reflect.ValueOf(parsedAgain(t, text)), "")
}

func parsedAgain(t *testing.T, text string) config {
	t.Helper()
	c, wrong := parseConfig("example", []byte(strings.Replace(text, "control: false", "control: true", 1)), anything)
	if err := wrong.err(); err != nil {
		t.Fatal(err)
	}
	c.GitHub[0].Copilot = true
	return *c
}

// unset reports every key that has no value in the config: in a list, none in any of its items.
func unset(t *testing.T, v reflect.Value, field string) {
	t.Helper()
	switch {
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[duration]() && v.Type() != reflect.TypeFor[day]():
		for _, f := range reflect.VisibleFields(v.Type()) {
			if tag := f.Tag.Get("yaml"); tag != "" {
				unset(t, v.FieldByIndex(f.Index), joined(field, tag))
			}
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct && v.Len() > 0:
		unset(t, merged(v), field)
	case v.IsZero():
		t.Errorf("%s is not in baserate.yaml.example", field)
	}
}

// merged is a struct with what any of a list has.
func merged(list reflect.Value) reflect.Value {
	all := reflect.New(list.Type().Elem()).Elem()
	for i := range list.Len() {
		for _, f := range reflect.VisibleFields(all.Type()) {
			if item := list.Index(i).FieldByIndex(f.Index); !f.Anonymous && !item.IsZero() {
				all.FieldByIndex(f.Index).Set(item)
			}
		}
	}
	return all
}

// All mistakes are reported at once, each with its line and field, and none shows what a variable holds.
func TestMistakes(t *testing.T) {
	folders, err := filepath.Glob("testdata/config/*.yaml")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	environment := variablesOf(map[string]string{"TOKEN": "s3cret", "EMPTY": "", "NUMBER": "s3cret"})
	for _, path := range folders {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, wrong := parseConfig(filepath.Base(path), text, environment)
			got := wrong.Error() + "\n"
			golden := strings.TrimSuffix(path, ".yaml") + ".txt"
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("UPDATE=1 writes what is:\n%s", diff)
			}
			if strings.Contains(got, "s3cret") {
				t.Error("a secret is shown")
			}
		})
	}
}

// What a source finds wrong with its options is said by their fields, all at once.
func TestSourcesSayWhatIsWrong(t *testing.T) {
	c, wrong := parseConfig("base.yaml", []byte(`
github:
  - {org: acme, tokens: [a b], every: {pulls: 1m}}
  - {org: acme2, tokens: [x], app: {id: 1, installation: 1, key_file: /gone}}
  - {org: acme3, tokens: [x], every: {pulls: 1m}}
actions: [{kind: kubernetes, path: /gone}]
jira: [{url: "https://j", token: x, jql: "a ORDER BY b"}]
`), anything)
	if err := wrong.err(); err != nil {
		t.Fatal(err)
	}
	_, err := sourcesOf(c, nil)
	if err == nil {
		t.Fatal("nothing is wrong")
	}
	for _, want := range []string{
		"github[0]: option Tokens: number 1 is empty or has blanks in it", "github[1]: open /gone", "github[2].every.pulls: there is no such stream; there are: repositories, pull_requests",
		"actions[0].path: stat /gone", "actions[0].cluster: is missing", "jira[0].jql: must not have ORDER BY",
	} {
		if !strings.Contains("\n"+err.Error(), "\n"+want) {
			t.Errorf("no line %q in:\n%v", want, err)
		}
	}
}

func TestExpand(t *testing.T) {
	environment := variablesOf(map[string]string{"A": "x", "B": "${A}", "EMPTY": ""})
	for text, want := range map[string]string{
		"plain": "plain", "${A}": "x", "${A}${A}-": "xx-", "${B}": "${A}", "$$": "$", "$${A}": "${A}", "5$": "5$", "$A": "$A",
		"${NONE:-}": "", "${NONE:-d}": "d", "${EMPTY:-d}": "d", "${A:-d}": "x", "${NONE:-http://h/p?q=1}": "http://h/p?q=1",
	} {
		if got, wrong := expand(text, environment); got != want || len(wrong) > 0 {
			t.Errorf("%s: %q, %v; want %q", text, got, wrong, want)
		}
	}
	for _, text := range []string{"${NONE}", "${EMPTY}", "${A", "${}", "${1A}", "a${A:d}"} {
		if got, wrong := expand(text, environment); len(wrong) != 1 {
			t.Errorf("%s: %q without a complaint", text, got)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{"30s": 30 * time.Second, "1h30m": 90 * time.Minute, "90d": 90 * 24 * time.Hour} {
		if got, err := parseDuration(text); got != want || err != nil {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "0", "-1h", "10", "d", "-1d", "1.5d", "99999999999d", "week"} {
		if got, err := parseDuration(text); err == nil {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// A command that asks the database alone is not stopped by a secret of a source; one whose database is at fault is.
func TestMistakesElsewhereDoNotStop(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "base.yaml")
	write := func(text string) *database {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return &database{Config: path}
	}
	d := write("data: here\ngithub:\n  - {org: acme, tokens: [\"${BASERATE_NO_SUCH_TOKEN}\"]}\n")
	db, err := d.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if d.Data != filepath.Join(dir, "here") || db.data != d.Data {
		t.Errorf("the data are in %s", d.Data)
	}
	if err := d.configured(); err == nil || !strings.Contains(err.Error(), "base.yaml:3: github[0].tokens[0]: the environment variable BASERATE_NO_SUCH_TOKEN is not set") {
		t.Errorf("for a command that needs all: %v", err)
	}
	var wrong mistakes
	if _, err := write("data: [a]\n").open(t.Context()); !errors.As(err, &wrong) {
		t.Errorf("with a mistake in data: %v", err)
	}
	if _, err := write("data: a\n data: b").open(t.Context()); !errors.As(err, &wrong) {
		t.Errorf("with a file that is no YAML: %v", err)
	}
	if _, err := (&database{Config: filepath.Join(dir, "none.yaml")}).open(t.Context()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("with a config that is not there: %v", err)
	}
}

// What an option says goes before the file, and a folder before a server that only the file names.
func TestOptionsWinOverTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "base.yaml")
	text := "data: here\nlisten: 127.0.0.1:1\nhosts: [a.example]\nclickhouse: {addr: \"far:9000\", user: u}\ngit: {clones: [x, n/m=y/*, ~/z], every: 3m}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", "/home/ada")
	file := &serve{database: database{Config: path}}
	if err := file.configured(); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Dir(path)
	want := []string{filepath.Join(folder, "x"), "n/m=" + filepath.Join(folder, "y/*"), "/home/ada/z"}
	if diff := cmp.Diff(want, file.Paths); diff != "" || file.Addr != "far:9000" || file.User != "u" || file.Listen != "127.0.0.1:1" || *file.Every != 3*time.Minute {
		t.Errorf("%s\n%+v", diff, file)
	}
	given := &serve{database: database{Config: path, Data: "/mine"}, Listen: "127.0.0.1:2", Hosts: []string{"b.example"}, Every: new(time.Minute), Paths: []string{"/c"}}
	if err := given.configured(); err != nil {
		t.Fatal(err)
	}
	if given.Data != "/mine" || given.Addr != "" || given.User != "default" || given.Listen != "127.0.0.1:2" || *given.Every != time.Minute || len(given.Hosts) != 2 || len(given.Paths) != 4 {
		t.Errorf("%+v", given)
	}
}
