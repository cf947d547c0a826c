package git

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/baserate/baserate/record"
)

// isForeign reports whether a commit's header says that its text is in another encoding than UTF-8.
func isForeign(encoding string) bool {
	switch strings.ToLower(encoding) {
	case "", "utf-8", "utf8":
		return false
	}
	return true
}

// reencode reads the text of some commits anew through git, which knows the encodings. What it cannot convert comes
// as it is, and its bad bytes are replaced.
func (s *session) reencode(ctx context.Context, commits []record.Commit, foreign []int) error {
	if len(foreign) == 0 {
		return nil
	}
	var input strings.Builder
	for _, i := range foreign {
		input.WriteString(commits[i].SHA + "\n")
	}
	out, err := s.scratch.output(ctx, strings.NewReader(input.String()), "log", "--no-walk=unsorted", "--stdin", "-z",
		"--encoding=UTF-8", "--format=%H%n%an%n%ae%n%cn%n%ce%n%B")
	if err != nil {
		return fmt.Errorf("converting messages to UTF-8: %w", err)
	}
	for n, entry := range bytes.Split(bytes.TrimSuffix(out, []byte{0}), []byte{0}) {
		f := strings.SplitN(string(entry), "\n", 6)
		if n >= len(foreign) || len(f) != 6 || f[0] != commits[foreign[n]].SHA {
			return fmt.Errorf("converting messages to UTF-8: unexpected answer %.80q", entry)
		}
		r := &commits[foreign[n]]
		r.RawAuthor = record.Person{Name: f[1], Email: f[2]}
		r.RawCommitter = record.Person{Name: f[3], Email: f[4]}
		s.setMessage(r, f[5])
		s.checkText(r)
	}
	return nil
}
