package workbench

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Failure is why a statement gave no result, or not all of it. Line and Col count from 1 and are 0 when the database names no
// place. Number is the database's own, 0 when it said nothing.
type Failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Number  int    `json:"number"`
}

func (f *Failure) Error() string { return f.Code + ": " + f.Message }

const (
	codeCancelled = "cancelled"
	codeFailed    = "failed"
	codeLost      = "lost"
)

// codes are the database's errors that one can do something about.
// https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp
var codes = map[int32]string{
	62:  "syntax",
	47:  "unknown_name", // identifier
	60:  "unknown_name", // table
	46:  "unknown_name", // function
	81:  "unknown_name", // database
	456: "parameter",    // a query parameter is not given
	457: "parameter",    // or is not of its type
	159: "time_limit",
	160: "time_limit", // it would take too long
	241: "memory_limit",
	243: "disk_limit",
	396: "row_limit",
	158: "row_limit",
	202: "queries_limit", // too many of the account at once
	164: "refused",       // readonly
	452: "refused",       // a setting must not be changed
	497: "refused",       // access
	487: "refused",
	394: codeCancelled,
}

var (
	place   = regexp.MustCompile(`\(line (\d+), col (\d+)\)`)
	version = regexp.MustCompile(`\s*\(version [^)]*\)\s*$`)
)

// failureOf puts an error into words; nil for none.
func failureOf(err error, cancelled bool) *Failure {
	var said *clickhouse.Exception
	switch {
	case cancelled:
		return &Failure{Code: codeCancelled, Message: "Cancelled; nothing of it runs on in the database."}
	case err == nil:
		return nil
	case errors.As(err, &said):
		return answered(said)
	case errors.Is(err, context.Canceled):
		return &Failure{Code: codeCancelled, Message: "Cancelled."}
	case strings.Contains(err.Error(), "parameter "):
		return &Failure{Code: "parameter", Message: err.Error()}
	}
	return &Failure{Code: codeLost, Message: "The connection to the database was lost: " + err.Error()}
}

func answered(said *clickhouse.Exception) *Failure {
	f := &Failure{Code: codes[said.Code], Message: version.ReplaceAllString(said.Message, ""), Number: int(said.Code)}
	if f.Code == "" {
		f.Code = codeFailed
	}
	if m := place.FindStringSubmatch(f.Message); m != nil {
		f.Line, _ = strconv.Atoi(m[1])
		f.Col, _ = strconv.Atoi(m[2])
	}
	return f
}
