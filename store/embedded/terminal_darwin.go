package embedded

import (
	"bytes"
	"os"
	"unsafe"

	"golang.org/x/sys/unix"
)

// openSlave opens the engine's end.
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
