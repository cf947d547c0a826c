package actions

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxEvent is the longest record that is read: 16 MB, far more than either source writes.
const maxEvent = 16 << 20

// reader cuts a log into its records, whatever form it has, holding one at a time.
type reader struct {
	in     *bufio.Reader
	lines  bool // one record a line; otherwise objects, wherever they stand
	zipped bool
	line   int   // of what comes next, from 1 on
	at     int64 // bytes of it so far, up to the end of what came last
	buf    []byte
}

// chunk is a record as it stands in the log. A problem is said in its place.
type chunk struct {
	data    []byte // until the next call
	line    int
	problem string
}

// newReader tells the form by the beginning: plain or gzipped, a document or lines.
func newReader(in io.Reader) (*reader, error) {
	b := bufio.NewReaderSize(in, 256<<10)
	zipped := false
	if magic, _ := b.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		unzipped, err := gzip.NewReader(b)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		b, zipped = bufio.NewReaderSize(unzipped, 256<<10), true
	}
	begin, err := b.Peek(4 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, err
	}
	r := &reader{in: b, line: 1, zipped: zipped}
	if bytes.HasPrefix(begin, []byte("\xef\xbb\xbf")) {
		begin = begin[3:]
		_, _ = b.Discard(3)
		r.at = 3
	}
	r.lines = !isDocument(begin)
	return r, nil
}

// resume goes on with a log of one record a line, from a line on.
func resume(in io.Reader, at int64, line int) *reader {
	return &reader{in: bufio.NewReaderSize(in, 256<<10), lines: true, at: at, line: line}
}

// isDocument tells {"Records": […]}, an array, and objects over several lines from one record a line.
func isDocument(begin []byte) bool {
	begin = bytes.TrimLeft(begin, " \t\r\n")
	if len(begin) == 0 || begin[0] == '[' {
		return len(begin) > 0
	}
	if begin[0] != '{' {
		return false
	}
	rest := bytes.TrimLeft(begin[1:], " \t\r")
	return len(rest) > 0 && rest[0] == '\n' || wrapper(rest) > 0
}

// wrapper is how many bytes of `"Records": [` stand here, 0 when that is not what does.
func wrapper(rest []byte) int {
	n := len(rest)
	rest = bytes.TrimLeft(rest, " \t\r\n")
	for _, part := range []string{`"Records"`, ":", "["} {
		after, ok := bytes.CutPrefix(rest, []byte(part))
		if !ok {
			return 0
		}
		rest = bytes.TrimLeft(after, " \t\r\n")
	}
	return n - len(rest)
}

// next returns the next record. It ends with io.EOF, or with io.ErrUnexpectedEOF where the log ends within a record: of lines,
// that one is not counted as read.
func (r *reader) next() (chunk, error) {
	if r.lines {
		return r.nextLine()
	}
	return r.nextObject()
}

func (r *reader) nextLine() (chunk, error) {
	for {
		line, size, err := r.readLine()
		c := chunk{data: bytes.TrimSpace(line), line: r.line}
		if err != nil && !errors.Is(err, io.EOF) {
			return c, err
		}
		ended := err == nil
		if size == 0 {
			return c, io.EOF
		}
		// Logs that were exported from elsewhere have the time before the record.
		if at := bytes.Index(c.data, []byte(" {")); at > 0 && at < 64 && c.data[0] != '{' {
			c.data = c.data[at+1:]
		}
		if !ended && len(c.data) > 0 && size <= maxEvent && !json.Valid(c.data) {
			return c, io.ErrUnexpectedEOF
		}
		r.at += size
		if ended {
			r.line++
		}
		switch {
		case size > maxEvent:
			c.data, c.problem = nil, fmt.Sprintf("the line is longer than %d bytes", maxEvent)
		case len(c.data) == 0:
			continue
		}
		return c, nil
	}
}

// readLine reads up to the next line break, keeping no more than a record may have.
func (r *reader) readLine() (line []byte, size int64, err error) {
	r.buf = r.buf[:0]
	for {
		part, err := r.in.ReadSlice('\n')
		size += int64(len(part))
		if err == nil && len(r.buf) == 0 {
			return part, size, nil
		}
		if len(r.buf) <= maxEvent {
			r.buf = append(r.buf, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return r.buf, size, err
		}
	}
}

// nextObject finds the next object that is no wrapper of records.
func (r *reader) nextObject() (chunk, error) {
	for {
		b, err := r.in.ReadByte()
		if err != nil {
			return chunk{line: r.line}, err
		}
		r.at++
		switch b {
		case '\n':
			r.line++
		case ' ', '\t', '\r', ',', '[', ']', '}':
		case '{':
			peek, _ := r.in.Peek(128)
			n := wrapper(peek)
			if n == 0 {
				return r.object()
			}
			r.line += bytes.Count(peek[:n], []byte("\n"))
			r.at += int64(n)
			_, _ = r.in.Discard(n)
		default:
			return r.junk(b)
		}
	}
}

// junk skips what stands between records and is none.
func (r *reader) junk(first byte) (chunk, error) {
	c := chunk{line: r.line, problem: fmt.Sprintf("there is %q where a record should be", first)}
	for {
		b, err := r.in.ReadByte()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		if b == '{' || b == '\n' {
			return c, r.in.UnreadByte()
		}
		r.at++
	}
}

// object reads to the brace that closes the one that was read.
func (r *reader) object() (chunk, error) {
	c := chunk{line: r.line}
	r.buf = append(r.buf[:0], '{')
	depth, quoted, escaped := 1, false, false
	for {
		if _, err := r.in.Peek(1); err != nil {
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return c, err
		}
		part, _ := r.in.Peek(r.in.Buffered())
		n := scan(part, &depth, &quoted, &escaped)
		r.buf = append(r.buf, part[:n]...)
		r.at += int64(n)
		r.line += bytes.Count(part[:n], []byte("\n"))
		_, _ = r.in.Discard(n)
		if depth == 0 {
			c.data = r.buf
			return c, nil
		}
		if len(r.buf) > maxEvent {
			return c, fmt.Errorf("line %d: a record is longer than %d bytes, or its braces do not match: %w", c.line, maxEvent, io.ErrUnexpectedEOF)
		}
	}
}

// scan goes on until the depth is 0, and returns how many bytes it took.
func scan(part []byte, depth *int, quoted, escaped *bool) int {
	d, q, e := *depth, *quoted, *escaped
	defer func() { *depth, *quoted, *escaped = d, q, e }()
	for i := 0; i < len(part); i++ {
		b := part[i]
		switch {
		case e:
			e = false
		case q:
			switch b {
			case '\\':
				e = true
			case '"':
				q = false
			}
		case b == '"':
			q = true
		case b == '{':
			d++
		case b == '}':
			if d--; d == 0 {
				return i + 1
			}
		}
	}
	return len(part)
}
