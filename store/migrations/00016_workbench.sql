-- +goose Up

-- What was run in the workbench, by whoever reached the server. ORDER BY the start: the list shows the newest.
CREATE TABLE sql_history
(
    id         String,
    started_at DateTime64(3, 'UTC'),
    sql        String,
    params     Map(String, String),
    status     LowCardinality(String) COMMENT 'done, failed or cancelled',
    rows       UInt64 COMMENT 'that were shown',
    truncated  Bool COMMENT 'there were more',
    read_rows  UInt64,
    read_bytes UInt64,
    millis     UInt64 COMMENT 'from the start to the end',
    error_code LowCardinality(String),
    error      String
)
ENGINE = MergeTree
ORDER BY (started_at, id)
TTL toDateTime(started_at) + INTERVAL 180 DAY;

-- Saved queries. ORDER BY its key: read whole, there are few.
CREATE TABLE sql_saved
(
    slug     String,
    name     String,
    sql      String,
    params   Map(String, String),
    saved_at DateTime64(3, 'UTC'),
    deleted  Bool,
    version  UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY slug;
