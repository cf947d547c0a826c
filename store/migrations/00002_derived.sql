-- What follows from the facts. Every row here can be thrown away and derived again; `is_deleted` marks rows that
-- no longer follow, such as a change whose commit was force-pushed away.

-- +goose Up

-- One row a commit: who or what wrote it, by which evidence, under which rules. The evidence is kept in arrays of
-- the same row, so that a new verdict replaces all of the old one at once. ORDER BY as commits, which it is made
-- from and joined with.
CREATE TABLE verdicts
(
    repo          LowCardinality(String),
    sha           String,
    class         LowCardinality(String),
    tool          LowCardinality(String),
    autonomy      LowCardinality(String),
    mode          LowCardinality(String),
    scope         LowCardinality(String),
    confidence    Float32,
    rules         Array(LowCardinality(String)),
    tools         Array(LowCardinality(String)),
    modes         Array(LowCardinality(String)),
    autonomies    Array(LowCardinality(String)),
    quotes        Array(String) CODEC(ZSTD(1)),
    confidences   Array(Float32),
    branch_rule       LowCardinality(String),
    branch_tool       LowCardinality(String),
    branch_class      LowCardinality(String),
    branch_autonomy   LowCardinality(String),
    branch_confidence Float32,
    branch_quote      String,
    notes_version UInt64,
    rules_version LowCardinality(String),
    version       UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, sha);

-- A change before its outcomes: one row a commit of the default branch's first-parent chain. ORDER BY (repo,
-- position): what came before is a range of one repository, which is how fixes find what they fix.
CREATE TABLE landings
(
    repo            LowCardinality(String),
    position        UInt32,
    sha             String,
    kind            LowCardinality(String),
    method          LowCardinality(String),
    pr_number       UInt32,
    title           String CODEC(ZSTD(1)),
    landed_at       DateTime64(0, 'UTC'),
    author_class    LowCardinality(String),
    tool            LowCardinality(String),
    tools           Array(LowCardinality(String)),
    autonomy        LowCardinality(String),
    mode            LowCardinality(String),
    confidence      Float32,
    review_state    LowCardinality(String),
    commits         UInt32,
    ai_commits      UInt32,
    additions       UInt64,
    deletions       UInt64,
    size_known      Bool,
    paths           Array(String) CODEC(ZSTD(1)),
    people          Array(UInt64),
    version         UInt64,
    is_deleted      UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, position, sha);

-- Which change undid or repaired which. ORDER BY (repo, target, …): the outcomes of a change are gathered by its
-- hash; source and method complete the key.
CREATE TABLE links
(
    repo       LowCardinality(String),
    target     String,
    source     String,
    relation   LowCardinality(String),
    method     LowCardinality(String),
    score      Float32,
    effective  Bool,
    at         DateTime64(0, 'UTC'),
    version    UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, target, source, relation, method);

-- The unit of analysis, complete. `people` are hashes of the addresses of the persons who made a change, only ever
-- counted, so that groups too small to speak of can be left out; no view shows them. ORDER BY (repo, landed_at, sha): comparisons are made within a repository and a
-- quarter, lists are read by time, and a repository is derived as a whole. landed_at belongs to the commit and
-- never moves, so the key is as stable as (repo, sha).
CREATE TABLE changes
(
    change_id    String,
    kind         LowCardinality(String),
    method       LowCardinality(String),
    repo         LowCardinality(String),
    sha          String,
    pr_number    UInt32,
    title        String CODEC(ZSTD(1)),
    landed_at    DateTime64(0, 'UTC') CODEC(Delta, ZSTD(1)),
    author_class LowCardinality(String),
    tool         LowCardinality(String),
    tools        Array(LowCardinality(String)),
    autonomy     LowCardinality(String),
    mode         LowCardinality(String),
    confidence   Float32,
    review_state LowCardinality(String),
    commits      UInt32,
    ai_commits   UInt32,
    additions    UInt64,
    deletions    UInt64,
    size_known   Bool,
    files        UInt32,
    people       Array(UInt64),
    reverted_at  Nullable(DateTime64(0, 'UTC')),
    hotfixed_at  Nullable(DateTime64(0, 'UTC')),
    mature       Bool,
    version      UInt64,
    is_deleted   UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, landed_at, sha);

-- Which facts and which definitions a repository's derived rows were made from. ORDER BY its key.
CREATE TABLE derivations
(
    repo          String,
    facts_version UInt64,
    definitions   String,
    version       UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY repo;
