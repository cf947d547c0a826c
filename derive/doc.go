// Package derive makes changes and links out of facts, as SQL steps inside ClickHouse (step/*.sql).
//
// It works on whole repositories: those with new facts, or derived under older definitions, are derived anew and
// their former rows retired. What results depends on the facts alone, not on the order or the number of
// collections that brought them. Only the attribution of commits passes through Go, because it is Go.
package derive
