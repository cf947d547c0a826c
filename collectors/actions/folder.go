package actions

import (
	"context"
	"hash/fnv"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// file is a piece of an audit log.
type file struct {
	name  string // from the place on
	size  int64
	stamp string // another whenever it was written to
	part  string // of a bucket: the part that it stands in, "" when the key is not dated
	grows bool   // may be written to later
}

// modified is when a file of a folder was last written to; zero for others.
func (f *file) modified() time.Time {
	nanoseconds, err := strconv.ParseInt(f.stamp, 10, 64)
	if err != nil || !f.grows {
		return time.Time{}
	}
	return time.Unix(0, nanoseconds)
}

// place is where files are.
type place interface {
	// files are those that may be new since a cursor, by name.
	files(ctx context.Context, since *cursor) iter.Seq2[file, error]
	// open reads a file from a byte on.
	open(ctx context.Context, f file, from int64) (io.ReadCloser, error)
	// requests is how many calls were made so far.
	requests() uint64
}

// folder is a folder with all below it, or a single file.
type folder struct{ path string }

// logName is what audit logs are called; rotation puts a number or a date behind.
var logName = regexp.MustCompile(`(?i)\.(json|jsonl|ndjson|log)([.-][0-9A-Za-z.:-]+)?(\.gz)?$`)

// noEvents are CloudTrail's own files beside the logs.
var noEvents = regexp.MustCompile(`(^|/)(CloudTrail-Digest|CloudTrail-Insight)/`)

func (d folder) files(ctx context.Context, _ *cursor) iter.Seq2[file, error] {
	return func(yield func(file, error) bool) {
		root, err := filepath.EvalSymlinks(d.path)
		if err != nil {
			yield(file{}, err)
			return
		}
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(file{}, err)
				return fs.SkipAll
			}
			f, ok, err := d.file(root, path, entry)
			if (ok || err != nil) && !yield(f, err) {
				return fs.SkipAll
			}
			return nil
		})
	}
}

// file is an entry as a piece of the log, unless it is none. One that is gone since the folder was read has been renamed, and
// is met under its new name, if not in this run.
func (d folder) file(root, path string, entry fs.DirEntry) (file, bool, error) {
	if !entry.Type().IsRegular() {
		return file{}, false, nil
	}
	name, err := filepath.Rel(root, path)
	if err != nil {
		return file{}, false, err
	}
	if name = filepath.ToSlash(name); path != root && (!logName.MatchString(name) || noEvents.MatchString(name)) {
		return file{}, false, nil
	}
	info, err := entry.Info()
	if err != nil {
		return file{}, false, nil
	}
	if path == root {
		name = filepath.Base(root)
	}
	return file{name: name, size: info.Size(), stamp: strconv.FormatInt(info.ModTime().UnixNano(), 10), grows: true}, true, nil
}

func (d folder) open(_ context.Context, f file, from int64) (io.ReadCloser, error) {
	path := d.path
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if info.IsDir() {
		path = filepath.Join(path, filepath.FromSlash(f.name))
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if _, err := in.Seek(from, io.SeekStart); err != nil {
		return nil, err
	}
	return in, nil
}

func (folder) requests() uint64 { return 0 }

// headSize is how much of the beginning of a log it is known by.
const headSize = 1 << 10

// headOf hashes up to size bytes of the beginning, and says how many there were.
func headOf(in io.Reader, size int) (uint64, int, error) {
	h := fnv.New64a()
	n, err := io.Copy(h, io.LimitReader(in, int64(size)))
	return h.Sum64(), int(n), err
}
