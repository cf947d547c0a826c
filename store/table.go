package store

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"time"
)

// Table is the answer to a query whose columns only the query knows. A value is nil, a bool, string, int64, uint64, float64,
// time.Time (UTC) or a slice of these; what is not a number (0/0) is nil.
type Table struct {
	Columns []string
	Rows    [][]any
}

// Table returns the rows of a query.
func (s *Store) Table(ctx context.Context, sql string, p Params) (Table, error) {
	rows, err := s.Rows(ctx, sql, p)
	if err != nil {
		return Table{}, err
	}
	defer rows.Close()
	t := Table{Columns: rows.Columns(), Rows: [][]any{}}
	types := rows.ColumnTypes()
	for rows.Next() {
		cells := make([]any, len(types))
		for i, c := range types {
			cells[i] = reflect.New(c.ScanType()).Interface()
		}
		if err := rows.Scan(cells...); err != nil {
			return Table{}, fmt.Errorf("row %d: %w", len(t.Rows)+1, err)
		}
		for i := range cells {
			cells[i] = plain(reflect.ValueOf(cells[i]))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t, rows.Err()
}

// plain reduces what the driver scanned to one of the few types of a table.
func plain(v reflect.Value) any {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if at, ok := v.Interface().(time.Time); ok {
		return at.UTC()
	}
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return v.Uint()
	case reflect.Float32, reflect.Float64:
		if x := v.Float(); !math.IsNaN(x) && !math.IsInf(x, 0) {
			return x
		}
		return nil
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	}
	return fmt.Sprint(v.Interface())
}
