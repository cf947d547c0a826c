package git

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/baserate/baserate/record"
)

// findMailmap is the blob that git itself would use in a bare clone: .mailmap on the default branch. A worktree's
// own file is not looked at, so that two clones of one history agree.
func (s *session) findMailmap(ctx context.Context) (string, error) {
	if s.tip() == "" {
		return "", nil
	}
	out, err := s.scratch.output(ctx, nil, "ls-tree", "-z", s.tip(), "--", ".mailmap")
	if err != nil {
		s.warnings.add(warnMailmap, s.name, "the default branch's tree cannot be read, so no mailmap is applied")
		return "", ctx.Err()
	}
	mode, rest, _ := strings.Cut(string(out), " ")
	kind, rest, _ := strings.Cut(rest, " ")
	name, _, found := strings.Cut(rest, "\t")
	if !found || kind != "blob" || mode == "120000" {
		return "", nil
	}
	there, err := s.scratch.exists(ctx, name)
	if err == nil && !there {
		s.warnings.add(warnMailmap, s.name, "the contents of .mailmap are missing, so no mailmap is applied")
		return "", nil
	}
	return name, err
}

// applyMailmap fills in Author and Committer.
func (s *session) applyMailmap(ctx context.Context, commits []record.Commit) error {
	people := map[record.Person]record.Person{}
	for _, c := range commits {
		people[c.RawAuthor], people[c.RawCommitter] = c.RawAuthor, c.RawCommitter
	}
	if err := s.mapPeople(ctx, s.mailmap, people); err != nil {
		return err
	}
	for i := range commits {
		c := &commits[i]
		c.Author, c.Committer = people[c.RawAuthor], people[c.RawCommitter]
	}
	return nil
}

// mapPeople replaces each value by what a mailmap makes of the key. Git is not asked about names that cannot be
// written on one line as "name <address>".
func (s *session) mapPeople(ctx context.Context, mailmap string, people map[record.Person]record.Person) error {
	if mailmap == "" {
		return nil
	}
	var asked []record.Person
	var input bytes.Buffer
	for _, p := range slices.SortedFunc(maps.Keys(people), comparePeople) {
		if !strings.ContainsAny(p.Name+p.Email, "<>\n") {
			asked = append(asked, p)
			fmt.Fprintf(&input, "%s <%s>\n", p.Name, p.Email)
		}
	}
	out, err := s.scratch.output(ctx, &input, "-c", "mailmap.blob="+mailmap, "check-mailmap", "--stdin")
	if err != nil {
		return fmt.Errorf("applying the mailmap: %w", err)
	}
	answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(answers) != len(asked) && len(asked) > 0 {
		return fmt.Errorf("applying the mailmap: %d answers to %d names", len(answers), len(asked))
	}
	for i, p := range asked {
		name, address, _ := strings.Cut(answers[i], "<")
		people[p] = record.Person{
			Name:  validText(strings.TrimSpace(name)),
			Email: validText(strings.TrimSuffix(address, ">")),
		}
	}
	return nil
}

func comparePeople(a, b record.Person) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(a.Email, b.Email)
}

// renamed lists the commits of the last finished collection whose people the mailmap of now calls differently from one that
// they may have been read with.
func (s *session) renamed(ctx context.Context) ([]node, error) {
	if only(s.after.Mailmaps, s.mailmap) {
		return nil, nil
	}
	everyone := map[record.Person]record.Person{}
	err := s.eachSignature(ctx, func(_ node, author, committer record.Person) {
		everyone[author], everyone[committer] = author, committer
	})
	if err != nil {
		return nil, err
	}
	differs, err := s.renamedPeople(ctx, everyone)
	if err != nil {
		return nil, err
	}
	var list []node
	err = s.eachSignature(ctx, func(n node, author, committer record.Person) {
		if differs[author] || differs[committer] {
			list = append(list, n)
		}
	})
	return list, err
}

// renamedPeople is the people whom not all mailmaps call the same as the one of now.
func (s *session) renamedPeople(ctx context.Context, everyone map[record.Person]record.Person) (map[record.Person]bool, error) {
	is := maps.Clone(everyone)
	if err := s.mapPeople(ctx, s.mailmap, is); err != nil {
		return nil, err
	}
	differs := map[record.Person]bool{}
	for _, mailmap := range s.after.Mailmaps {
		was := maps.Clone(everyone)
		if there, err := s.scratch.exists(ctx, mailmap); err != nil {
			return nil, err
		} else if mailmap != "" && !there {
			clear(was) // who knows
		} else if err := s.mapPeople(ctx, mailmap, was); err != nil {
			return nil, err
		}
		for p := range everyone {
			differs[p] = differs[p] || was[p] != is[p]
		}
	}
	return differs, nil
}

// eachSignature visits every commit of the last finished collection with the people as its object has them.
func (s *session) eachSignature(ctx context.Context, visit func(n node, author, committer record.Person)) error {
	var input bytes.Buffer
	for n := range s.history.finished.without() {
		input.WriteString(s.hex(n) + "\n")
	}
	if input.Len() == 0 {
		return nil // git log would take HEAD
	}
	const form = "--format=%H%x00%an%x00%ae%x00%cn%x00%ce"
	for line, err := range s.scratch.lines(ctx, &input, "log", "--no-walk=unsorted", "--stdin", "--encoding=UTF-8", form) {
		if err != nil {
			return fmt.Errorf("reading who made the commits: %w", err)
		}
		f := strings.Split(string(line), "\x00")
		n := s.history.find(f[0])
		if len(f) != 5 || n == noNode {
			return fmt.Errorf("reading who made the commits: unexpected answer %q", line)
		}
		visit(n, validPerson(f[1], f[2]), validPerson(f[3], f[4]))
	}
	return nil
}

func validPerson(name, email string) record.Person {
	return record.Person{Name: validText(name), Email: validText(email)}
}
