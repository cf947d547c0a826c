package git

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// objectReader is a running git cat-file --batch: names go in, objects come out in the same order.
type objectReader struct {
	*process
	buf []byte
}

// object is one answer of an objectReader. Its data is valid until the next answer is read.
type object struct {
	kind string // "commit", "blob" …; "" when the object is missing
	size int64
	data []byte // nil when size is over the limit that was asked for
}

func (d gitDir) openObjects(ctx context.Context, args ...string) (*objectReader, error) {
	p, err := d.start(ctx, append([]string{"cat-file", "--batch"}, args...)...)
	if err != nil {
		return nil, err
	}
	return &objectReader{process: p}, nil
}

// next reads one answer. Objects over limit bytes are skipped, their size alone is given.
func (r *objectReader) next(limit int64) (object, error) {
	line, err := r.out.ReadSlice('\n')
	if err != nil {
		return object{}, fmt.Errorf("git cat-file: reading an answer: %w", err)
	}
	_, rest, _ := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte(" "))
	kind, digits, found := strings.Cut(string(rest), " ")
	if !found {
		return object{}, nil // "missing"
	}
	size, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return object{}, fmt.Errorf("git cat-file: answer %q: %w", line, err)
	}
	o := object{kind: kind, size: size}
	if size > limit {
		_, err = io.CopyN(io.Discard, r.out, size+1)
		return o, err
	}
	if int64(cap(r.buf)) <= size {
		r.buf = make([]byte, max(size+1, 2*int64(cap(r.buf))))
	}
	body := r.buf[:size+1] // with the line feed that ends the answer
	if _, err := io.ReadFull(r.out, body); err != nil {
		return o, fmt.Errorf("git cat-file: reading %s %d bytes long: %w", kind, size, err)
	}
	o.data = body[:size:size]
	return o, nil
}

// resolve finds the commit that each named object is, or that a tag leads to. Objects that are missing or lead to no
// commit are left out.
func (d gitDir) resolve(ctx context.Context, names []string) (map[string]string, error) {
	commits := make(map[string]string, len(names))
	answers, err := d.check(ctx, names, "^{commit}")
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		if answers[i] != "" {
			commits[name] = answers[i]
		}
	}
	return commits, nil
}

// exists reports whether the clone has an object.
func (d gitDir) exists(ctx context.Context, name string) (bool, error) {
	answers, err := d.check(ctx, []string{name}, "")
	return err == nil && answers[0] != "", err
}

// check returns for each name with the suffix which object that is; "" for none.
func (d gitDir) check(ctx context.Context, names []string, suffix string) ([]string, error) {
	if len(names) == 0 {
		return nil, nil
	}
	input := strings.NewReader(strings.Join(names, suffix+"\n") + suffix + "\n")
	answers := make([]string, 0, len(names))
	for line, err := range d.lines(ctx, input, "cat-file", "--batch-check=%(objectname)", "--buffer") {
		if err != nil {
			return nil, err
		}
		answer := string(line)
		if _, err := parseOID(line); err != nil {
			answer = ""
		}
		answers = append(answers, answer)
	}
	if len(answers) != len(names) {
		return nil, fmt.Errorf("git cat-file: %d answers to %d names", len(answers), len(names))
	}
	return answers, nil
}

// brokenOff reports whether err is a process that ended in the middle of its answers.
func brokenOff(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
