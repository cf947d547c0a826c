package git

import (
	"encoding/hex"
	"fmt"
)

// oid names an object: 20 bytes of SHA-1, padded with zeros, or 32 of SHA-256.
type oid [32]byte

// parseOID reads 40 or 64 hexadecimal digits.
func parseOID(text []byte) (oid, error) {
	var id oid
	if len(text) != 40 && len(text) != 64 {
		return id, fmt.Errorf("object name %.80q: want 40 or 64 hexadecimal digits", text)
	}
	if _, err := hex.Decode(id[:], text); err != nil {
		return id, fmt.Errorf("object name %q: %w", text, err)
	}
	return id, nil
}

func (id oid) isZero() bool { return id == oid{} }

// format is a repository's object format, by the number of bytes in a name.
type format int

const (
	formatSHA1   format = 20
	formatSHA256 format = 32
)

// hex writes id as git does in this format.
func (f format) hex(id oid) string { return hex.EncodeToString(id[:f]) }

// appendHex appends id as git writes it in this format.
func (f format) appendHex(dst []byte, id oid) []byte { return hex.AppendEncode(dst, id[:f]) }

// String is the format's name in extensions.objectFormat.
func (f format) String() string {
	if f == formatSHA256 {
		return "sha256"
	}
	return "sha1"
}
