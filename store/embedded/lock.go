package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// HeldError says that another process uses the data folder.
type HeldError struct {
	Dir     string
	PID     int    // 0 when the holder has not written it yet
	Command string // the holder's command line
	Since   time.Time
	dead    bool
}

func (e *HeldError) Error() string {
	switch {
	case e.PID == 0:
		return fmt.Sprintf("data folder %s is held by another process", e.Dir)
	case e.dead:
		return fmt.Sprintf("data folder %s is held by the engine that process %d (%s) left behind; it is still shutting down",
			e.Dir, e.PID, e.Command)
	}
	return fmt.Sprintf("data folder %s is held by process %d since %s: %s",
		e.Dir, e.PID, e.Since.Local().Format(time.DateTime), e.Command)
}

// holder is what the lock file holds.
type holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// How long to wait for a lock: for a living holder only a moment, because [Attach] asks whether the lock is held by
// trying it; for the engine of a holder that is gone, as long as it may need to shut down.
const (
	waitForLiving = 200 * time.Millisecond
	waitForDead   = orphanTimeout + 10*time.Second
)

// lockFolder takes the lock on dir, or fails with a [HeldError].
func lockFolder(ctx context.Context, dir, command string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	if err := waitForLock(ctx, f, dir); err != nil {
		f.Close()
		return nil, err
	}
	if err := writeHolder(f, command); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
	}
	return f, nil
}

func waitForLock(ctx context.Context, f *os.File, dir string) error {
	for begin := time.Now(); ; {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err == nil {
			return nil
		}
		if !errors.Is(err, unix.EWOULDBLOCK) {
			return fmt.Errorf("lock data folder %s: %w", dir, err)
		}
		held := readHolder(f, dir)
		waited := time.Since(begin)
		if waited > waitForDead || !held.dead && waited > waitForLiving {
			return held
		}
		select {
		case <-ctx.Done():
			return held
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func writeHolder(f *os.File, command string) error {
	text, err := json.Marshal(holder{PID: os.Getpid(), Command: command, Since: time.Now().UTC()})
	if err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(append(text, '\n'), 0)
	return err
}

func readHolder(f io.ReaderAt, dir string) *HeldError {
	var h holder
	if err := json.NewDecoder(io.NewSectionReader(f, 0, 1<<16)).Decode(&h); err != nil {
		return &HeldError{Dir: dir}
	}
	gone := errors.Is(unix.Kill(h.PID, 0), unix.ESRCH)
	return &HeldError{Dir: dir, PID: h.PID, Command: h.Command, Since: h.Since, dead: gone}
}

// holderOf reports who holds the lock on dir: nil when nobody does.
func holderOf(dir string) (*HeldError, error) {
	f, err := os.Open(filepath.Join(dir, "lock"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at the lock of data folder: %w", err)
	}
	defer f.Close() // releases the lock just tried
	err = unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return readHolder(f, dir), nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at the lock of data folder %s: %w", dir, err)
	}
	return nil, nil
}
