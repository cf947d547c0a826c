// Package proof holds the tests that collect from servers which nobody here wrote, and from servers that fail. Its folder
// servers has what starts them, package-lock.json says which they are; nothing here is part of the program.
package proof

import (
	"testing"

	"github.com/baserate/baserate/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }
