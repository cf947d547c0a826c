package embedded

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"github.com/ebitengine/purego"
)

// orphanTimeout is how long an engine whose parent is gone may take to shut down before it ends itself.
const orphanTimeout = 30 * time.Second

// statements are what the engine's own session runs, in order: TCP last, because the parent takes an answer there for
// the sign that all went well.
func statements(http bool) []string {
	if http {
		return []string{"SYSTEM START LISTEN HTTP", "SYSTEM START LISTEN TCP"}
	}
	return []string{"SYSTEM START LISTEN TCP"}
}

// Main is the child's main: `engine --library FILE --config FILE [--http]`, the arguments after the word `engine`.
// It returns the exit code when standard input, a terminal, has ended.
func Main(args []string) int {
	flags := flag.NewFlagSet("engine", flag.ContinueOnError)
	library := flags.String("library", "", "path of libchdb")
	config := flags.String("config", "", "path of config.xml")
	http := flags.Bool("http", false, "listen for HTTP too")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *library == "" || *config == "" || flags.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "engine: this command is started by baserate itself; it needs --library and --config")
		return 2
	}
	// The parent decides when the engine ends: what stops a whole process group or service at once, a Ctrl-C or
	// systemd, must not cut off the parent's last writes.
	signal.Ignore(syscall.SIGINT, syscall.SIGHUP, syscall.SIGTERM)
	go endWithParent(os.Getppid())
	if err := run(*library, *config, *http); err != nil {
		fmt.Fprintln(os.Stderr, "engine:", err)
		return 1
	}
	return 0
}

// endWithParent is for an engine that hangs in its shutdown: the terminal's end asks it to stop, this makes sure.
func endWithParent(parent int) {
	for os.Getppid() == parent {
		time.Sleep(time.Second)
	}
	time.Sleep(orphanTimeout)
	os.Exit(3)
}

// run loads libchdb and gives it the statements. It blocks as long as the engine lives.
func run(library, config string, http bool) error {
	runtime.LockOSThread()
	lib, err := purego.Dlopen(library, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return fmt.Errorf("load %s: %w", library, err)
	}
	queryCmdline, err := purego.Dlsym(lib, "chdb_query_cmdline")
	if err != nil {
		return fmt.Errorf("%s is not libchdb: %w", library, err)
	}
	var resultError func(result uintptr) string
	purego.RegisterLibFunc(&resultError, lib, "chdb_result_error")

	args := []string{
		"clickhouse", "--config-file=" + config, "--log-level=warning",
		// After the statements it reads more from the terminal. Without suggestions and a history, which would
		// cost statements and a file in the home folder.
		"--interactive", "--disable_suggestion", "--history_file=/dev/null",
		"--query", strings.Join(statements(http), "; "),
	}
	argv, pinner := cStrings(args)
	defer pinner.Unpin()
	result, _, _ := purego.SyscallN(queryCmdline, uintptr(len(args)), uintptr(unsafe.Pointer(&argv[0])))
	if result == 0 {
		return errors.New("libchdb gave no result")
	}
	if message := resultError(result); message != "" {
		return errors.New(message)
	}
	return nil
}

// cStrings makes the argv of a C call: strings that end in NUL, and a null pointer after the last. They stay where
// they are until the pinner lets go.
func cStrings(args []string) ([]*byte, *runtime.Pinner) {
	var pinner runtime.Pinner
	argv := make([]*byte, len(args)+1)
	pinner.Pin(&argv[0])
	for i, arg := range args {
		text := append([]byte(arg), 0)
		pinner.Pin(&text[0])
		argv[i] = &text[0]
	}
	return argv, &pinner
}
