package embedded

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Options say what to run and where. Only Dir is required.
type Options struct {
	// Dir is the data folder; it is made when absent. Everything the engine writes is inside it.
	Dir string
	// Library is the path of libchdb; empty means [FindLibrary].
	Library string
	// Exe is the program started as `Exe engine …`, which must call [Main]; empty means this program.
	Exe string
	// Command is what the lock file says is running; empty means this process's command line.
	Command string
	// AnalystDatabase is the one database the analysts' account may read; empty means "baserate".
	AnalystDatabase string
	// Analyst limits what one analyst's query may cost; zero fields take the values of [DefaultAnalystLimits].
	Analyst AnalystLimits
	// MemoryLimit is what the engine may use in all, in bytes; 0 means half of the machine's (or cgroup's) memory.
	MemoryLimit int64
	// HTTPPort opens ClickHouse's HTTP interface on this loopback port, [AnyPort] on a free one; 0 leaves it shut.
	HTTPPort int
	// Port is that of the native protocol, a free one when 0.
	Port int
	// Reader is a second account with the analyst's rights and limits, for tools that are given a password; none when its
	// password is empty. Its User is always "reader".
	Reader Credentials
	// StopTimeout is how long [Engine.Close] waits for a clean shutdown before it kills; 0 means 30 seconds.
	StopTimeout time.Duration
	// Log receives starts, deaths and restarts; nil means [slog.Default].
	Log *slog.Logger
}

// AnyPort stands for a port that is free.
const AnyPort = -1

// AnalystLimits bound one analyst's query. A client may ask for less, never for more.
type AnalystLimits struct {
	Time    time.Duration // running time of a query, whole seconds
	Memory  int64         // bytes of one query; all analysts' queries together may use twice that
	Rows    int64         // rows of a result; one more is an error, not a silent cut
	Queries int           // queries running at once
}

// DefaultAnalystLimits are meant for questions asked by hand and by dashboards on two cores.
var DefaultAnalystLimits = AnalystLimits{Time: 30 * time.Second, Memory: 2 << 30, Rows: 1_000_000, Queries: 8}

// complete fills what was left empty, makes paths absolute and refuses what cannot work.
func (o Options) complete() (Options, error) {
	if o.Dir == "" {
		return o, errors.New("embedded engine: Options.Dir is empty: name a data folder")
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return o, fmt.Errorf("embedded engine: data folder %q: %w", o.Dir, err)
	}
	o.Dir = dir
	if o.Exe == "" {
		if o.Exe, err = os.Executable(); err != nil {
			return o, fmt.Errorf("embedded engine: path of this program: %w", err)
		}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	o.Command = cmp.Or(o.Command, strings.Join(os.Args, " "))
	o.AnalystDatabase = cmp.Or(o.AnalystDatabase, "baserate")
	o.StopTimeout = cmp.Or(o.StopTimeout, 30*time.Second)
	o.Analyst = o.Analyst.complete()
	return o, nil
}

func (l AnalystLimits) complete() AnalystLimits {
	return AnalystLimits{
		Time:    cmp.Or(l.Time, DefaultAnalystLimits.Time),
		Memory:  cmp.Or(l.Memory, DefaultAnalystLimits.Memory),
		Rows:    cmp.Or(l.Rows, DefaultAnalystLimits.Rows),
		Queries: cmp.Or(l.Queries, DefaultAnalystLimits.Queries),
	}
}
