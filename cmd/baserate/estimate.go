package main

import (
	"os"

	"github.com/baserate/baserate/analysis/stats/estimate"
)

// estimateCases runs estimators on cases from standard input. It touches no database.
type estimateCases struct{}

// Run writes {"results": [{"id", "result"}]} for {"cases": [{"id", "estimator", "inputs"}]}.
func (estimateCases) Run() error { return estimate.Run(os.Stdin, os.Stdout) }
