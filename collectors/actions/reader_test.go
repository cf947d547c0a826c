package actions

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// chunks reads a text to its end, and says what ended it.
func chunks(t *testing.T, text string) (all []string, r *reader, end error) {
	t.Helper()
	r, err := newReader(strings.NewReader(text))
	if err != nil {
		return nil, r, err
	}
	for {
		c, err := r.next()
		if err != nil {
			return all, r, err
		}
		words := string(c.data)
		if c.problem != "" {
			words = "!" + c.problem
		}
		all = append(all, fmt.Sprintf("%d:%s", c.line, words))
	}
}

func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text))
	_ = w.Close()
	return b.String()
}

func TestFormsOfLogs(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
		end  error
	}{
		"nothing":         {"", nil, io.EOF},
		"lines":           {"{\"a\":1}\n\n{\"b\":2}\r\n", []string{`1:{"a":1}`, `3:{"b":2}`}, io.EOF},
		"no line break":   {"{\"a\":1}\n{\"b\":2}", []string{`1:{"a":1}`, `2:{"b":2}`}, io.EOF},
		"half a line":     {"{\"a\":1}\n{\"b\":", []string{`1:{"a":1}`}, io.ErrUnexpectedEOF},
		"a bad line":      {"{\"a\":1}\nnot json\n{\"b\":2}\n", []string{`1:{"a":1}`, `2:not json`, `3:{"b":2}`}, io.EOF},
		"times before":    {"2026-11-20T08:30:00Z {\"a\":1}\n2026-11-20T08:30:01Z {\"b\":2}\n", []string{`1:{"a":1}`, `2:{"b":2}`}, io.EOF},
		"records":         {`{"Records":[{"a":{"b":"}"}},{"c":"\"{"}]}`, []string{`1:{"a":{"b":"}"}}`, `1:{"c":"\"{"}`}, io.EOF},
		"records, spaced": {"{\n \"Records\" : [\n  {\"a\": 1},\n\n  {\"b\":\n 2}\n ]\n}\n", []string{`3:{"a": 1}`, "5:{\"b\":\n 2}"}, io.EOF},
		"records a line":  {"{\"Records\":[{\"a\":1}]}\n{\"Records\":[{\"b\":2}]}\n", []string{`1:{"a":1}`, `2:{"b":2}`}, io.EOF},
		"no records":      {`{"Records":[]}`, nil, io.EOF},
		"array":           {"[{\"a\":1},\n{\"b\":2}]", []string{`1:{"a":1}`, `2:{"b":2}`}, io.EOF},
		"over lines":      {"{\n\"a\":1\n}\n{\n\"b\":2\n}", []string{"1:{\n\"a\":1\n}", "4:{\n\"b\":2\n}"}, io.EOF},
		"cut off":         {`{"Records":[{"a":1},{"b":`, []string{`1:{"a":1}`}, io.ErrUnexpectedEOF},
		"junk":            {"[{\"a\":1}, what\n{\"b\":2}]", []string{`1:{"a":1}`, `1:!there is 'w' where a record should be`, `2:{"b":2}`}, io.EOF},
		"mark":            {"\xef\xbb\xbf{\"a\":1}\n", []string{`1:{"a":1}`}, io.EOF},
		"zipped":          {zipped("{\"a\":1}\n{\"b\":2}\n"), []string{`1:{"a":1}`, `2:{"b":2}`}, io.EOF},
		"zipped twice":    {zipped("{\"a\":1}\n") + zipped("{\"b\":2}\n"), []string{`1:{"a":1}`, `2:{"b":2}`}, io.EOF},
		"zip cut off":     {zipped("{\"a\":1}\n{\"b\":2}\n")[:20], nil, io.ErrUnexpectedEOF},
		"no zip":          {"\x1f\x8bnonsense of some length", nil, gzip.ErrHeader},
	} {
		got, _, end := chunks(t, test.text)
		if strings.Join(got, "|") != strings.Join(test.want, "|") || !errors.Is(end, test.end) {
			t.Errorf("%s: %q, %v; want %q, %v", name, got, end, test.want, test.end)
		}
	}
}

// A line that is longer than any record is left out, and no more of it is held than a record may have.
func TestLongLines(t *testing.T) {
	long := `{"a":"` + strings.Repeat("x", maxEvent+10) + `"}`
	got, _, end := chunks(t, long+"\n{\"b\":2}\n")
	if len(got) != 2 || !strings.HasPrefix(got[0], "1:!the line is longer") || got[1] != `2:{"b":2}` || !errors.Is(end, io.EOF) {
		t.Errorf("%d, %v", len(got), end)
	}
	_, r, end := chunks(t, `{"Records":[{"a":"`+strings.Repeat("x", 2*maxEvent)+`"}]}`)
	if !errors.Is(end, io.ErrUnexpectedEOF) || len(r.buf) > maxEvent+1<<20 {
		t.Errorf("a record of twice the size: %v, %d bytes of it held", end, len(r.buf))
	}
}

// What a reader says that it has read is where the next one begins.
func TestResume(t *testing.T) {
	text := "{\"a\":1}\n\n{\"b\":2}\n{\"c\":3}\n{\"d\""
	all, whole, _ := chunks(t, text)
	if whole.at != int64(strings.LastIndex(text, "\n")+1) || whole.line != 5 {
		t.Errorf("read up to byte %d, line %d", whole.at, whole.line)
	}
	for cut := 1; cut < len(text); cut++ {
		first, r, _ := chunks(t, text[:cut])
		again := resume(strings.NewReader(text[r.at:]), r.at, r.line)
		for {
			c, err := again.next()
			if err != nil {
				break
			}
			first = append(first, fmt.Sprintf("%d:%s", c.line, c.data))
		}
		if r.lines && strings.Join(first, "|") != strings.Join(all, "|") {
			t.Errorf("cut at %d: %q, want %q", cut, first, all)
		}
	}
}
