package git

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
)

// change is what a commit did to one path: which object became which. A zero name is none.
type change struct {
	path     string
	old, new oid
	links    links
	counts   counts
}

// links says which sides of a change are submodules, whose object is a commit of another repository.
type links uint8

const (
	oldLink links = 1 << iota
	newLink
)

// comparison asks for the changes of a commit against its only parent, or against the given one.
type comparison struct {
	commit node
	parent node // noNode: as the commit has it
	skip   bool // do not ask; the answer is unknown
}

// compared is the answer to a comparison.
type compared struct {
	changes []change
	unknown bool // trees are missing or corrupt
}

// treeReader compares commits with git diff-tree --raw, which reads trees but no contents.
type treeReader struct {
	dir    gitDir
	format format
	order  []oid // names of the nodes
	deaths int
}

// hopeless is how many comparisons may end git before all further ones are taken to be unreadable: a clone without
// trees would otherwise cost two processes a commit.
const hopeless = 200

// compare yields the answers in the order of asked. One that ends git is unknown and the others go on.
func (t *treeReader) compare(ctx context.Context, asked []comparison, yield func(compared) error) error {
	for len(asked) > 0 && t.deaths < hopeless {
		done, err := t.attempt(ctx, asked, yield)
		var died *deadReader
		if !errors.As(err, &died) || done == len(asked) {
			return err
		}
		t.deaths++
		if err := yield(compared{unknown: true}); err != nil {
			return err
		}
		asked = asked[done+1:]
	}
	for range asked {
		if err := yield(compared{unknown: true}); err != nil {
			return err
		}
	}
	return nil
}

// deadReader is git giving up before it has answered all.
type deadReader struct{ cause error }

func (d *deadReader) Error() string { return d.cause.Error() }
func (d *deadReader) Unwrap() error { return d.cause }

// attempt runs one git diff-tree over asked and returns how many were answered.
func (t *treeReader) attempt(ctx context.Context, asked []comparison, yield func(compared) error) (done int, err error) {
	p, err := t.dir.start(ctx, "diff-tree", "--stdin", "-z", "--raw", "-r", "--root", "--always", "--no-renames")
	if err != nil {
		return 0, err
	}
	fed := make(chan struct{})
	go func() {
		defer close(fed)
		t.feed(p.in, asked)
	}()
	done, err = t.read(p, asked, yield)
	cutShort := errors.Is(err, io.ErrUnexpectedEOF)
	if err != nil && !cutShort {
		p.kill()
	}
	<-fed
	waited := p.wait()
	if err != nil && !cutShort {
		return done, err
	}
	if gaveUp(waited) {
		return done, &deadReader{waited}
	}
	return done, errors.Join(waited, err)
}

// gaveUp reports whether a process ended by itself, with an error; one that was killed may have answered half.
func gaveUp(err error) bool {
	var exit *exec.ExitError
	return errors.As(err, &exit) && exit.Exited()
}

func (t *treeReader) feed(in io.WriteCloser, asked []comparison) {
	defer in.Close()
	var buf []byte
	for _, a := range asked {
		if a.skip {
			continue
		}
		buf = t.format.appendHex(buf, t.order[a.commit])
		if a.parent != noNode {
			buf = t.format.appendHex(append(buf, ' '), t.order[a.parent])
		}
		buf = append(buf, '\n')
		if len(buf) > 1<<14 {
			if _, err := in.Write(buf); err != nil {
				return // git has ended; reading its answers says why
			}
			buf = buf[:0]
		}
	}
	in.Write(buf)
}

// read takes the answers apart: "commit NUL (:modes names status NUL path NUL)*" for each commit.
func (t *treeReader) read(p *process, asked []comparison, yield func(compared) error) (int, error) {
	token, err := readToken(p)
	for i, a := range asked {
		if a.skip {
			if err := yield(compared{unknown: true}); err != nil {
				return i, err
			}
			continue
		}
		if err == io.EOF {
			return i, io.ErrUnexpectedEOF
		}
		if err != nil {
			return i, err
		}
		if want := t.format.hex(t.order[a.commit]); string(token) != want {
			return i, fmt.Errorf("git diff-tree: answer %q instead of commit %s", token, want)
		}
		var answer compared
		for token, err = readToken(p); err == nil && token[0] == ':'; token, err = readToken(p) {
			c, err := t.parseChange(token)
			if err != nil {
				return i, err
			}
			path, err := readToken(p)
			if err != nil {
				return i, noEOF(err)
			}
			c.path = string(path)
			answer.changes = append(answer.changes, c)
		}
		if err := yield(answer); err != nil {
			return i, err
		}
	}
	if err == io.EOF {
		return len(asked), nil
	}
	return len(asked), err
}

// parseChange reads ":oldmode newmode old new status".
func (t *treeReader) parseChange(token []byte) (change, error) {
	var c change
	digits := 2 * int(t.format)
	if len(token) != len(":100644 100644 ")+2*digits+len("  M") {
		return c, fmt.Errorf("git diff-tree: unexpected answer %q", token)
	}
	var oldErr, newErr error
	c.old, oldErr = parseOID(token[15 : 15+digits])
	c.new, newErr = parseOID(token[16+digits : 16+2*digits])
	if string(token[1:7]) == "160000" {
		c.links |= oldLink
	}
	if string(token[8:14]) == "160000" {
		c.links |= newLink
	}
	return c, errors.Join(oldErr, newErr)
}

// readToken reads up to a NUL and returns what is before it, valid until the next read unless it is long.
func readToken(p *process) ([]byte, error) {
	token, err := p.out.ReadSlice(0)
	if err != nil && errors.Is(err, bufio.ErrBufferFull) {
		long := slices.Clone(token)
		token, err = p.out.ReadBytes(0)
		token = append(long, token...)
	}
	if err == io.EOF && len(token) > 0 {
		err = io.ErrUnexpectedEOF
	}
	if err == nil && len(token) == 1 {
		return nil, fmt.Errorf("git %s: empty answer", p.cmd.Args[1])
	}
	return bytes.TrimSuffix(token, []byte{0}), err
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
