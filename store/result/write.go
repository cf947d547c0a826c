package result

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Formats are the names that Write takes.
var Formats = []string{"CSV", "CSVWithNames", "JSONEachRow", "Pretty"}

// sink takes rows as decoded values, in the order of the columns.
type sink interface {
	row(values []any) error
	end() error
}

// Write reads all rows, writes them in a format, and returns how many there were. It closes the rows.
func Write(w io.Writer, rows driver.Rows, format string) (n int, err error) {
	defer rows.Close()
	out := bufio.NewWriterSize(w, 1<<16)
	s, err := newSink(out, rows, format)
	if err != nil {
		return 0, err
	}
	r := NewReader(rows)
	for values, err := r.Next(); values != nil || err != nil; values, err = r.Next() {
		if err == nil {
			err = s.row(values)
		}
		if err != nil {
			return n, err
		}
		n++
	}
	if err := s.end(); err != nil {
		return n, err
	}
	return n, out.Flush()
}

func newSink(w *bufio.Writer, rows driver.Rows, format string) (sink, error) {
	switch format {
	case "CSV":
		return &csvSink{csv.NewWriter(w)}, nil
	case "CSVWithNames":
		s := &csvSink{csv.NewWriter(w)}
		return s, s.w.Write(rows.Columns())
	case "JSONEachRow":
		return newJSONSink(w, rows.Columns())
	case "Pretty":
		return &prettySink{w: w, lines: [][]string{rows.Columns()}}, nil
	}
	return nil, fmt.Errorf("format %q is unknown: use one of %s", format, strings.Join(Formats, ", "))
}

type csvSink struct{ w *csv.Writer }

func (s *csvSink) row(values []any) error {
	fields := make([]string, len(values))
	for i, v := range values {
		fields[i] = plain(v, `\N`)
	}
	return s.w.Write(fields)
}

func (s *csvSink) end() error {
	s.w.Flush()
	return s.w.Error()
}

type jsonSink struct {
	w     *bufio.Writer
	names []string // encoded, with what stands before and after each
}

func newJSONSink(w *bufio.Writer, columns []string) (*jsonSink, error) {
	s := &jsonSink{w: w}
	for i, c := range columns {
		name, err := json.Marshal(c)
		if err != nil {
			return nil, err
		}
		s.names = append(s.names, map[bool]string{true: "{", false: ","}[i == 0]+string(name)+":")
	}
	return s, nil
}

func (s *jsonSink) row(values []any) error {
	for i, v := range values {
		text, err := encode(v)
		if err != nil {
			return err
		}
		s.w.WriteString(s.names[i])
		s.w.Write(text)
	}
	_, err := s.w.WriteString("}\n")
	return err
}

func (s *jsonSink) end() error { return nil }

// prettySink holds all rows, to know how wide the columns are.
type prettySink struct {
	w     *bufio.Writer
	lines [][]string
}

func (s *prettySink) row(values []any) error {
	fields := make([]string, len(values))
	for i, v := range values {
		fields[i] = strings.NewReplacer("\n", "⏎", "\t", " ").Replace(plain(v, "NULL"))
	}
	s.lines = append(s.lines, fields)
	return nil
}

func (s *prettySink) end() error {
	width := make([]int, len(s.lines[0]))
	for _, line := range s.lines {
		for i, field := range line {
			width[i] = max(width[i], utf8.RuneCountInString(field))
		}
	}
	for n, line := range s.lines {
		for i, field := range line {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(field))
			if i == len(line)-1 {
				pad = ""
			}
			fmt.Fprint(s.w, field, pad, map[bool]string{true: "\n", false: "  "}[i == len(line)-1])
		}
		if n == 0 {
			for i, w := range width {
				fmt.Fprint(s.w, strings.Repeat("─", w), map[bool]string{true: "\n", false: "  "}[i == len(width)-1])
			}
		}
	}
	n := len(s.lines) - 1
	_, err := fmt.Fprintf(s.w, "%d %s\n", n, map[bool]string{true: "row", false: "rows"}[n == 1])
	return err
}
