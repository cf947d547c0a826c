-- Facts beyond a history: proposals, looks, rights, deployments, outages, use of AI, people. As in 00001, every table is
-- a ReplacingMergeTree on the fact's natural key, read with FINAL; `version` is the nanosecond of saving.

-- +goose Up

-- ORDER BY (repo, number): a pull request is looked up by its number, always within one repository.
CREATE TABLE pull_requests
(
    source           LowCardinality(String),
    repo             LowCardinality(String),
    number           UInt32,
    title            String CODEC(ZSTD(1)),
    body             String CODEC(ZSTD(3)),
    branch           String CODEC(ZSTD(1)),
    base             LowCardinality(String),
    author           String,
    author_kind      LowCardinality(String),
    merged_by        String,
    merged_by_kind   LowCardinality(String),
    created_at       DateTime64(0, 'UTC'),
    ready_at         DateTime64(0, 'UTC'),
    merged_at        Nullable(DateTime64(0, 'UTC')),
    closed_at        Nullable(DateTime64(0, 'UTC')),
    updated_at       DateTime64(0, 'UTC'),
    merge_sha        String,
    head_sha         String,
    label_names      Array(LowCardinality(String)),
    label_times      Array(DateTime64(0, 'UTC')),
    commits          Array(String) CODEC(ZSTD(1)),
    review_comments  UInt32,
    reviews_complete Bool,
    version          UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, number);

-- ORDER BY (repo, number, id): read beside the pull request that it is about.
CREATE TABLE reviews
(
    source       LowCardinality(String),
    repo         LowCardinality(String),
    number       UInt32,
    id           String,
    author       String,
    author_kind  LowCardinality(String),
    state        LowCardinality(String),
    sha          String,
    submitted_at DateTime64(0, 'UTC'),
    version      UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, number, id);

-- ORDER BY (repo, source, account, seen_at): what somebody could do at a moment is the newest row before it.
CREATE TABLE permissions
(
    repo    LowCardinality(String),
    source  LowCardinality(String),
    account String,
    kind    LowCardinality(String),
    level   LowCardinality(String),
    grant   LowCardinality(String),
    seen_at DateTime64(0, 'UTC'),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, source, account, seen_at);

-- ORDER BY (repo, id): the key; deployments are matched to landings of one repository by hash.
CREATE TABLE deployments
(
    repo         LowCardinality(String),
    id           String,
    sha          String,
    environment  LowCardinality(String),
    source       LowCardinality(String),
    creator      String,
    creator_kind LowCardinality(String),
    created_at   DateTime64(0, 'UTC'),
    finished_at  Nullable(DateTime64(0, 'UTC')),
    failed       Bool,
    version      UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, id);

-- ORDER BY its key: incidents are few, and read whole.
CREATE TABLE incidents
(
    source      LowCardinality(String),
    id          String,
    title       String,
    severity    UInt8,
    declared_at DateTime64(0, 'UTC'),
    started_at  DateTime64(0, 'UTC'),
    resolved_at Nullable(DateTime64(0, 'UTC')),
    updated_at  DateTime64(0, 'UTC'),
    services    Array(LowCardinality(String)),
    repos       Array(String),
    url         String,
    cause_type  LowCardinality(String),
    drill       Bool,
    deleted     Bool,
    version     UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, id);

-- ORDER BY (repo, …): causes are joined with the changes of one repository.
CREATE TABLE causes
(
    repo      LowCardinality(String),
    source    LowCardinality(String),
    incident  String,
    role      LowCardinality(String),
    kind      LowCardinality(String),
    ref       String,
    method    LowCardinality(String),
    score     Float32,
    stated_at DateTime64(0, 'UTC'),
    version   UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, source, incident, role, ref, method);

-- ORDER BY (day, …): adoption is asked by week.
CREATE TABLE usage
(
    day          Date,
    source       LowCardinality(String),
    account      String,
    tool         LowCardinality(String),
    interactions UInt32,
    lines        UInt32,
    version      UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (day, source, account, tool);

-- ORDER BY (source, account, from_at): whose an account was at a moment is the newest row before it.
CREATE TABLE members
(
    source  LowCardinality(String),
    account String,
    person  String,
    team    LowCardinality(String),
    from_at DateTime64(0, 'UTC'),
    to_at   Nullable(DateTime64(0, 'UTC')),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, account, from_at);

-- ORDER BY its key.
CREATE TABLE profiles
(
    repo     String,
    team     LowCardinality(String),
    tier     UInt8,
    services Array(LowCardinality(String)),
    version  UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY repo;
