package git

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Errors that Open and Collect return, for errors.Is; what wraps them says what to do.
var (
	ErrNotRepository = errors.New("not a git repository")
	ErrVanished      = errors.New("repository vanished")
	ErrGit           = errors.New("git cannot be used")
	ErrNameTaken     = errors.New("the repository's name is taken by another")
)

// locate finds the git directory of a clone: path itself, path/.git, or what a .git file points to. For a linked
// worktree it is the one that all worktrees share. It runs nothing, so the owner of the clone does not matter.
func locate(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("path %q: %w", path, err)
	}
	if _, err := os.Stat(abs); err != nil {
		return "", fmt.Errorf("%s: %w: %w; give the path of a clone", path, ErrNotRepository, errors.Unwrap(err))
	}
	for _, dir := range []string{abs, filepath.Join(abs, ".git")} {
		if dir, err = followGitFile(dir); err != nil {
			return "", fmt.Errorf("%s: %w: %w", path, ErrNotRepository, err)
		}
		if dir = commonDir(dir); isGitDir(dir) {
			return dir, nil
		}
	}
	return "", fmt.Errorf("%s: %w: it has neither HEAD and objects nor a .git; give the top folder of a clone", path, ErrNotRepository)
}

// followGitFile resolves the "gitdir: …" file of worktrees and submodules.
func followGitFile(path string) (string, error) {
	stat, err := os.Stat(path)
	if err != nil || !stat.Mode().IsRegular() {
		return path, nil
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	target, found := strings.CutPrefix(strings.TrimSpace(string(content)), "gitdir: ")
	if !found {
		return "", fmt.Errorf("file %s does not point to a git directory", path)
	}
	return resolveFrom(filepath.Dir(path), target), nil
}

func commonDir(dir string) string {
	content, err := os.ReadFile(filepath.Join(dir, "commondir"))
	if err != nil {
		return dir
	}
	return resolveFrom(dir, strings.TrimSpace(string(content)))
}

func resolveFrom(base, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(base, path)
}

func isGitDir(dir string) bool {
	head, headErr := os.Lstat(filepath.Join(dir, "HEAD"))
	objects, objectsErr := os.Stat(filepath.Join(dir, "objects"))
	return headErr == nil && !head.IsDir() && objectsErr == nil && objects.IsDir()
}

// oldestGit is the first version with every feature that is used here (rev-list --no-commit-header is the newest).
var oldestGit = [2]int{2, 33}

var versionPattern = regexp.MustCompile(`^git version (\d+)\.(\d+)`)

// checkVersion makes sure that bin is a git that is new enough.
func checkVersion(ctx context.Context, bin, temp string) error {
	d := gitDir{bin: bin, env: environment(temp, temp)}
	said, err := d.line(ctx, "version")
	if err != nil {
		return fmt.Errorf("%w: install git %d.%d or newer: %w", ErrGit, oldestGit[0], oldestGit[1], err)
	}
	match := versionPattern.FindStringSubmatch(said)
	if match == nil {
		return fmt.Errorf("%w: %s version answers %q", ErrGit, bin, said)
	}
	major, _ := strconv.Atoi(match[1])
	minor, _ := strconv.Atoi(match[2])
	if major < oldestGit[0] || major == oldestGit[0] && minor < oldestGit[1] {
		return fmt.Errorf("%w: %s is older than %d.%d; install a newer one", ErrGit, said, oldestGit[0], oldestGit[1])
	}
	return nil
}
