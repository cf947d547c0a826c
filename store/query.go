package store

import (
	"embed"
	"fmt"
)

//go:embed query/*.sql
var queries embed.FS

// query returns the text of query/NAME.sql. The files are part of the binary, so an unknown name is a mistake in
// the program and every one of them is named by a test.
func query(name string) string {
	text, err := queries.ReadFile("query/" + name + ".sql")
	if err != nil {
		panic(fmt.Sprintf("query %q: %v", name, err))
	}
	return string(text)
}
