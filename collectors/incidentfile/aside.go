package incidentfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// rejected is how a rejected line is kept.
type rejected struct {
	Line  int      `json:"line"`
	Wrong []string `json:"wrong"`
	Raw   string   `json:"raw"` // as it stands in the file; of a longer line the beginning
}

// reject keeps a line that cannot be taken, with what is wrong.
func (r *reader) reject(l line, flaws []Flaw) {
	r.result.Rejected++
	r.result.Flaws = append(r.result.Flaws, flaws...)
	row := rejected{Line: l.number, Raw: string(l.raw)}
	for _, f := range flaws {
		row.Wrong = append(row.Wrong, f.Error())
	}
	text, err := json.Marshal(row)
	if err != nil { // strings and numbers always are JSON
		panic(err)
	}
	r.aside.Write(append(text, '\n'))
}

// finish writes the file of rejected lines anew, or removes it, and says how it went.
func (r *reader) finish() (Result, error) {
	name := r.result.File + aside
	if r.result.Rejected == 0 {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return r.result, errors.Join(r.failed, fmt.Errorf("remove what was rejected before: %w", err))
		}
		return r.result, r.failed
	}
	r.result.Aside = name
	if err := os.WriteFile(name+".new", r.aside.Bytes(), 0o600); err != nil {
		return r.result, errors.Join(r.failed, fmt.Errorf("keep rejected lines aside: %w", err))
	}
	return r.result, errors.Join(r.failed, os.Rename(name+".new", name))
}
