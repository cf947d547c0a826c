package outage

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// Misset is what is wrong with the options that every tracker has: levels of severity beyond 1 (worst) to 5, and intervals
// below zero. source is how the messages call the tracker.
func Misset(source string, severities map[string]uint8, sweep, settle time.Duration) []error {
	var all []error
	for _, name := range slices.Sorted(maps.Keys(severities)) {
		if level := severities[name]; level < 1 || level > 5 {
			all = append(all, fmt.Errorf("%s.severities: %s is %d: write 1 (worst) to 5", source, name, level))
		}
	}
	if sweep < 0 || settle < 0 {
		all = append(all, fmt.Errorf("%[1]s.sweep, %[1]s.settle: must not be negative", source))
	}
	return all
}
