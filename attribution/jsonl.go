package attribution

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"
)

// inputLine is one commit of ClassifyJSONL's input.
type inputLine struct {
	Repo           string            `json:"repo"`
	SHA            string            `json:"sha"`
	AuthorName     string            `json:"author_name"`
	AuthorEmail    string            `json:"author_email"`
	CommitterName  string            `json:"committer_name"`
	CommitterEmail string            `json:"committer_email"`
	AuthorDate     string            `json:"author_date"`
	CommitterDate  string            `json:"committer_date"`
	Parents        json.RawMessage   `json:"parents"`
	Message        *string           `json:"message"`
	Notes          map[string]string `json:"notes"`
}

// outputLine is one verdict of ClassifyJSONL's output.
type outputLine struct {
	SHA        string   `json:"sha"`
	Class      Class    `json:"class"`
	Tool       string   `json:"tool"`
	Autonomy   Autonomy `json:"autonomy"`
	Confidence float64  `json:"confidence"`
	Rule       string   `json:"rule"`
	Evidence   string   `json:"evidence"`
}

type errorLine struct {
	SHA   string `json:"sha,omitempty"`
	Line  int    `json:"line"`
	Error string `json:"error"`
}

// ClassifyJSONL reads one commit as a JSON object a line and writes one verdict a line, in the same order.
//
// The input's fields are sha, message (required); author_name, author_email, committer_name, committer_email,
// author_date, committer_date (RFC 3339), parents (a number or a list), notes ({ref: text}); others are
// passed over. A line of any length is read. A line that cannot be read gives an output line with "line" and
// "error" in place of a verdict, so that the two files stay side by side, and the reading goes on; the error
// returned at the end says how many there were and quotes the first. Empty lines are passed over.
func (c *Classifier) ClassifyJSONL(r io.Reader, w io.Writer) error {
	jobs := make(chan chan []byte, 4*runtime.GOMAXPROCS(0))
	var bad badLines
	readErr := make(chan error, 1)
	go func() {
		defer close(jobs)
		readErr <- c.dispatch(r, jobs, &bad)
	}()
	out := bufio.NewWriterSize(w, 1<<16)
	var writeErr error
	for job := range jobs {
		block := <-job
		if writeErr == nil {
			_, writeErr = out.Write(block)
		}
	}
	if writeErr == nil {
		writeErr = out.Flush()
	}
	return errors.Join(<-readErr, writeErr, bad.err())
}

// ClassifyJSONL is Default().ClassifyJSONL.
func ClassifyJSONL(r io.Reader, w io.Writer) error { return Default().ClassifyJSONL(r, w) }

// blockSize is how much input one job classifies: enough that handing it over costs nothing beside it.
const blockSize = 1 << 18

// dispatch cuts the input into blocks of whole lines and classifies each in a goroutine of its own. The
// channel's capacity bounds how many are under way.
func (c *Classifier) dispatch(r io.Reader, jobs chan<- chan []byte, bad *badLines) error {
	in := bufio.NewReaderSize(r, 1<<16)
	number := 1
	for {
		block, err := readBlock(in)
		if len(block) > 0 {
			job := make(chan []byte, 1)
			first := number
			number += bytes.Count(block, []byte("\n"))
			jobs <- job
			go func() { job <- c.classifyBlock(block, first, bad) }()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read commits after line %d: %w", number-1, err)
		}
	}
}

// readBlock reads whole lines up to about blockSize.
func readBlock(in *bufio.Reader) ([]byte, error) {
	var block []byte
	for len(block) < blockSize {
		text, err := in.ReadBytes('\n')
		block = append(block, text...)
		if err != nil {
			return block, err
		}
	}
	return block, nil
}

func (c *Classifier) classifyBlock(block []byte, first int, bad *badLines) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	number := first
	for raw := range bytes.Lines(block) {
		if text := bytes.TrimSpace(raw); len(text) > 0 {
			sha, commit, err := parseCommit(text)
			if err != nil {
				bad.add(number, err)
				_ = enc.Encode(errorLine{sha, number, err.Error()}) // a bytes.Buffer takes everything
			} else {
				_ = enc.Encode(outputOf(sha, c.Classify(commit)))
			}
		}
		number++
	}
	return out.Bytes()
}

func outputOf(sha string, v Verdict) outputLine {
	return outputLine{sha, v.Class, v.Tool, v.Autonomy, round3(v.Confidence), v.Rule, v.Evidence}
}

func round3(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }

// parseCommit reads one input line. Its errors name the field and what it should be.
func parseCommit(text []byte) (sha string, commit Commit, err error) {
	var in inputLine
	if err := json.Unmarshal(text, &in); err != nil {
		var wrongType *json.UnmarshalTypeError
		if errors.As(err, &wrongType) && wrongType.Field != "" {
			return in.SHA, commit, fmt.Errorf("field %q: %s where a %s is expected", wrongType.Field, wrongType.Value, wrongType.Type)
		}
		return "", commit, fmt.Errorf("not a JSON object: %w", err)
	}
	if in.Message == nil {
		return in.SHA, commit, errors.New(`field "message": missing`)
	}
	commit = Commit{
		AuthorName: in.AuthorName, AuthorEmail: in.AuthorEmail,
		CommitterName: in.CommitterName, CommitterEmail: in.CommitterEmail, Message: *in.Message,
	}
	var dateErr, commitErr, parentErr error
	commit.AuthoredAt, dateErr = parseDate("author_date", in.AuthorDate)
	commit.CommittedAt, commitErr = parseDate("committer_date", in.CommitterDate)
	commit.Parents, parentErr = parseParents(in.Parents)
	for ref, text := range in.Notes {
		commit.Notes = append(commit.Notes, Note{ref, text})
	}
	return in.SHA, commit, errors.Join(dateErr, commitErr, parentErr)
}

func parseDate(field, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, value); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("field %q: %q is not a date such as 2026-01-31T12:00:00Z", field, value)
}

func parseParents(raw json.RawMessage) (int, error) {
	var n int
	var list []string
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return 0, nil
	case json.Unmarshal(raw, &n) == nil:
		return n, nil
	case json.Unmarshal(raw, &list) == nil:
		return len(list), nil
	}
	return 0, fmt.Errorf("field %q: neither a number nor a list of hashes", "parents")
}
