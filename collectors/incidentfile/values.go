package incidentfile

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// values are the fields of a line, of JSON or of CSV, read by name. What has been read is taken out.
type values struct {
	line  line
	left  map[string]any
	repos []string // of the incident, for changes that are named without one
	flaws []Flaw
}

func (v *values) flaw(field, format string, args ...any) {
	v.flaws = append(v.flaws, Flaw{File: v.line.file, Line: v.line.number, Field: field, What: fmt.Sprintf(format, args...)})
}

func (v *values) take(name string) any {
	value := v.left[name]
	delete(v.left, name)
	return value
}

// text reads a word or number.
func (v *values) text(name string) string {
	switch value := v.take(name).(type) {
	case nil:
		return ""
	case string:
		return strings.ToValidUTF8(strings.TrimSpace(value), "\ufffd")
	case json.Number:
		return value.String()
	default:
		v.flaw(name, "must be text")
		return ""
	}
}

// time reads a moment; the zero time when there is none.
func (v *values) time(name string) time.Time {
	text := v.text(name)
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, text)
	switch {
	case err != nil:
		v.flaw(name, "%q is no time with a zone: write it like 2026-03-01T12:00:00Z", text)
	case at.Year() < 1970 || at.Year() > 2200:
		v.flaw(name, "%q is not a time of ours: 1970 to 2200", text)
	}
	return at.UTC()
}

// bool reads true or false; false when there is none.
func (v *values) bool(name string) bool {
	switch value := v.take(name).(type) {
	case nil:
		return false
	case bool:
		return value
	case string:
		is, err := strconv.ParseBool(strings.ToLower(strings.TrimSpace(value)))
		if err == nil {
			return is
		}
	}
	v.flaw(name, "must be true or false")
	return false
}

// list reads words: a JSON array, or one text joined by ";". The same word twice is one.
func (v *values) list(name string) []string {
	var all []string
	switch value := v.take(name).(type) {
	case nil:
	case string:
		all = strings.Split(value, ";")
	case []any:
		for _, one := range value {
			text, is := one.(string)
			if !is {
				v.flaw(name, "must be a list of texts")
				return nil
			}
			all = append(all, text)
		}
	default:
		v.flaw(name, "must be a list of texts")
	}
	return words(all)
}

// words are the texts that say something, each once, in their order.
func words(texts []string) []string {
	var kept []string
	seen := map[string]bool{}
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" && !seen[text] {
			seen[text] = true
			kept = append(kept, text)
		}
	}
	return kept
}

// extra is all that no name of the format stands for.
func (v *values) extra() map[string]string {
	if len(v.left) == 0 {
		return nil
	}
	all := map[string]string{}
	for name, value := range v.left {
		if text, is := value.(string); is {
			all[name] = text
		} else if value != nil {
			text, _ := json.Marshal(value)
			all[name] = string(text)
		}
	}
	return all
}
