// Package store keeps the facts and what is derived from them in ClickHouse, over one clickhouse-go connection.
//
// The database baserate_store holds the tables (migrations/); the database baserate holds the views that analysts
// read. Every query is a file in query/, run by the Go function of the same name; parameters are typed
// placeholders {name:Type}, never pieces of text. It makes no difference to this package whether the server is the
// embedded engine (package embedded) or a cluster.
package store
