// Package collectors runs collectors and keeps what they bring.
//
// A [Collector] reads one scope of one source, such as one repository, and yields batches. The [Runner] saves
// each batch's facts through a [Sink], then the cursor, and writes the coverage ledger; one failing scope never
// stops another. Each source has a folder of its own and is listed by hand where it is wired, in cmd/baserate.
package collectors
