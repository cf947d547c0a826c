package embedded

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// openTerminal opens a pseudo-terminal: our end and the engine's.
func openTerminal() (ours, engines *os.File, err error) {
	master, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("open a pseudo-terminal at /dev/ptmx: %w", err)
	}
	ours = os.NewFile(uintptr(master), "/dev/ptmx")
	if engines, err = openSlave(master); err != nil {
		ours.Close()
		return nil, nil, fmt.Errorf("open the other end of a pseudo-terminal: %w", err)
	}
	return ours, engines, nil
}
