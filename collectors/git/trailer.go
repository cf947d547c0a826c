package git

import (
	"strings"

	"github.com/baserate/baserate/record"
)

// trailers are the "Key: value" lines of a message's last paragraph, continuation lines unfolded. Unlike git
// interpret-trailers it takes them from any last paragraph, not only from one that is mostly trailers: tools
// write theirs below a sentence of their own. A message of a single paragraph is a subject and has none.
func trailers(message string) []record.Trailer {
	message = strings.TrimRight(strings.ReplaceAll(message, "\r\n", "\n"), " \t\n")
	paragraph, found := lastParagraph(message)
	if !found {
		return nil
	}
	var list []record.Trailer
	folding := false
	for line := range strings.SplitSeq(paragraph, "\n") {
		if folded := strings.TrimLeft(line, " \t"); folded != line {
			if folding {
				last := &list[len(list)-1]
				last.Value = strings.TrimSpace(last.Value + " " + strings.TrimSpace(folded))
			}
			continue
		}
		key, value, isTrailer := splitTrailer(line)
		if folding = isTrailer; isTrailer {
			list = append(list, record.Trailer{Key: key, Value: value})
		}
	}
	return list
}

// lastParagraph is what follows the last blank line; a line of blanks is a blank line.
func lastParagraph(message string) (string, bool) {
	for end := len(message); ; {
		start := strings.LastIndexByte(message[:end], '\n')
		if start < 0 {
			return "", false
		}
		if strings.TrimSpace(message[start+1:end]) == "" {
			return strings.TrimLeft(message[end:], "\n"), true
		}
		end = start
	}
}

// splitTrailer reads "Key: value". A key is letters, digits and hyphens, as git has it.
func splitTrailer(line string) (key, value string, ok bool) {
	key, value, found := strings.Cut(line, ":")
	key = strings.TrimRight(key, " \t")
	if !found || key == "" || strings.ContainsFunc(key, notInKey) {
		return "", "", false
	}
	if strings.HasPrefix(value, "//") { // a URL, not a key
		return "", "", false
	}
	return key, strings.TrimSpace(value), true
}

func notInKey(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}
