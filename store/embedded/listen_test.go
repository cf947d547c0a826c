package embedded_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/baserate/baserate/store/embedded"
)

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func TestHTTP(t *testing.T) {
	e := startWithSecrets(t, embedded.Options{HTTPPort: freePort(t)})
	get := func(user, password, sql string) (int, string) {
		request, err := http.NewRequest("POST", "http://"+e.Endpoint().HTTP+"/", strings.NewReader(sql))
		if err != nil {
			t.Fatal(err)
		}
		request.SetBasicAuth(user, password)
		request.Close = true
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(text)
	}
	analyst := e.Endpoint().Analyst
	if code, text := get(analyst.User, analyst.Password, "SELECT count() FROM changes"); code != 200 || text != "1000\n" {
		t.Errorf("as the analyst: %d %q", code, text)
	}
	for _, test := range [][3]string{
		{analyst.User, analyst.Password, "SELECT * FROM secret.people"},
		{analyst.User, analyst.Password, "SELECT file('/etc/passwd')"},
		{analyst.User, "wrong", "SELECT 1"},
		{"default", "", "SELECT count() FROM baserate.changes"},
	} {
		if code, text := get(test[0], test[1], test[2]); code == 200 {
			t.Errorf("%s as %s is answered: %q", test[2], test[0], text)
		}
	}
}

func TestHTTPPortInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	_, err = embedded.Start(context.Background(), embedded.Options{Dir: t.TempDir(), HTTPPort: port})
	if err == nil || !strings.Contains(err.Error(), strconv.Itoa(port)) {
		t.Errorf("Start: %v, want the port in it", err)
	}
}

// The engine's port stays reserved while the engine is down, and takes no connections then.
func TestPortStaysReserved(t *testing.T) {
	e := start(t, embedded.Options{})
	if l, err := net.Listen("tcp", e.Endpoint().Addr); err == nil {
		l.Close()
		t.Error("another process can listen on the engine's port")
	}
	kill(t, e.EnginePID())
	for range 20 {
		if l, err := net.Listen("tcp", e.Endpoint().Addr); err == nil {
			l.Close()
			t.Error("another process can take the port of an engine that is down")
		}
	}
	waitReady(t, e, func(err error) bool { return err == nil })
}

// Every socket that the engine listens on is on 127.0.0.1.
func TestListensOnLoopbackOnly(t *testing.T) {
	port := freePort(t)
	e := start(t, embedded.Options{HTTPPort: port})
	_, tcp, _ := strings.Cut(e.Endpoint().Addr, ":")
	want := map[string]bool{tcp: true, strconv.Itoa(port): true}
	for _, addr := range listening(t, e.EnginePID()) {
		host, port, err := net.SplitHostPort(addr)
		if err != nil {
			t.Fatal(err)
		}
		if host != "127.0.0.1" || !want[port] {
			t.Errorf("the engine listens on %s", addr)
		}
		delete(want, port)
	}
	if len(want) > 0 {
		t.Errorf("the engine does not listen on %v", want)
	}
}

// listening returns the addresses of the TCP sockets that a process listens on, as the kernel tells.
func listening(t *testing.T, pid int) []string {
	t.Helper()
	inodes := map[string]bool{}
	links, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && strings.HasPrefix(target, "socket:[") {
			inodes[strings.Trim(target[len("socket:"):], "[]")] = true
		}
	}
	var found []string
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, err := os.ReadFile(table)
		if err != nil {
			continue // no IPv6
		}
		for line := range strings.Lines(string(text)) {
			const local, state, inode, listen = 1, 3, 9, "0A"
			if f := strings.Fields(line); len(f) > inode && f[state] == listen && inodes[f[inode]] {
				found = append(found, address(t, f[local]))
			}
		}
	}
	return found
}

// address reads "0100007F:1F90", a little-endian address and a port in hexadecimal.
func address(t *testing.T, text string) string {
	t.Helper()
	host, port, _ := strings.Cut(text, ":")
	n, err := strconv.ParseUint(port, 16, 16)
	if err != nil {
		t.Fatal(err)
	}
	if host == "0100007F" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, strconv.FormatUint(n, 10))
}
