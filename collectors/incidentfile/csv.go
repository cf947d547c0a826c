package incidentfile

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// csv reads one incident a row, by the names in the header. A field may hold line ends, when it is quoted.
func (r *reader) csv(in *bufio.Reader) iter.Seq[line] {
	return func(yield func(line) bool) {
		rows := csv.NewReader(in)
		rows.FieldsPerRecord = -1
		header, err := rows.Read()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				r.failed = fmt.Errorf("%s: read the header: %w", r.result.File, err)
			}
			return
		}
		for i := range header {
			header[i] = strings.ToLower(strings.TrimSpace(header[i]))
		}
		if missing := slices.DeleteFunc(slices.Clone(required), func(name string) bool { return slices.Contains(header, name) }); len(missing) > 0 {
			r.failed = fmt.Errorf("%s:1: the header lacks %s", r.result.File, strings.Join(missing, ", "))
			return
		}
		for {
			l, err := r.row(rows, header)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				r.failed = fmt.Errorf("read %s: %w", r.result.File, err)
				return
			}
			if !yield(l) {
				return
			}
		}
	}
}

// row reads one row. What is wrong with its quotes or its length is the row's flaw; reading goes on after it.
func (r *reader) row(rows *csv.Reader, header []string) (line, error) {
	values, err := rows.Read()
	l := line{file: r.result.File}
	var wrong *csv.ParseError
	switch {
	case errors.As(err, &wrong):
		l.number, l.wrong = wrong.StartLine, wrong.Err.Error()+": put fields with quotes or line ends into quotes, and double the quotes within"
		l.raw, _ = json.Marshal(values)
		return l, nil
	case err != nil:
		return l, err
	}
	l.number, _ = rows.FieldPos(0)
	l.raw, _ = json.Marshal(values)
	if len(values) != len(header) {
		l.wrong = fmt.Sprintf("%d fields, but the header has %d", len(values), len(header))
		return l, nil
	}
	l.fields = map[string]any{}
	for i, name := range header {
		if values[i] != "" {
			l.fields[name] = values[i]
		}
	}
	return l, nil
}
