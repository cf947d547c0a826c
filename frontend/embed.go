// Package frontend holds the pages: TypeScript built by Vite into dist and embedded in the binary. The pages know the
// rest of the program through its API alone; src/App.tsx lists them.
package frontend

import (
	"embed"
	"io/fs"
)

// dist holds nothing but .gitkeep until `make` has built the pages; "all:" because Vite's manifest begins with a dot.
//
//go:embed all:dist
var dist embed.FS

// Assets returns the built pages with index.html at the root. Without index.html they were not built.
func Assets() fs.FS {
	pages, err := fs.Sub(dist, "dist")
	if err != nil {
		return dist // fs.Sub refuses no more than a malformed name, which "dist" is not
	}
	return pages
}
