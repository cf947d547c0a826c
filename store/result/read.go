package result

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
)

// Reader reads the rows of a query as values of JSON.
type Reader struct {
	rows  driver.Rows
	types []driver.ColumnType
	cells []any
	read  int
}

// NewReader returns a reader of rows, which stay the caller's to close.
func NewReader(rows driver.Rows) *Reader {
	types := rows.ColumnTypes()
	return &Reader{rows: rows, types: types, cells: make([]any, len(types))}
}

// Next returns the next row, valid until the next call, or nil after the last. A value is nil, a bool, a string, a
// json.Number, a []any or a map[string]any.
func (r *Reader) Next() ([]any, error) {
	if err := r.scan(); err != nil || r.cells == nil {
		return nil, err
	}
	for i := range r.cells {
		r.cells[i] = decoded(reflect.ValueOf(r.cells[i]).Elem(), r.types[i].DatabaseTypeName())
	}
	return r.cells, nil
}

// NextPlain is Next for those who show rows: integers of 64 bits and more are strings, because a browser's numbers would
// round them; lists and maps are their JSON; and what is no number although its type is one is "nan", "inf" or "-inf",
// which is not the same as NULL.
func (r *Reader) NextPlain() ([]any, error) {
	if err := r.scan(); err != nil || r.cells == nil {
		return nil, err
	}
	for i := range r.cells {
		r.cells[i] = shown(reflect.ValueOf(r.cells[i]).Elem(), r.types[i].DatabaseTypeName())
	}
	return r.cells, nil
}

func (r *Reader) scan() error {
	if !r.rows.Next() {
		r.cells = nil
		return r.rows.Err()
	}
	for i, t := range r.types {
		r.cells[i] = reflect.New(t.ScanType()).Interface()
	}
	if err := r.rows.Scan(r.cells...); err != nil {
		return fmt.Errorf("read row %d: %w", r.read+1, err)
	}
	r.read++
	return nil
}

var (
	wrapped = regexp.MustCompile(`\A(?:LowCardinality|Nullable)\((.*)\)\z`)
	numeric = regexp.MustCompile(`\A(?:U?Int\d+|Float\d+|BFloat16|Decimal\d*(?:\(.*\))?)\z`)
	wide    = regexp.MustCompile(`\AU?Int(?:64|128|256)\z`)
)

// Bare is a column's type without what only says how it is kept or that it may be NULL.
func Bare(typeName string) string {
	for m := wrapped.FindStringSubmatch(typeName); m != nil; m = wrapped.FindStringSubmatch(typeName) {
		typeName = m[1]
	}
	return typeName
}

// Numeric reports whether the values of a column are numbers.
func Numeric(typeName string) bool { return numeric.MatchString(Bare(typeName)) }

// shown is a value as NextPlain has it.
func shown(v reflect.Value, typeName string) any {
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.CanFloat() && (math.IsNaN(v.Float()) || math.IsInf(v.Float(), 0)) {
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(v.Float(), 'g', -1, 64), "+"))
	}
	switch x := decoded(v, typeName).(type) {
	case json.Number:
		if wide.MatchString(Bare(typeName)) {
			return x.String()
		}
		return x
	case []any, map[string]any:
		return plain(x, "NULL")
	default:
		return x
	}
}
