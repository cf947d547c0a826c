package actions

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// resource is what an event was about: what it lists, or the first name in its request.
func (e *trailEvent) resource() string {
	for _, r := range e.Resources {
		if r.ARN != "" {
			return r.ARN
		}
	}
	return firstName(e.Request)
}

// firstName is the value of the first key in a request that names something, in the order of the request.
func firstName(request json.RawMessage) string {
	found := ""
	walkStrings(request, func(path []string, value string) bool {
		if key := path[len(path)-1]; value != "" && names(key) {
			found = value
		}
		return found == ""
	})
	return found
}

// names reports whether a key of a request names what it is about. Tokens are for asking again, and no names.
func names(key string) bool {
	lower := strings.ToLower(key)
	if strings.Contains(lower, "token") || lower == "requestid" || lower == "clientrequestid" {
		return false
	}
	return slices.ContainsFunc([]string{"arn", "name", "id", "identifier", "key"}, func(end string) bool { return strings.HasSuffix(lower, end) })
}

// tagsOf are the tags in a request, in the forms that services write them: an object of keys and values, or a list of pairs.
func tagsOf(request json.RawMessage, where string) []label {
	if !bytes.Contains(request, []byte("ag")) { // tags, Tag, tagSet, principalTags
		return nil
	}
	var all []label
	var key string
	walkStrings(request, func(path []string, value string) bool {
		if !slices.ContainsFunc(path, func(p string) bool { return strings.Contains(strings.ToLower(p), "tag") }) {
			return true
		}
		switch last := path[len(path)-1]; strings.ToLower(last) {
		case "key", "tagkey":
			key = value
		case "value", "tagvalue":
			all = append(all, label{where, key, value})
			key = ""
		default:
			all = append(all, label{where, last, value})
		}
		return true
	})
	return all
}

// walkStrings visits the strings of a JSON value in their order, with the keys above them, until visit says no.
func walkStrings(value json.RawMessage, visit func(path []string, value string) bool) {
	d := json.NewDecoder(bytes.NewReader(value))
	d.UseNumber()
	walkValue(d, nil, visit)
}

// walkValue visits the value that comes next, and reports whether to go on.
func walkValue(d *json.Decoder, path []string, visit func([]string, string) bool) bool {
	token, err := d.Token()
	if err != nil {
		return false
	}
	switch token := token.(type) {
	case string:
		return len(path) == 0 || visit(path, token)
	case json.Delim:
		for d.More() {
			inner := path
			if token == '{' {
				key, err := d.Token()
				if err != nil {
					return false
				}
				inner = append(path, key.(string))
			}
			if !walkValue(d, inner, visit) {
				return false
			}
		}
		_, err := d.Token()
		return err == nil
	}
	return true
}
