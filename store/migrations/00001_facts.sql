-- The facts, as sources stated them. Every table is a ReplacingMergeTree on the fact's natural key, so that
-- saving a batch twice changes nothing; read them with FINAL. `version` is the nanosecond at which a fact was
-- saved: the newest wins.

-- +goose Up

-- ORDER BY repo first: facts are derived and read one repository at a time. The natural key follows from it.
CREATE TABLE repositories
(
    repo           String,
    path           String,
    default_branch String,
    root           String,
    shallow        Bool,
    partial        Bool,
    version        UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY repo;

-- ORDER BY (repo, sha): a commit is looked up by its hash when reverts, fixes and notes are resolved, always
-- within one repository. Messages are kept whole, so that new rules can be run over old facts.
CREATE TABLE commits
(
    repo                LowCardinality(String),
    sha                 String,
    parents             Array(String),
    author_name         String CODEC(ZSTD(1)),
    author_email        String CODEC(ZSTD(1)),
    committer_name      String CODEC(ZSTD(1)),
    committer_email     String CODEC(ZSTD(1)),
    raw_author_name     String CODEC(ZSTD(1)),
    raw_author_email    String CODEC(ZSTD(1)),
    raw_committer_name  String CODEC(ZSTD(1)),
    raw_committer_email String CODEC(ZSTD(1)),
    authored_at         DateTime64(0, 'UTC'),
    committed_at        DateTime64(0, 'UTC'),
    author_zone         Int16,
    message             String CODEC(ZSTD(1)),
    trailer_keys        Array(LowCardinality(String)),
    trailer_values      Array(String) CODEC(ZSTD(1)),
    paths               Array(String) CODEC(ZSTD(1)),
    path_additions      Array(UInt32),
    path_deletions      Array(UInt32),
    path_binary         Array(Bool),
    files_unknown       Bool,
    version             UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, sha);

-- Where a commit stands changes with every collection, the commit never does: so it is a table of its own, small
-- to rewrite. Same key and order as commits, for a merge join without sorting.
CREATE TABLE placements
(
    repo           LowCardinality(String),
    sha            String,
    reachable      Bool,
    position       UInt32,
    landed_by      String,
    paths          Array(String) CODEC(ZSTD(1)),
    path_additions Array(UInt32),
    path_deletions Array(UInt32),
    path_binary    Array(Bool),
    files_unknown  Bool,
    version        UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, sha);

-- ORDER BY (repo, sha, ref): read beside the commit that it is about.
CREATE TABLE notes
(
    repo    LowCardinality(String),
    sha     String,
    ref     LowCardinality(String),
    text    String CODEC(ZSTD(3)),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, sha, ref);

-- ORDER BY (repo, ref, …): one ref's story is read in one piece; the rest of the key keeps every move.
CREATE TABLE ref_updates
(
    repo    LowCardinality(String),
    ref     String,
    old     String,
    new     String,
    forced  Bool,
    seen_at DateTime64(3, 'UTC'),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, ref, old, new);

-- The coverage ledger: one row a run of a source over a scope. ORDER BY puts the runs of one scope side by side,
-- oldest first, since the question is always what the last one brought.
CREATE TABLE collections
(
    source           LowCardinality(String),
    scope            String,
    stream           LowCardinality(String),
    started_at       DateTime64(3, 'UTC'),
    finished_at      Nullable(DateTime64(3, 'UTC')),
    status           LowCardinality(String),
    rows             UInt64,
    requests         UInt64,
    data_from        Nullable(DateTime64(0, 'UTC')),
    data_to          Nullable(DateTime64(0, 'UTC')),
    error            String,
    warning_codes    Array(LowCardinality(String)),
    warning_subjects Array(String),
    warning_details  Array(String),
    version          UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, scope, stream, started_at);

-- How far a collector came. One row a scope; apart from the ledger, because a cursor may be large and is read
-- at every start.
CREATE TABLE cursors
(
    source  LowCardinality(String),
    scope   String,
    cursor  String CODEC(ZSTD(3)),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, scope);
