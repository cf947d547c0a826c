package main

import (
	"os"

	"github.com/baserate/baserate/attribution"
)

// attribute classifies commits from standard input. It touches no database.
type attribute struct{}

// Run writes one line of answer for each line of question, in the same order.
func (attribute) Run() error { return attribution.ClassifyJSONL(os.Stdin, os.Stdout) }
