package people

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// row is a row of a people file as it stands there.
type row struct {
	line     int
	person   string
	accounts []string
	team     string
	from, to string
}

// readFile reads a people file in the form that its name says. The error holds everything that is wrong with it.
func readFile(path string) (who, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return who{}, fmt.Errorf("read people: %w", err)
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	var rows []row
	var problems []error
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".csv":
		rows, problems = parseCSV(body)
	case ".yaml", ".yml":
		rows, problems = parseYAML(body)
	default:
		return who{}, fmt.Errorf("read people: %s: a people file ends in .csv, .yaml or .yml", path)
	}
	all, more := gather(rows)
	problems = append(problems, more...)
	for i, p := range problems {
		problems[i] = fmt.Errorf("%s: %w", path, p)
	}
	return all, errors.Join(problems...)
}

// wrong says what is wrong with a field of a line.
func wrong(line int, field, format string, args ...any) error {
	return fmt.Errorf("line %d: %s: %s", line, field, fmt.Sprintf(format, args...))
}
