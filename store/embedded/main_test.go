package embedded_test

import (
	"os"
	"testing"

	"github.com/baserate/baserate/store/embedded"
	"go.uber.org/goleak"
)

// TestMain is also the engine: the tests' own binary is what they start as the child.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	goleak.VerifyTestMain(m)
}
