package git

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/baserate/baserate/record"
)

// maxMessage is how much of a message is kept. Trailers are read from the whole.
const maxMessage = 1 << 20

// newCommit makes a record of what the object says. People are not yet mapped by the mailmap.
func (s *session) newCommit(sha string, c *commitObject) record.Commit {
	r := record.Commit{
		Repo: s.name, SHA: sha,
		AuthoredAt:   s.date(sha, "author", c.author),
		CommittedAt:  s.date(sha, "committer", c.committer),
		AuthorZone:   c.author.zone,
		RawAuthor:    person(c.author),
		RawCommitter: person(c.committer),
	}
	if !c.author.hasZone {
		s.warnings.add(warnZone, sha, "the author's time zone is none on earth or unreadable; taken as UTC")
	}
	for _, parent := range c.parents {
		r.Parents = append(r.Parents, validText(string(parent)))
	}
	if !isForeign(c.encoding) {
		s.setMessage(&r, string(c.message))
		s.checkText(&r)
	}
	return r
}

func person(s signature) record.Person {
	return record.Person{Name: string(s.name), Email: string(s.email)}
}

// setMessage keeps the message without the line feeds at its end.
func (s *session) setMessage(r *record.Commit, message string) {
	if !utf8.ValidString(message) {
		s.warnings.add(warnUTF8, r.SHA, "the message is not UTF-8; each bad byte was replaced")
	}
	if strings.IndexByte(message, 0) >= 0 {
		s.warnings.add(warnNUL, r.SHA, "the message holds NUL bytes, where git's own commands cut it off; they were replaced")
	}
	message = strings.TrimRight(validText(message), "\n")
	r.Trailers = trailers(message)
	if len(message) > maxMessage {
		s.warnings.add(warnLong, r.SHA, "the message has %d bytes; the first %d are kept", len(message), maxMessage)
		message = strings.ToValidUTF8(message[:maxMessage], "")
	}
	r.Message = strings.Clone(message) // not the whole long one
}

// checkText makes the people's names valid.
func (s *session) checkText(r *record.Commit) {
	for _, p := range []*record.Person{&r.RawAuthor, &r.RawCommitter} {
		if !utf8.ValidString(p.Name) || !utf8.ValidString(p.Email) {
			s.warnings.add(warnUTF8, r.SHA, "a name or address is not UTF-8; each bad byte was replaced")
		}
		p.Name, p.Email = validText(p.Name), validText(p.Email)
	}
}

// validText replaces every byte that is not UTF-8, and NUL, by U+FFFD.
func validText(text string) string {
	if !utf8.ValidString(text) {
		var b strings.Builder
		for _, r := range text { // bad bytes are read as U+FFFD one by one
			b.WriteRune(r)
		}
		text = b.String()
	}
	return strings.ReplaceAll(text, "\x00", "\uFFFD")
}

// The years that can be stored.
var (
	earliest = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2299, 12, 31, 23, 59, 59, 0, time.UTC)
)

// epochEnd ends the two days after the zero of Unix time. No one committed then: a clock was wrong or a tool wrote 0.
var epochEnd = time.Unix(0, 0).UTC().AddDate(0, 0, 2)

// date is when a signature says it was made, kept between earliest and latest.
func (s *session) date(sha, whose string, from signature) time.Time {
	t := time.Unix(clampSeconds(from.seconds), 0).UTC()
	switch {
	case !from.hasTime:
		s.warnings.add(warnBadDate, sha, "the %s's date cannot be read; taken as %s", whose, t.Format(time.DateOnly))
	case from.seconds != t.Unix():
		s.warnings.add(warnBadDate, sha, "the %s's date, %d seconds after 1970, is out of range; taken as %s",
			whose, from.seconds, t.Format(time.DateOnly))
	case t.Before(epochEnd):
		s.warnings.add(warnEpoch, sha, "the %s's date is %s, from a wrong clock", whose, t.Format(time.DateOnly))
	case t.After(s.opts.Now().Add(24 * time.Hour)):
		s.warnings.add(warnFuture, sha, "the %s's date is in the future: %s", whose, t.Format(time.DateTime))
	}
	return t
}

func clampSeconds(seconds int64) int64 {
	return min(max(seconds, earliest.Unix()), latest.Unix())
}

// warnAboutFiles says why a commit's files are unknown.
func (s *session) warnAboutFiles(n node, answer compared) {
	sha := s.hex(n)
	switch {
	case s.boundary[s.history.order[n]]: // one warning was given for all of them
	case answer.unknown:
		s.warnings.add(warnMissingTree, sha, "a tree of this commit or its parent is missing or corrupt; its files are unknown")
	default:
		for _, c := range answer.changes {
			if c.counts.state != counted && c.counts.state != binary {
				s.warnings.add(warnMissingBlob, sha, "contents of %q are missing or corrupt; its lines are unknown", validText(c.path))
				return
			}
		}
	}
}
