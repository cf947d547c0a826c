package incidentfile

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
)

// document reads the incidents of one JSON document: an array of them, or an object with an array called incidents or data.
func (r *reader) document(in *bufio.Reader) iter.Seq[line] {
	return func(yield func(line) bool) {
		count := &lineCount{in: in}
		d := json.NewDecoder(count)
		if err := seekArray(d); err != nil {
			r.failed = fmt.Errorf("%s: %w", r.result.File, err)
			return
		}
		for d.More() {
			var raw json.RawMessage
			if err := d.Decode(&raw); err != nil {
				r.failed = fmt.Errorf("%s:%d: not JSON from here on: %w", r.result.File, count.lineAt(d.InputOffset()), err)
				return
			}
			l := line{file: r.result.File, number: count.lineAt(d.InputOffset() - int64(len(raw))), raw: raw}
			l.fields, l.wrong = r.object(raw)
			if !yield(l) {
				return
			}
		}
	}
}

// seekArray reads up to the first incident.
func seekArray(d *json.Decoder) error {
	for {
		token, err := d.Token()
		if err != nil {
			return fmt.Errorf("no list of incidents in it: %w", err)
		}
		switch token {
		case json.Delim('['):
			return nil
		case json.Delim('{'):
			continue
		case "incidents", "data":
			continue
		}
		var skipped json.RawMessage // the value of another key
		if err := d.Decode(&skipped); err != nil {
			return fmt.Errorf("no list of incidents in it: %w", err)
		}
	}
}

// lineCount remembers where lines end.
type lineCount struct {
	in   io.Reader
	read int64
	ends []int64
}

// Read reads on.
func (c *lineCount) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			c.ends = append(c.ends, c.read+int64(i))
		}
	}
	c.read += int64(n)
	return n, err
}

// lineAt is the line that holds the byte at an offset.
func (c *lineCount) lineAt(offset int64) int {
	before, _ := slices.BinarySearch(c.ends, offset)
	return before + 1
}
