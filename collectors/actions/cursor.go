package actions

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"github.com/baserate/baserate/record"
)

// cursor is what was read so far.
type cursor struct {
	Version int               `json:"v"`
	Done    prints            `json:"done,omitempty"`    // files that were read whole
	Growing map[string]growth `json:"growing,omitempty"` // logs that are written to, by name
	Damaged map[string]damage `json:"damaged,omitempty"` // files that could not be read to their end, by name
	After   map[string]string `json:"after,omitempty"`   // of a bucket: key that nothing new is expected before, by part of it
}

const cursorVersion = 1

// growth is how far a log was read that is still written to.
type growth struct {
	Head uint64 `json:"head"` // hash of its first bytes, by which it is known under another name
	Size int    `json:"size"` // of that head
	At   int64  `json:"at"`   // bytes
	Line int    `json:"line"` // of what comes next
}

// damage is what was wrong with a file, for as long as it is the same file.
type damage struct {
	Print  uint64 `json:"print"`
	Detail string `json:"detail"`
}

func readCursor(since record.Cursor) (cursor, error) {
	c := cursor{Version: cursorVersion}
	if len(since) > 0 && string(since) != "null" {
		if err := json.Unmarshal(since, &c); err != nil {
			return c, fmt.Errorf("cursor of actions: %w; remove it to read everything again", err)
		}
	}
	if c.Version != cursorVersion {
		c = cursor{Version: cursorVersion}
	}
	if c.Done == nil {
		c.Done = prints{}
	}
	c.Growing, c.Damaged, c.After = made(c.Growing), made(c.Damaged), made(c.After)
	return c, nil
}

func made[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}

func (c *cursor) write() (record.Cursor, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("cursor of actions: %w", err)
	}
	return text, nil
}

// prints is a set of fingerprints of files; eleven bytes each in a cursor.
type prints map[uint64]struct{}

// MarshalJSON writes the fingerprints in order, as bytes in base64.
func (p prints) MarshalJSON() ([]byte, error) {
	raw := make([]byte, 0, 8*len(p))
	for _, print := range slices.Sorted(maps.Keys(p)) {
		raw = binary.LittleEndian.AppendUint64(raw, print)
	}
	return json.Marshal(base64.StdEncoding.EncodeToString(raw))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (p *prints) UnmarshalJSON(text []byte) error {
	var encoded string
	if err := json.Unmarshal(text, &encoded); err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return err
	}
	*p = make(prints, len(raw)/8)
	for ; len(raw) >= 8; raw = raw[8:] {
		(*p)[binary.LittleEndian.Uint64(raw)] = struct{}{}
	}
	return nil
}

// fingerprint of a file: its name, and what is another when it was written to.
func (f *file) fingerprint() uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%d\x00%s", f.name, f.size, f.stamp)
	return h.Sum64()
}
