package alertmanager

import (
	"time"

	"github.com/baserate/baserate/record"
)

// Parse makes facts of one notification on its own, as of now. See [Hook] for many.
func Parse(body []byte, now time.Time) (record.Batch, error) {
	n, err := Decode(body)
	if err != nil {
		return record.Batch{}, err
	}
	return batch(n, body, groups{}, nil, now), nil
}
