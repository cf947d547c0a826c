package alertmanager

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

// sameToken compares a header Authorization with a token in a time that does not depend on how much of it is right.
func sameToken(header, token string) bool {
	scheme, given, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return false
	}
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(token)) // of one length whatever was given
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// signed reports whether a signature "sha256=<hex>" is that of the body.
func signed(body []byte, signature, secret string) bool {
	digest, is := strings.CutPrefix(signature, "sha256=")
	given, err := hex.DecodeString(digest)
	if !is || err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}
