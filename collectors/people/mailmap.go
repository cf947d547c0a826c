package people

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/baserate/baserate/record"
)

// entry is a line of a mailmap: names may be empty.
var entry = regexp.MustCompile(`^([^<#]*)<([^>]*)>(?:([^<#]*)<([^>]*)>)?\s*(?:#.*)?$`)

// readMailmap joins addresses that a mailmap says are one person's, where the people file does not say whose they are. The
// person is the one that the file knows by either address, else the proper address itself.
func (w *who) readMailmap(path string) ([]record.Warning, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read mailmap: %w", err)
	}
	var warnings []record.Warning
	warn := func(n int, code, detail string, loss bool) {
		warnings = append(warnings, record.Warning{Code: code, Subject: fmt.Sprintf("%s:%d", path, n+1), Detail: detail, Loss: loss})
	}
	for n, line := range strings.Split(string(body), "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := entry.FindStringSubmatch(line)
		switch {
		case m == nil:
			warn(n, "mailmap_line", "not a line of a mailmap: left out", true)
		case m[4] == "": // a name for an address, and no second address
		case strings.TrimSpace(m[3]) != "":
			warn(n, "mailmap_by_name", "an address that is somebody's only together with a name says nothing of whose it is: left out", false)
		default:
			if err := w.join(m[2], m[4]); err != nil {
				warn(n, "mailmap_line", "an address "+err.Error()+": left out", true)
			}
		}
	}
	return warnings, nil
}

// join makes two addresses one person's.
func (w *who) join(proper, other string) error {
	a, err := account(strings.TrimSpace(proper))
	if err != nil {
		return err
	}
	b, err := account(strings.TrimSpace(other))
	if err != nil {
		return err
	}
	one, two := key(a), key(b)
	whose := owner{person: a.Login, origin: "mailmap"}
	if by, known := w.owner[one]; known {
		whose.person = by.person
	} else if by, known := w.owner[two]; known {
		whose.person = by.person
	}
	for _, k := range []string{one, two} {
		if _, known := w.owner[k]; !known {
			w.owner[k] = whose
		}
	}
	return nil
}
