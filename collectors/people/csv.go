package people

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
)

var fields = []string{"person", "accounts", "team", "from", "to"}

// parseCSV reads rows under a header that names the columns in any order.
func parseCSV(body []byte) ([]row, []error) {
	r := csv.NewReader(bytes.NewReader(body))
	r.Comment = '#'
	r.TrimLeadingSpace = true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, []error{errors.New("it is empty: its first line names the columns " + strings.Join(fields, ","))}
	}
	if err != nil {
		return nil, []error{err}
	}
	if problems := checkHeader(header); problems != nil {
		return nil, problems
	}
	var rows []row
	var problems []error
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, problems
		}
		if err != nil { // says the line itself
			problems = append(problems, err)
			if !errors.Is(err, csv.ErrFieldCount) {
				return rows, problems
			}
			continue
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, csvRow(line, header, record))
	}
}

func checkHeader(header []string) []error {
	var problems []error
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
		switch {
		case !slices.Contains(fields, header[i]):
			problems = append(problems, wrong(1, name, "there is no such column; there are %s", strings.Join(fields, ", ")))
		case slices.Contains(header[:i], header[i]):
			problems = append(problems, wrong(1, name, "the column is there twice"))
		}
	}
	if !slices.Contains(header, "person") {
		problems = append(problems, wrong(1, "person", "the column is missing"))
	}
	return problems
}

func csvRow(line int, header, record []string) row {
	r := row{line: line}
	for i, name := range header {
		value := strings.TrimSpace(record[i])
		switch name {
		case "person":
			r.person = value
		case "accounts":
			for _, a := range strings.Split(value, ";") {
				if a = strings.TrimSpace(a); a != "" {
					r.accounts = append(r.accounts, a)
				}
			}
		case "team":
			r.team = value
		case "from":
			r.from = value
		case "to":
			r.to = value
		}
	}
	return r
}
