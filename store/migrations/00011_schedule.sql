-- +goose Up

-- Sources that are not collected until somebody lets them again. ORDER BY its key; one row a source, read at every start.
CREATE TABLE schedule_pauses
(
    source  LowCardinality(String),
    paused  Bool,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY source;
