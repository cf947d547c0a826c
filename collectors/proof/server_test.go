package proof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// server is a process of servers/ on a free port of this machine. It ends when its standard input does, so it outlives this
// process in no way in which this can end.
type server struct {
	URL   string
	Hello []byte // the line it began with, for those that say more

	mu  sync.Mutex
	in  io.WriteCloser
	out *bufio.Reader
	log *bytes.Buffer
}

// start starts a server that ends with the test.
func start(t testing.TB, script string, args ...string) *server {
	t.Helper()
	s, cmd := launch(t, script, args...)
	t.Cleanup(func() {
		s.in.Close()
		killer := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
		defer killer.Stop()
		_ = cmd.Wait()
	})
	return s
}

// launch starts a server that ends with this process.
func launch(t testing.TB, script string, args ...string) (*server, *exec.Cmd) {
	t.Helper()
	s := &server{log: &bytes.Buffer{}}
	cmd := exec.Command("node", append([]string{"servers/" + script}, args...)...)
	cmd.Stderr = s.log
	var err error
	if s.in, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewReader(out)
	if _, err := os.Stat("node_modules/.stamp"); err != nil {
		t.Fatalf("%s: the servers are not there: make collectors/proof/node_modules/.stamp", script)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("%s: %v (Node 20.19 or newer is needed: make need-node)", script, err)
	}
	var hello struct{ URL string }
	s.Hello = s.line(t)
	if err := json.Unmarshal(s.Hello, &hello); err != nil {
		t.Fatalf("%s said %s: %v", script, s.Hello, err)
	}
	s.URL = hello.URL
	return s, cmd
}

// ask sends a question down the pipe and reads the answer into a value.
func (s *server) ask(t testing.TB, question map[string]string, into any) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	line, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.in.Write(append(line, '\n')); err != nil {
		t.Fatalf("ask the server: %v\n%s", err, s.log)
	}
	var answer struct{ Error string }
	line = s.line(t)
	if err := json.Unmarshal(line, &answer); err != nil || answer.Error != "" {
		t.Fatalf("the server said %s to %s: %v", line, question, err)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(line, into); err != nil {
		t.Fatal(err)
	}
}

func (s *server) line(t testing.TB) []byte {
	t.Helper()
	line, err := s.out.ReadBytes('\n')
	if err != nil {
		t.Fatalf("the server ended: %v\n%s", err, s.log)
	}
	return line
}
