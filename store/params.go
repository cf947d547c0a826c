package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// Settings are the engine's, by name.
type Settings = clickhouse.Settings

// WithSettings returns a context for queries that the engine is to run in a way of their own; settings that the context had are gone.
func WithSettings(ctx context.Context, s Settings) context.Context {
	return clickhouse.Context(ctx, clickhouse.WithSettings(s))
}

// Params are the values of a query's typed placeholders {name:Type}. A value is a string, bool, integer, float,
// time (to the second, UTC), a slice of strings or one of whole numbers.
type Params map[string]any

// bind adds the parameters to the context of one query.
func (p Params) bind(ctx context.Context) (context.Context, error) {
	if len(p) == 0 {
		return ctx, nil
	}
	text, err := p.Encoded()
	if err != nil {
		return nil, err
	}
	return clickhouse.Context(ctx, clickhouse.WithParameters(text)), nil
}

// Encoded returns the values as the server reads them.
func (p Params) Encoded() (map[string]string, error) {
	text := make(map[string]string, len(p))
	for name, value := range p {
		encoded, err := encode(value)
		if err != nil {
			return nil, fmt.Errorf("parameter %s: %w", name, err)
		}
		text[name] = encoded
	}
	return text, nil
}

// encode writes a value the way the server reads parameters: a string in the escaped form of tab-separated values,
// an array as a literal of quoted strings.
func encode(value any) (string, error) {
	switch v := value.(type) {
	case string:
		return escape(v), nil
	case []string:
		quoted := make([]string, len(v))
		for i, s := range v {
			quoted[i] = "'" + strings.ReplaceAll(escape(s), `'`, `\'`) + "'"
		}
		return "[" + strings.Join(quoted, ",") + "]", nil
	case []uint64:
		return strings.ReplaceAll(fmt.Sprint(v), " ", ","), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int, int32, int64, uint8, uint16, uint32, uint64:
		return fmt.Sprint(v), nil
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64), nil
	case time.Time:
		return v.UTC().Format("2006-01-02 15:04:05"), nil
	}
	return "", fmt.Errorf("type %T has no encoding", value)
}

var escapes = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\x00", `\0`, "\b", `\b`, "\f", `\f`)

func escape(s string) string { return escapes.Replace(s) }
