package embedded

import (
	"bytes"
	"fmt"
	"os"
	"unsafe"

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

func openSlave(master int) (*os.File, error) {
	if err := unix.IoctlSetInt(master, unix.TIOCPTYGRANT, 0); err != nil {
		return nil, err
	}
	if err := unix.IoctlSetInt(master, unix.TIOCPTYUNLK, 0); err != nil {
		return nil, err
	}
	var name [128]byte // the size that TIOCPTYGNAME fills
	_, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(master), unix.TIOCPTYGNAME, uintptr(unsafe.Pointer(&name[0])))
	if errno != 0 {
		return nil, errno
	}
	path, _, _ := bytes.Cut(name[:], []byte{0})
	return os.OpenFile(string(path), os.O_RDWR|unix.O_NOCTTY, 0)
}
