package main

import (
	"fmt"
	"regexp"
	"strings"
)

// variables are $$, ${NAME} and ${NAME:-default}, and what looks like the beginning of one.
var variables = regexp.MustCompile(`\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?\}|\$\{`)

// expand puts variables of the environment into a text: ${NAME}, ${NAME:-default} where an empty one will not do, and $$
// for a dollar sign. It returns what is wrong with those that have no value. An empty variable is taken for one that is not
// set: that is how a secret that was never filled in arrives.
func expand(text string, environment func(string) (string, bool)) (expanded string, wrong []string) {
	var out strings.Builder
	last := 0
	for _, at := range variables.FindAllStringSubmatchIndex(text, -1) {
		out.WriteString(text[last:at[0]])
		last = at[1]
		match := text[at[0]:at[1]]
		switch {
		case match == "$$":
			out.WriteByte('$')
		case at[2] < 0:
			wrong = append(wrong, fmt.Sprintf("%q: a variable is written ${NAME} or ${NAME:-default}, a dollar sign $$", text))
		default:
			name := text[at[2]:at[3]]
			value, _ := environment(name)
			if value == "" && at[4] >= 0 {
				value = text[at[6]:at[7]]
			} else if value == "" {
				wrong = append(wrong, fmt.Sprintf("the environment variable %s is not set", name))
			}
			out.WriteString(value)
		}
	}
	out.WriteString(text[last:])
	return out.String(), wrong
}
