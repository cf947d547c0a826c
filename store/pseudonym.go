package store

import (
	"context"
	"crypto/rand"
	little "encoding/binary"
	"fmt"
)

// ensurePseudonymKey makes the key of the pseudonyms, once in the life of a database.
func ensurePseudonymKey(ctx context.Context, o Options) error {
	o.Database = Database
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer s.Close()
	rows, err := Select[struct {
		Keys uint64 `ch:"keys"`
	}](ctx, s, query("pseudonym_keys"), nil)
	if err != nil {
		return fmt.Errorf("read the key of pseudonyms: %w", err)
	}
	if rows[0].Keys > 0 {
		return nil
	}
	var key [16]byte
	if _, err := rand.Read(key[:]); err != nil {
		return fmt.Errorf("make the key of pseudonyms: %w", err)
	}
	columns := []any{[]uint64{little.LittleEndian.Uint64(key[:8])}, []uint64{little.LittleEndian.Uint64(key[8:])}, []uint64{s.Version()}}
	return s.Insert(ctx, query("insert_pseudonym_key"), columns)
}
