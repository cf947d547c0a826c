package actions

import "bytes"

// readsOnly reports whether a record of CloudTrail says of itself that it only read, and is not the opening of a session. Most
// records are such, and need not be decoded. Only the record's own keys count: a request may hold a readOnly of its own.
func readsOnly(data []byte) bool {
	at := topLevel(data, `"readOnly"`)
	if at < 0 {
		return false
	}
	value := bytes.TrimLeft(data[at:], " \t\r\n:\"")
	return bytes.HasPrefix(value, []byte("true")) && !bytes.Contains(data, []byte(`"AssumeRole`))
}

// topLevel finds what follows a quoted key of the outermost object, -1 when there is none.
func topLevel(data []byte, key string) int {
	for from := 0; ; {
		at := bytes.Index(data[from:], []byte(key))
		if at < 0 {
			return -1
		}
		at += from
		from = at + len(key)
		if depthAt(data, at) == 1 && bytes.HasPrefix(bytes.TrimLeft(data[from:], " \t\r\n"), []byte(":")) {
			return from
		}
	}
}

// depthAt is how many objects are open before a place, and -1 within a string.
func depthAt(data []byte, place int) int {
	depth, quoted, escaped := 0, false, false
	for _, b := range data[:place] {
		switch {
		case escaped:
			escaped = false
		case quoted:
			quoted, escaped = b != '"', b == '\\'
		case b == '"':
			quoted = true
		case b == '{':
			depth++
		case b == '}':
			depth--
		}
	}
	if quoted {
		return -1
	}
	return depth
}
