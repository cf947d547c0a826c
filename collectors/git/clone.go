package git

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// clone is the repository that is read. Commands run in it only to list its refs and read its configuration;
// objects are read through a scratch directory.
type clone struct {
	gitDir
	path    string // absolute, as asked for
	remote  string // remote.origin.url; "" when there is none
	bare    bool
	format  format
	partial bool
}

func openClone(ctx context.Context, bin, path string) (*clone, error) {
	dir, err := locate(path)
	if err != nil {
		return nil, err
	}
	if err := checkVersion(ctx, bin, os.TempDir()); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("path %q: %w", path, err)
	}
	c := &clone{gitDir: gitDir{bin: bin, dir: dir, env: environment(dir, os.TempDir())}, path: abs}
	if err := c.readConfig(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// readConfig reads what matters of the clone's configuration. Partial clones are known by a promisor remote or,
// when the configuration was lost, by a pack that came from one.
func (c *clone) readConfig(ctx context.Context) error {
	c.format = formatSHA1
	if _, err := os.Stat(filepath.Join(c.dir, "config")); err == nil {
		out, err := c.output(ctx, nil, "config", "--null", "--list")
		if err != nil {
			return fmt.Errorf("reading its configuration: %w", err)
		}
		for entry := range bytes.SplitSeq(out, []byte{0}) {
			key, value, _ := strings.Cut(string(entry), "\n")
			c.applyConfig(key, value)
		}
	} else {
		c.bare = filepath.Base(c.dir) != ".git"
	}
	promised, err := filepath.Glob(filepath.Join(globQuote(c.dir), "objects", "pack", "*.promisor"))
	c.partial = c.partial || err == nil && len(promised) > 0
	return nil
}

func (c *clone) applyConfig(key, value string) {
	switch {
	case key == "remote.origin.url" && c.remote == "":
		c.remote = value
	case key == "core.bare":
		c.bare = value == "true"
	case key == "extensions.objectformat" && value == "sha256":
		c.format = formatSHA256
	case key == "extensions.partialclone",
		strings.HasPrefix(key, "remote.") && strings.HasSuffix(key, ".promisor") && value == "true":
		c.partial = true
	}
}

var globQuote = strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace

func (c *clone) name() string { return repositoryName(c.remote, c.path) }

// shallow is the list of commits where history is cut off, as git keeps it; empty when it is whole.
func (c *clone) shallow() ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(c.dir, "shallow"))
	if err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("%s: reading where its history is cut off: %w", c.path, err)
	}
	return content, nil
}

// vanished reports whether the repository is no longer where it was.
func (c *clone) vanished() bool { return !isGitDir(c.dir) }
