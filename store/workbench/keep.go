package workbench

import (
	"context"
	"log/slog"
	"time"

	"github.com/baserate/baserate/store"
)

// How often it is looked, and by how many seconds a statement may be over its time before somebody else ends it: the database's
// own end comes first, with a better message.
const (
	lookEvery = time.Second
	graceTime = 2
)

// keepLimits ends, until ctx does, what runs longer or uses more than the account may. The account's limits are settings, which
// "SETTINGS max_execution_time = DEFAULT" lifts without being asked for a right (seen in libchdb 26.7); the workbench refuses
// that word, but tools that ask the database themselves do not come by here.
func (d *Desk) keepLimits(ctx context.Context, beside []string) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	var limits Limits
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if limits.User == "" {
			var err error
			if limits, err = d.Limits(ctx); err != nil {
				continue // it is asked again
			}
		}
		if limits.Seconds == 0 || limits.MemoryBytes == 0 {
			slog.Warn("the analysts' account has no limits", "user", limits.User)
			return
		}
		params := store.Params{
			"users": append([]string{limits.User}, beside...), "seconds": limits.Seconds + graceTime, "bytes": int64(limits.MemoryBytes),
		}
		if err := d.app.Exec(ctx, query("kill_excess"), params); err != nil && ctx.Err() == nil {
			slog.Debug("limits not looked after", "error", err)
		}
	}
}
