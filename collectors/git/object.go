package git

import (
	"bytes"
	"math"
	"strconv"
)

// commitObject is a commit as stored, its header taken apart. Bytes are as they are in the object.
type commitObject struct {
	parents   [][]byte
	author    signature
	committer signature
	encoding  string // of the message and the names; "" means UTF-8
	message   []byte
}

// signature is an author or committer line. Git writes them as "Name <email> seconds zone", but objects made by
// other programs hold all kinds of lines; what cannot be read is left empty.
type signature struct {
	name, email []byte
	seconds     int64
	hasTime     bool
	zone        int // minutes east of UTC
	hasZone     bool
}

func parseCommit(object []byte) commitObject {
	var c commitObject
	header, message, _ := bytes.Cut(object, []byte("\n\n"))
	if bytes.HasPrefix(object, []byte("\n")) {
		header, message = nil, object[1:]
	}
	c.message = message
	for line := range bytes.SplitSeq(header, []byte("\n")) {
		key, value, _ := bytes.Cut(line, []byte(" "))
		switch string(key) { // continuation lines begin with a space: their key is ""
		case "parent":
			c.parents = append(c.parents, value)
		case "author":
			c.author = parseSignature(value)
		case "committer":
			c.committer = parseSignature(value)
		case "encoding":
			c.encoding = string(value)
		}
	}
	return c
}

// parseSignature takes the address from the first pair of angle brackets and the time from after the last, as
// git does.
func parseSignature(line []byte) signature {
	var s signature
	open := bytes.IndexByte(line, '<')
	if open < 0 {
		s.name = bytes.TrimSpace(line)
		return s
	}
	s.name = bytes.TrimSpace(line[:open])
	rest := line[open+1:]
	end := bytes.IndexByte(rest, '>')
	if end < 0 {
		s.email = bytes.TrimSpace(rest)
		return s
	}
	s.email = bytes.TrimSpace(rest[:end])
	fields := bytes.Fields(rest[bytes.LastIndexByte(rest, '>')+1:])
	if len(fields) > 0 {
		s.seconds, s.hasTime = parseSeconds(string(fields[0]))
	}
	if len(fields) > 1 {
		s.zone, s.hasZone = parseZone(string(fields[1]))
	}
	return s
}

// parseSeconds reads a Unix time. A number too large for int64 is the largest or smallest one.
func parseSeconds(text string) (int64, bool) {
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err == nil || seconds == math.MaxInt64 || seconds == math.MinInt64 {
		return seconds, true
	}
	return 0, false
}

// parseZone reads "+hhmm" as minutes. No place on earth is further from UTC than 14 hours.
func parseZone(text string) (int, bool) {
	if len(text) != 5 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	digits, err := strconv.ParseUint(text[1:], 10, 16)
	minutes := int(digits/100*60 + digits%100)
	if err != nil || digits%100 > 59 || minutes > 14*60 {
		return 0, false
	}
	if text[0] == '-' {
		minutes = -minutes
	}
	return minutes, true
}
