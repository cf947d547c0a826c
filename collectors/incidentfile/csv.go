package incidentfile

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// csv reads one incident a row, by the names in the header. A field may hold line ends, when it is quoted. A quote that is never
// closed spoils the line that it is in, and not the rest of the file.
func (r *reader) csv(in *bufio.Reader) iter.Seq[line] {
	return func(yield func(line) bool) {
		rows := &rows{in: in, file: r.result.File}
		header, err := rows.header()
		for err == nil {
			var l line
			if l, err = rows.next(header); err == nil && !yield(l) {
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			r.failed = err
		}
	}
}

// rows joins the lines of a file to rows.
type rows struct {
	in    *bufio.Reader
	file  string
	read  int    // lines taken from in
	ahead []line // lines that were read ahead in vain
	end   error
}

// line is the next line of the file.
func (r *rows) line() (line, error) {
	if len(r.ahead) > 0 {
		l := r.ahead[0]
		r.ahead = r.ahead[1:]
		return l, nil
	}
	if r.end != nil {
		return line{}, r.end
	}
	raw, long, err := readLine(r.in)
	if err != nil && err != io.EOF {
		return line{}, fmt.Errorf("read %s: %w", r.file, err)
	}
	r.end = err
	if err != nil && len(raw) == 0 {
		return line{}, err
	}
	r.read++
	return line{file: r.file, number: r.read, raw: raw, wrong: unreadable(raw, long)}, nil
}

// header reads the names of the columns.
func (r *rows) header() ([]string, error) {
	l, err := r.line()
	if err != nil {
		return nil, err
	}
	names, err := csv.NewReader(strings.NewReader(string(l.raw))).Read()
	if err != nil {
		return nil, fmt.Errorf("%s: read the header: %w", r.file, err)
	}
	for i, name := range names {
		names[i] = strings.ToLower(strings.TrimSpace(name))
		if slices.Contains(names[:i], names[i]) {
			return nil, fmt.Errorf("%s:1: the header has %q twice: rename one", r.file, names[i])
		}
	}
	if missing := slices.DeleteFunc(slices.Clone(required), func(name string) bool { return slices.Contains(names, name) }); len(missing) > 0 {
		hint := ""
		if len(names) == 1 && strings.Contains(names[0], ";") {
			hint = ": columns are separated by commas, not semicolons"
		}
		return nil, fmt.Errorf("%s:1: the header lacks %s%s", r.file, strings.Join(missing, ", "), hint)
	}
	return names, nil
}

// next reads a row. What is wrong with its quotes or its length is the row's flaw; reading goes on after it.
func (r *rows) next(header []string) (line, error) {
	first, err := r.line()
	for err == nil && first.wrong == "" && strings.TrimSpace(string(first.raw)) == "" {
		first, err = r.line()
	}
	if err != nil || first.wrong != "" {
		return first, err
	}
	row, further, err := r.whole(first)
	if err != nil {
		return line{}, err
	}
	if row.wrong == "" {
		row.fields, row.wrong = cells(string(row.raw), header)
	}
	if row.wrong != "" && len(further) > 0 { // the quote may be what is wrong: the lines after it are rows of their own
		r.ahead = append(further, r.ahead...)
		row.raw = first.raw
	}
	return row, nil
}

// whole adds lines to the first one until its quotes are closed, and returns those lines too.
func (r *rows) whole(first line) (row line, further []line, err error) {
	row = first
	row.raw = slices.Clone(first.raw)
	quotes := &quotes{begin: true}
	for l := first; ; {
		if quotes.read(l.raw); !quotes.open {
			return row, further, nil
		}
		if l, err = r.line(); err != nil && !errors.Is(err, io.EOF) {
			return line{}, nil, err
		}
		if err == nil {
			further = append(further, l)
		}
		if err != nil || l.wrong != "" || len(row.raw)+len(l.raw) > longest {
			row.wrong = `a quote is not closed: close it, and write "" for a quote within quotes`
			return row, further, nil
		}
		row.raw = append(append(row.raw, '\n'), l.raw...)
	}
}

// quotes follows where a text is within quotes. A quote opens a field only at its beginning.
type quotes struct{ open, begin bool }

// read goes through one line, and the line end after it.
func (q *quotes) read(text []byte) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case q.open && c == '"' && i+1 < len(text) && text[i+1] == '"':
			i++
		case q.open && c == '"':
			q.open = false
		case q.open:
		case c == '"' && q.begin:
			q.open, q.begin = true, false
		default:
			q.begin = c == ','
		}
	}
}

// cells are the fields of a row, by the names of their columns, or what is wrong with it.
func cells(text string, header []string) (fields map[string]any, wrong string) {
	values, err := csv.NewReader(strings.NewReader(text)).Read()
	var syntax *csv.ParseError
	if errors.As(err, &syntax) {
		return nil, syntax.Err.Error() + ": put fields with quotes or line ends into quotes, and double the quotes within"
	}
	if len(values) != len(header) {
		return nil, fmt.Sprintf("%d fields, but the header has %d", len(values), len(header))
	}
	fields = map[string]any{}
	for i, name := range header {
		if values[i] != "" || name == "causes" || name == "fixes" { // an empty list says that there are none
			fields[name] = values[i]
		}
	}
	return fields, ""
}
