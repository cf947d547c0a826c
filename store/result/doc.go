// Package result writes the rows of a query as text: CSV and CSVWithNames (RFC 4180), JSONEachRow (one object a line)
// and Pretty (a table for a terminal). Values look as ClickHouse's own client writes them; integers of any size are exact.
package result
