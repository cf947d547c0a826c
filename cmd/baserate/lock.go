package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// alone runs do while no other process runs its own on the same folder: a collect beside a serve shares its engine, and
// only one may derive at a time.
func alone(ctx context.Context, dir string, do func() error) error {
	f, err := os.OpenFile(filepath.Join(dir, "derive.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("lock for deriving: %w", err)
	}
	defer f.Close()
	for syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	return do()
}
