package embedded_test

import (
	"context"
	"testing"
	"time"

	"github.com/baserate/baserate/store/embedded"
)

func TestStart(t *testing.T) {
	begin := time.Now()
	e, err := embedded.Start(context.Background(), embedded.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(begin))
	begin = time.Now()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	t.Log(time.Since(begin))
}
