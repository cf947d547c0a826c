package outage

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/baserate/baserate/record"
)

// Recent remembers incidents that may still change, by id: a part of a collector's cursor.
type Recent map[string]Told

// Told is what was last said of an incident.
type Told struct {
	At     time.Time `json:"at"` // when the source last changed it
	Open   bool      `json:"open,omitempty"`
	Digest string    `json:"digest"`
	Causes []said    `json:"causes,omitempty"`
}

// said is the key of a cause within its incident.
type said struct {
	Role   record.CauseRole `json:"role"`
	Kind   string           `json:"kind"`
	Repo   string           `json:"repo"`
	Ref    string           `json:"ref"`
	Method string           `json:"method"`
}

// same reports whether two causes have one key in the store, which has no kind in it: taking back one would take back the other.
func (k said) same(other said) bool {
	other.Kind = k.Kind
	return k == other
}

// News reports whether an incident or its causes differ from what was last told, and remembers them. The causes come back with
// those that are said no more, at score 0. Those that were not asked about this time stay as they were: unasked says which, nil for
// none. What is older than what was told is no news.
func (r Recent) News(i record.Incident, causes []record.Cause, unasked func(record.CauseRole, string) bool) ([]record.Cause, bool) {
	before, known := r[i.ID]
	now := Told{At: i.UpdatedAt.UTC(), Open: i.ResolvedAt.IsZero() && !i.Deleted}
	for _, c := range causes {
		now.Causes = append(now.Causes, said{c.Role, c.Kind, c.Repo, c.Ref, c.Method})
	}
	var withdrawn []record.Cause
	for _, k := range before.Causes {
		switch {
		case slices.ContainsFunc(now.Causes, k.same):
		case unasked != nil && unasked(k.Role, k.Method):
			now.Causes = append(now.Causes, k)
		default:
			withdrawn = append(withdrawn, record.Cause{
				Source: i.Source, Incident: i.ID, Role: k.Role, Kind: k.Kind, Repo: k.Repo, Ref: k.Ref, Method: k.Method, StatedAt: i.UpdatedAt,
			})
		}
	}
	now.Digest = digest(i, causes, now.Causes)
	if known && (before.Digest == now.Digest || now.At.Before(before.At)) {
		return nil, false
	}
	r[i.ID] = now
	return append(causes, withdrawn...), true
}

// Forget drops incidents that are over and were last changed before a moment.
func (r Recent) Forget(before time.Time) {
	for id, told := range r {
		if !told.Open && told.At.Before(before) {
			delete(r, id)
		}
	}
}

func digest(parts ...any) string {
	text, err := json.Marshal(parts)
	if err != nil { // a date beyond year 9999: never the same, so always told
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
