package frontend

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"testing"
)

var linked = regexp.MustCompile(`(?:src|href)="/([^"]+)"`)

// The tests run before and after the pages are built: before, dist is there and empty; after, all that index.html
// names is embedded.
func TestAssets(t *testing.T) {
	if _, err := fs.Stat(Assets(), ".gitkeep"); err != nil {
		t.Fatalf("dist is not embedded: %v", err)
	}
	index, err := fs.ReadFile(Assets(), "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		t.Log("the pages are not built: dist holds .gitkeep alone")
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	files := linked.FindAllSubmatch(index, -1)
	if len(files) < 3 {
		t.Fatalf("index.html names %d files, want its script, its style and its icon at least", len(files))
	}
	for _, file := range files {
		if _, err := fs.Stat(Assets(), string(file[1])); err != nil {
			t.Errorf("index.html names /%s: %v", file[1], err)
		}
	}
}

// Inline scripts and styles would not run under the server's content security policy.
func TestIndexHasNothingInline(t *testing.T) {
	index, err := fs.ReadFile(Assets(), "index.html")
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	inline := regexp.MustCompile(`<script>|<style|style="| on[a-z]+="`)
	if found := inline.Find(index); found != nil {
		t.Errorf("index.html has %q inline", found)
	}
}

// Addresses in dist are those of this server alone: the pages work without a network.
func TestAssetsLoadNothingFromElsewhere(t *testing.T) {
	elsewhere := regexp.MustCompile(`(?:url\(|src="|href="|@import ")["']?(?:https?:)?//`)
	err := fs.WalkDir(Assets(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".css" && path.Ext(name) != ".html" {
			return err
		}
		text, err := fs.ReadFile(Assets(), name)
		if found := elsewhere.Find(text); found != nil {
			t.Errorf("%s loads %s", name, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
