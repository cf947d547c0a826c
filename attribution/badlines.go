package attribution

import (
	"fmt"
	"sync"
)

// badLines counts the input lines that could not be read, from several goroutines.
type badLines struct {
	mu    sync.Mutex
	count int
	first int
	cause error
}

func (b *badLines) add(line int, cause error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.count++
	if b.first == 0 || line < b.first {
		b.first, b.cause = line, cause
	}
}

func (b *badLines) err() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch b.count {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("line %d: %w", b.first, b.cause)
	}
	return fmt.Errorf("line %d: %w (and %d more lines; each has its error in the output)", b.first, b.cause, b.count-1)
}
