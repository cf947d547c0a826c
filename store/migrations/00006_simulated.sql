-- A simulated fleet's changes, as integers. Names, hashes and everything else that follows from them is made by
-- derive/step/expand.sql, so that a hundred million changes are written as fast as they can be drawn.

-- +goose Up

-- ORDER BY (repo, at, id): a fleet is expanded some repositories at a time, into a table that is ordered by repository
-- and time. repo, author and team count from 1; times are seconds, after the landing where they are named so. 0 stands for no
-- incident and no control.
CREATE TABLE simulated
(
    repo           UInt16,
    at             UInt32 CODEC(Delta, ZSTD(1)),
    id             UInt32 CODEC(Delta, ZSTD(1)),
    author         UInt32,
    team           UInt16,
    tier           UInt8,
    permission     UInt8,
    lines          UInt16,
    files          UInt8,
    reviewed       Bool,
    class          UInt8,
    denied         Bool,
    late           Bool,
    incident_after UInt32,
    severity       UInt8,
    outage         UInt16,
    control_after  UInt32
)
ENGINE = ReplacingMergeTree
ORDER BY (repo, at, id);

-- What was simulated and what is true of it. ORDER BY its version: the newest is the one.
CREATE TABLE simulations
(
    scenario String,
    seed     UInt64,
    changes  UInt64,
    path     LowCardinality(String),
    truth    String,
    made_at  DateTime64(0, 'UTC'),
    version  UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY version;
