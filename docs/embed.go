// Package docs holds the pages that explain the numbers: the claims as they were defined, and how well the method does on
// fleets whose truth is known. Both are generated; the server shows them at /docs/.
package docs

import "embed"

// Pages are the Markdown files, and the style that they are shown in.
//
//go:embed *.md docs.css
var Pages embed.FS
