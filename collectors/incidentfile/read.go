package incidentfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"unicode/utf8"
)

// longest is how many bytes a line may have.
const longest = 1 << 20

// line is one incident as the file has it.
type line struct {
	file   string
	number int
	raw    []byte         // as it stands there, for the file of rejected lines
	fields map[string]any // in the names of the format; nil when it could not be read
	wrong  string         // why it could not be read
}

// has reports whether a line says anything under a name, be it that there is none.
func (l *line) has(name string) bool {
	_, is := l.fields[name]
	return is
}

// reader reads the lines of one file.
type reader struct {
	result Result
	lines  iter.Seq[line]
	file   *os.File
	failed error // reading failed: what came before is kept
	aside  bytes.Buffer
}

// open finds the format and prepares reading.
func (s *Source) open(path string) (*reader, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(file, 64<<10)
	start, _ := in.Peek(64 << 10)
	if bytes.HasPrefix(start, []byte("\ufeff")) {
		_, _ = in.Discard(3)
		start = start[3:]
	}
	r := &reader{file: file, result: Result{File: path, Format: s.options.Format}}
	if r.result.Format == "" {
		r.result.Format = detect(start)
	}
	switch r.result.Format {
	case "csv":
		r.lines = r.csv(in)
	case "statuspage", "opsgenie":
		r.lines = r.document(in)
	case "jsonl", "github_status":
		r.lines = r.jsonLines(in)
	default:
		file.Close()
		return nil, fmt.Errorf("%s: not known what this is: give its format, or see the format of a line in the documentation", path)
	}
	return r, nil
}

func (r *reader) close() { r.file.Close() }

// jsonLines reads one object a line. A line that is too long is passed over, whatever its length.
func (r *reader) jsonLines(in *bufio.Reader) iter.Seq[line] {
	return func(yield func(line) bool) {
		for number := 1; ; number++ {
			raw, long, err := readLine(in)
			l := line{file: r.result.File, number: number, raw: raw}
			if l.wrong = unreadable(raw, long); l.wrong == "" && len(bytes.TrimSpace(raw)) > 0 {
				l.fields, l.wrong = r.object(raw)
			}
			if (l.fields != nil || l.wrong != "") && !yield(l) {
				return
			}
			if err != nil {
				if err != io.EOF {
					r.failed = fmt.Errorf("read %s: %w", r.result.File, err)
				}
				return
			}
		}
	}
}

// unreadable says why a line cannot be read at all, "" when it can.
func unreadable(raw []byte, long bool) string {
	switch {
	case long:
		return fmt.Sprintf("longer than %d bytes: shorten it", longest)
	case !utf8.Valid(raw):
		return "not UTF-8: save the file as UTF-8"
	}
	return ""
}

// readLine reads up to the end of a line, and keeps no more than the longest one may have.
func readLine(in *bufio.Reader) (kept []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if room := longest - len(kept); len(part) > room {
			part, long = part[:room], true
		}
		kept = append(kept, part...)
		if err != bufio.ErrBufferFull {
			return bytes.TrimRight(kept, "\r\n"), long, err
		}
	}
}

// object reads one incident of JSON, in the names of this package.
func (r *reader) object(raw []byte) (fields map[string]any, wrong string) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&fields); err != nil {
		return nil, "not a JSON object: " + err.Error()
	}
	if d.More() {
		return nil, "more than one JSON value on the line: write one a line"
	}
	if rename := exports[r.result.Format]; rename != nil {
		fields = rename(fields)
	}
	return fields, ""
}
