package actions

import (
	"cmp"
	"slices"
	"strings"
)

// pattern is a text with * for any text, in lower case and cut at the stars.
type pattern []string

func newPattern(text string) pattern { return strings.Split(strings.ToLower(text), "*") }

// matches reports whether a text in lower case is of the pattern.
func (p pattern) matches(text string) bool {
	first, last := p[0], p[len(p)-1]
	if len(p) == 1 {
		return text == first
	}
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range p[1 : len(p)-1] {
		at := strings.Index(text, part)
		if at < 0 {
			return false
		}
		text = text[at+len(part):]
	}
	return true
}

type patterns []pattern

func newPatterns(texts []string) patterns {
	all := make(patterns, len(texts))
	for i, text := range texts {
		all[i] = newPattern(text)
	}
	return all
}

func (ps patterns) match(text string) bool {
	return slices.ContainsFunc(ps, func(p pattern) bool { return p.matches(text) })
}

// named are words by pattern, in the order in which they are tried.
type named[T any] []struct {
	pattern pattern
	word    T
}

// byLength are the words of a map, those of the longest pattern first.
func byLength[T any](words map[string]T) named[T] {
	keys := make([]string, 0, len(words))
	for key := range words {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	var all named[T]
	for _, key := range keys {
		all = all.and(key, words[key])
	}
	return all
}

func (n named[T]) and(text string, word T) named[T] {
	return append(n, struct {
		pattern pattern
		word    T
	}{newPattern(text), word})
}

func (n named[T]) find(text string) (word T, found bool) {
	for _, e := range n {
		if e.pattern.matches(text) {
			return e.word, true
		}
	}
	return word, false
}
