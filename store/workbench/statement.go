package workbench

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// MostBytes is how long a statement may be.
const MostBytes = 50_000

// Refusal is a statement that is not even sent to the database. Line and Col count from 1; 0 when there is no place.
type Refusal struct {
	Reason    string
	Line, Col int
}

func (r *Refusal) Error() string {
	if r.Line == 0 {
		return r.Reason
	}
	return fmt.Sprintf("%s (line %d, col %d)", r.Reason, r.Line, r.Col)
}

// Statement returns the one statement that a text holds, without the semicolon and the comments after it. It is the second
// guard, behind the database's own: it knows strings, quoted names and comments, but no grammar, and refuses a text that
// is too long or holds more than one statement, and the few words that the database lets pass.
func Statement(text string) (string, error) {
	switch {
	case len(text) > MostBytes:
		return "", &Refusal{Reason: fmt.Sprintf("the statement has %d bytes: %d is the most", len(text), MostBytes)}
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return "", &Refusal{Reason: "the statement is not plain UTF-8 text"}
	}
	end, last := len(text), ""
	for at := 0; at < len(text); {
		next, kind := token(text, at)
		word := text[at:next]
		switch {
		case kind == blank:
		case word == ";":
			end = min(end, at)
		case end < at:
			return "", refuse(text, at, "more than one statement: run one at a time")
		default:
			if reason := forbidden(last, word); reason != "" {
				return "", refuse(text, at, reason)
			}
			last = word
		}
		at = next
	}
	if last == "" {
		return "", &Refusal{Reason: "there is no statement"}
	}
	return strings.TrimSpace(text[:end]), nil
}

// forbidden says why two pieces must not follow each other, or "".
func forbidden(last, word string) string {
	last, word = strings.ToLower(strings.Trim(last, "`\"")), strings.ToLower(word)
	switch {
	case last == "into" && word == "outfile":
		return "INTO OUTFILE writes a file on the side of a client: take the result as CSV or Parquet"
	case last == "=" && word == "default":
		// The database checks no limit against it: max_execution_time = DEFAULT is none at all.
		return "a setting = DEFAULT would lift its limit"
	case last == "sqlite" && word == "(":
		// The database makes the file before it asks whether the account may read it.
		return "the table function sqlite is not available here"
	}
	return ""
}

func refuse(text string, at int, reason string) *Refusal {
	line := strings.Count(text[:at], "\n") + 1
	col := utf8.RuneCountInString(text[strings.LastIndexByte(text[:at], '\n')+1:at]) + 1
	return &Refusal{Reason: reason, Line: line, Col: col}
}

// sort is what a piece of a statement is, as far as finding its end asks for it.
type sort int

const (
	blank  sort = iota // white space and comments
	name               // a word
	quoted             // a string or a quoted name
	sign               // anything else, one byte of it
)

// token finds the end of the piece of text that begins at a byte. What is never closed goes to the end of the text: the
// database says what is wrong with it.
func token(text string, at int) (end int, kind sort) {
	rest := text[at:]
	switch c := rest[0]; {
	case strings.ContainsRune(" \t\r\n\f\v", rune(c)):
		return at + 1, blank
	case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "# "), strings.HasPrefix(rest, "#!"):
		return at + until(rest, "\n", 0), blank
	case strings.HasPrefix(rest, "/*"):
		return at + until(rest, "*/", 2), blank
	case c == '\'' || c == '"' || c == '`':
		return at + quotedEnd(rest), quoted
	case c == '$':
		if tag := heredoc(rest); tag != "" {
			return at + until(rest, tag, len(tag)), quoted
		}
	case isWord(c):
		n := 1
		for n < len(rest) && isWord(rest[n]) {
			n++
		}
		return at + n, name
	}
	return at + 1, sign
}

func until(rest, mark string, from int) int {
	if i := strings.Index(rest[from:], mark); i >= 0 {
		return from + i + len(mark)
	}
	return len(rest)
}

// quotedEnd is the length of a string or quoted name: a backslash keeps the next byte, and a doubled quote is one.
func quotedEnd(rest string) int {
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case rest[0]:
			if i+1 == len(rest) || rest[i+1] != rest[0] {
				return i + 1
			}
			i++
		}
	}
	return len(rest)
}

// heredoc returns the mark $tag$ that a text begins with, or "".
func heredoc(rest string) string {
	for i := 1; i < len(rest); i++ {
		if rest[i] == '$' {
			return rest[:i+1]
		}
		if !isWord(rest[i]) {
			return ""
		}
	}
	return ""
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf
}
