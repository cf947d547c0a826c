package embedded

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// reservation keeps a loopback port for the engines this process starts one after another. The socket is bound and
// never listens, so it takes no connection; with SO_REUSEPORT on both sides the engine can listen beside it, and
// nobody but this user can. Without it another process could take the port of an engine that is being restarted,
// and would be sent passwords by clients that retry.
type reservation struct {
	fd   int
	port int
}

// reservePort picks a free port of 127.0.0.1, or the given one when it is not 0.
func reservePort(port int) (*reservation, error) {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
	if err != nil {
		return nil, fmt.Errorf("reserve a port: %w", err)
	}
	unix.CloseOnExec(fd)
	r := &reservation{fd: fd}
	if r.port, err = bindLoopback(fd, port); err != nil {
		r.release()
		return nil, fmt.Errorf("reserve port %d of 127.0.0.1: %w", port, err)
	}
	return r, nil
}

func bindLoopback(fd, port int) (int, error) {
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEPORT, 1); err != nil {
		return 0, err
	}
	if err := unix.Bind(fd, &unix.SockaddrInet4{Port: port, Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return 0, err
	}
	name, err := unix.Getsockname(fd)
	if err != nil {
		return 0, err
	}
	return name.(*unix.SockaddrInet4).Port, nil
}

func (r *reservation) release() { unix.Close(r.fd) }
