// Package figures holds the figures of the pages: tables of numbers that one query each makes, with what every column means and
// which rows are behind every number. One definition serves the page, the API, the CSV, the command line and the dictionary.
//
// A figure is two files: an entry in define/*.yaml and its query in query/ID.sql. Every query may use the parameters of
// Filter.params, and none other.
package figures
