package git

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// scratch is a git directory of ours that borrows a clone's objects. Everything that reads objects runs in it, so
// that nothing in the clone's configuration (drivers, hooks, promisor remotes, other owners) has any effect, and
// made-up objects go into it, so that the clone is never written to.
type scratch struct {
	gitDir
	root string
}

func newScratch(c *clone, temp string, shallow []byte) (_ *scratch, err error) {
	root, err := os.MkdirTemp(temp, "baserate-git-")
	if err != nil {
		return nil, fmt.Errorf("scratch folder: %w", err)
	}
	s := &scratch{root: root}
	defer func() {
		if err != nil {
			s.remove()
			err = fmt.Errorf("scratch folder: %w", err)
		}
	}()
	dir := filepath.Join(root, "repo.git")
	for _, sub := range []string{"objects/info", "refs"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			return nil, err
		}
	}
	files := map[string]string{
		"HEAD":                    "ref: refs/heads/none\n",
		"config":                  scratchConfig(c.format),
		"objects/info/alternates": quotePath(filepath.Join(c.dir, "objects")) + "\n",
	}
	if len(shallow) > 0 {
		files["shallow"] = string(shallow)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	s.gitDir = gitDir{bin: c.bin, dir: dir, env: environment(dir, root)}
	return s, nil
}

func scratchConfig(f format) string {
	config := "[core]\n\trepositoryformatversion = 1\n\tbare = true\n"
	if f != formatSHA1 {
		config += "[extensions]\n\tobjectformat = " + f.String() + "\n"
	}
	return config
}

// quotePath writes a path the way an alternates file takes one that may hold any byte.
func quotePath(path string) string {
	quoted := []byte{'"'}
	for _, b := range []byte(path) {
		switch {
		case b == '"' || b == '\\':
			quoted = append(quoted, '\\', b)
		case b < ' ' || b >= 0x7f:
			quoted = append(quoted, '\\')
			quoted = append(quoted, octal(b)...)
		default:
			quoted = append(quoted, b)
		}
	}
	return string(append(quoted, '"'))
}

func octal(b byte) string { return strconv.FormatInt(int64(b)+0o1000, 8)[1:] }

func (s *scratch) remove() { os.RemoveAll(s.root) }
