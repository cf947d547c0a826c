package git

import (
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/baserate/baserate/record"
)

// The codes of the warnings that a collection can give.
const (
	warnEmpty       = "empty_repository"
	warnShallow     = "shallow_history"
	warnPartial     = "partial_clone"
	warnNoBranch    = "no_default_branch"
	warnMissingRef  = "missing_ref_target"
	warnMissingTree = "missing_tree"
	warnMissingBlob = "missing_blob"
	warnOldTipGone  = "old_tip_gone"
	warnMailmap     = "unreadable_mailmap"
	warnUTF8        = "invalid_utf8"
	warnNUL         = "nul_in_message"
	warnLong        = "long_message"
	warnFuture      = "future_date"
	warnEpoch       = "epoch_date"
	warnBadDate     = "unreadable_date"
	warnZone        = "absurd_time_zone"
	warnNote        = "unreadable_note"
)

// losses are the codes that say that something is missing. The others say what was odd and how it was read.
var losses = map[string]bool{
	warnShallow: true, warnPartial: true, warnMissingRef: true, warnMissingTree: true, warnMissingBlob: true,
	warnOldTipGone: true, warnMailmap: true, warnNote: true,
}

// warningsPerCode bounds how many warnings of one kind a collection gives; the rest are counted.
const warningsPerCode = 100

// warnings gathers them until the next batch takes them along. It is safe for concurrent use.
type warnings struct {
	mu      sync.Mutex
	counts  map[string]int
	pending []record.Warning
}

func (w *warnings) add(code, subject, format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.counts == nil {
		w.counts = map[string]int{}
	}
	if w.counts[code]++; w.counts[code] <= warningsPerCode {
		w.pending = append(w.pending, record.Warning{Code: code, Subject: subject, Detail: fmt.Sprintf(format, args...), Loss: losses[code]})
	}
}

// take empties the list.
func (w *warnings) take() []record.Warning {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.pending
	w.pending = nil
	return list
}

// summarise adds, for every code that was cut short, how many there were.
func (w *warnings) summarise(repo string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, code := range slices.Sorted(maps.Keys(w.counts)) {
		if n := w.counts[code]; n > warningsPerCode {
			w.pending = append(w.pending, record.Warning{
				Code: code, Subject: repo,
				Detail: fmt.Sprintf("%d in all; only the first %d are listed", n, warningsPerCode), Loss: losses[code],
			})
		}
	}
}
