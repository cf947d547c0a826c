-- Answers as they were given at a moment, so that a link to "this view with these numbers" shows them for good. An address is that of
-- the API with its query. ORDER BY its key.

-- +goose Up

CREATE TABLE pins
(
    address String,
    at      DateTime64(3, 'UTC'),
    body    String CODEC(ZSTD(6)),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (address, at);
