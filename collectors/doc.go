// Package collectors runs collectors and keeps what they bring.
//
// A [Collector] reads one stream of one scope of a source, such as the pull requests of an organisation, and yields
// batches; a [Task] is a collector with these names. The [Runner] saves each batch's facts through a [Sink], then the
// cursor, and writes the coverage ledger; one failing task never stops another. Each source has a folder of its own and is listed by hand where it is wired, in cmd/baserate.
package collectors
