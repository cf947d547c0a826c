package result

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var datetime64 = regexp.MustCompile(`DateTime64\((\d)`)

// decoded turns what the driver scanned into one of: nil, bool, string, json.Number, []any, map[string]any. The name
// of the column's type says how times are written, which the driver's time.Time no longer tells.
func decoded(v reflect.Value, typeName string) any {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case time.Time:
		return x.Format(layout(typeName))
	case fmt.Stringer:
		return x.String()
	}
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return json.Number(strconv.FormatInt(v.Int(), 10))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return json.Number(strconv.FormatUint(v.Uint(), 10))
	case reflect.Float32:
		return float(v.Float(), 32)
	case reflect.Float64:
		return float(v.Float(), 64)
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = decoded(v.Index(i), typeName)
		}
		return list
	case reflect.Map:
		object := make(map[string]any, v.Len())
		for _, k := range v.MapKeys() {
			object[plain(decoded(k, typeName), "NULL")] = decoded(v.MapIndex(k), typeName)
		}
		return object
	}
	return fmt.Sprint(v.Interface())
}

func layout(typeName string) string {
	if m := datetime64.FindStringSubmatch(typeName); m != nil {
		if m[1] == "0" {
			return time.DateTime
		}
		n, _ := strconv.Atoi(m[1])
		return time.DateTime + "." + strings.Repeat("0", n)
	}
	if strings.Contains(typeName, "DateTime") {
		return time.DateTime
	}
	return time.DateOnly
}

// float is a number, or nil where JSON has none: a division by zero is not known, not a string.
func float(x float64, bits int) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	format := byte('f')
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	return json.Number(strconv.FormatFloat(x, format, -1, bits))
}

func encode(v any) ([]byte, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return []byte(strings.TrimSuffix(b.String(), "\n")), nil
}

// plain is a value as a field of text: strings as they are, lists and maps as JSON.
func plain(v any, null string) string {
	switch x := v.(type) {
	case nil:
		return null
	case string:
		return x
	case bool:
		return strconv.FormatBool(x)
	case json.Number:
		return x.String()
	}
	text, err := encode(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
