-- Facts from forges, trackers and audit logs. As in 00001, every table is a ReplacingMergeTree on the fact's natural key, read
-- with FINAL, and `version` is the nanosecond of saving. Where a source says when it last touched a thing, the newest of those
-- times wins whatever the order of saving: an old export that is imported late changes nothing.

-- +goose Up

-- ORDER BY as before; the cursor of every stream of a scope is its own.
CREATE TABLE cursors_of_streams
(
    source  LowCardinality(String),
    scope   String,
    stream  LowCardinality(String),
    cursor  String CODEC(ZSTD(3)),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, scope, stream);

INSERT INTO cursors_of_streams SELECT source, scope, 'history', cursor, version FROM cursors FINAL;
DROP TABLE cursors;
RENAME TABLE cursors_of_streams TO cursors;

-- The key by which accounts and persons become pseudonyms: one row, made when the database is. Whoever has it can tell whether
-- a name that they know is behind a pseudonym, so nothing that analysts may read names this table.
CREATE TABLE pseudonym_key
(
    k0      UInt64,
    k1      UInt64,
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY tuple();

-- ORDER BY (repo, number), as before.
CREATE TABLE pull_requests_by_update
(
    source           LowCardinality(String),
    repo             LowCardinality(String),
    number           UInt32,
    id               String,
    title            String CODEC(ZSTD(1)),
    body             String CODEC(ZSTD(3)),
    branch           String CODEC(ZSTD(1)),
    base             LowCardinality(String),
    author           String,
    author_kind      LowCardinality(String),
    merged_by        String,
    merged_by_kind   LowCardinality(String),
    assignees        Array(String),
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
    additions        UInt32,
    deletions        UInt32,
    files            UInt32,
    size_known       Bool,
    review_comments  UInt32,
    reviews_complete Bool,
    deleted          Bool,
    version          UInt64
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (repo, number);

INSERT INTO pull_requests_by_update (source, repo, number, title, body, branch, base, author, author_kind, merged_by, merged_by_kind, created_at,
    ready_at, merged_at, closed_at, updated_at, merge_sha, head_sha, label_names, label_times, commits, review_comments, reviews_complete, version)
SELECT source, repo, number, title, body, branch, base, author, author_kind, merged_by, merged_by_kind, created_at,
    ready_at, merged_at, closed_at, updated_at, merge_sha, head_sha, label_names, label_times, commits, review_comments, reviews_complete, version
FROM pull_requests FINAL;
EXCHANGE TABLES pull_requests AND pull_requests_by_update;
DROP TABLE pull_requests_by_update;

-- ORDER BY its key.
CREATE TABLE incidents_by_update
(
    source          LowCardinality(String),
    id              String,
    title           String,
    severity        UInt8,
    declared_at     DateTime64(0, 'UTC'),
    started_at      DateTime64(0, 'UTC'),
    resolved_at     Nullable(DateTime64(0, 'UTC')),
    updated_at      DateTime64(0, 'UTC'),
    services        Array(LowCardinality(String)),
    repos           Array(String),
    url             String,
    cause_type      LowCardinality(String),
    drill           Bool,
    deleted         Bool,
    status          LowCardinality(String),
    detected_at     Nullable(DateTime64(0, 'UTC')),
    acknowledged_at Nullable(DateTime64(0, 'UTC')),
    mitigated_at    Nullable(DateTime64(0, 'UTC')),
    environment     LowCardinality(String),
    summary         String CODEC(ZSTD(3)),
    postmortem_url  String,
    extra           Map(String, String),
    version         UInt64
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (source, id);

INSERT INTO incidents_by_update (source, id, title, severity, declared_at, started_at, resolved_at, updated_at, services, repos, url, cause_type,
    drill, deleted, version)
SELECT source, id, title, severity, declared_at, started_at, resolved_at, updated_at, services, repos, url, cause_type, drill, deleted, version
FROM incidents FINAL;
EXCHANGE TABLES incidents AND incidents_by_update;
DROP TABLE incidents_by_update;

-- ORDER BY as before, and by the kind: deployment 12 and pull request 12 of a repository are two.
CREATE TABLE causes_by_kind
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
    url       String,
    by_source LowCardinality(String),
    stated_by String,
    version   UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, source, incident, role, kind, ref, method);

INSERT INTO causes_by_kind (repo, source, incident, role, kind, ref, method, score, stated_at, version)
SELECT repo, source, incident, role, kind, ref, method, score, stated_at, version FROM causes FINAL;
EXCHANGE TABLES causes AND causes_by_kind;
DROP TABLE causes_by_kind;

-- ORDER BY (source, incident, change): read beside the incident's candidates.
CREATE TABLE confirmations
(
    source    LowCardinality(String),
    incident  String,
    change    String,
    confirmed Bool,
    decided_by String,
    at        DateTime64(3, 'UTC'),
    version   UInt64
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (source, incident, change);

-- ORDER BY (source, id): the key; renames are new versions.
CREATE TABLE hosted_repositories
(
    source         LowCardinality(String),
    id             String,
    node           String,
    repo           String,
    default_branch String,
    archived       Bool,
    fork           Bool,
    private        Bool,
    created_at     Nullable(DateTime64(0, 'UTC')),
    pushed_at      Nullable(DateTime64(0, 'UTC')),
    version        UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, id);

-- ORDER BY (repo, sha, number): commits of pull requests are looked up by hash, as commits are.
CREATE TABLE pull_commits
(
    repo            LowCardinality(String),
    number          UInt32,
    sha             String,
    author_name     String CODEC(ZSTD(1)),
    author_email    String CODEC(ZSTD(1)),
    committer_name  String CODEC(ZSTD(1)),
    committer_email String CODEC(ZSTD(1)),
    authored_at     DateTime64(0, 'UTC'),
    committed_at    DateTime64(0, 'UTC'),
    message         String CODEC(ZSTD(1)),
    version         UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, sha, number);

-- ORDER BY (repo, number, …): read beside the pull request.
CREATE TABLE pull_events
(
    source     LowCardinality(String),
    repo       LowCardinality(String),
    number     UInt32,
    id         String,
    kind       LowCardinality(String),
    actor      String,
    actor_kind LowCardinality(String),
    at         DateTime64(0, 'UTC'),
    before_sha String,
    after_sha  String,
    version    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, number, kind, at, id);

-- ORDER BY (repo, source, id): the key; tasks are joined with the pull requests of one repository.
CREATE TABLE agent_tasks
(
    source       LowCardinality(String),
    repo         LowCardinality(String),
    id           String,
    tool         LowCardinality(String),
    creator      String,
    creator_kind LowCardinality(String),
    number       UInt32,
    state        LowCardinality(String),
    created_at   DateTime64(0, 'UTC'),
    updated_at   DateTime64(0, 'UTC'),
    version      UInt64
)
ENGINE = ReplacingMergeTree(updated_at)
ORDER BY (repo, source, id);

-- ORDER BY (system, …): derived one system at a time, as changes are one repository at a time.
CREATE TABLE actions
(
    system           LowCardinality(String),
    at               DateTime64(3, 'UTC'),
    source           LowCardinality(String),
    id               String,
    actor_source     LowCardinality(String),
    actor            String,
    actor_kind       LowCardinality(String),
    principal        String,
    on_behalf_source LowCardinality(String),
    on_behalf        String,
    user_agent       String,
    session          String,
    verb             LowCardinality(String),
    resource         String,
    environment      LowCardinality(String),
    destructive      Bool,
    failed           Bool,
    level            LowCardinality(String),
    approval         String,
    approver_source  LowCardinality(String),
    approver         String,
    version          UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (system, source, id);

-- ORDER BY (repo, source, id): the key; suites are matched to changes of one repository by hash.
CREATE TABLE rule_suites
(
    source     LowCardinality(String),
    repo       LowCardinality(String),
    id         String,
    actor      String,
    actor_kind LowCardinality(String),
    ref        String,
    before_sha String,
    after_sha  String,
    at         DateTime64(0, 'UTC'),
    result     LowCardinality(String),
    rules      Array(LowCardinality(String)),
    reason     String,
    version    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, source, id);

-- ORDER BY as rule_suites.
CREATE TABLE activities
(
    source     LowCardinality(String),
    repo       LowCardinality(String),
    id         String,
    kind       LowCardinality(String),
    actor      String,
    actor_kind LowCardinality(String),
    ref        String,
    before_sha String,
    after_sha  String,
    at         DateTime64(0, 'UTC'),
    version    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, source, id);

-- ORDER BY its key: what held at a moment is the newest row before it.
CREATE TABLE rules
(
    source      LowCardinality(String),
    scope       LowCardinality(String),
    kind        LowCardinality(String),
    id          String,
    name        String,
    enforcement LowCardinality(String),
    approvals   UInt8,
    bypass      Array(String),
    raw         String CODEC(ZSTD(3)),
    seen_at     DateTime64(0, 'UTC'),
    version     UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (scope, source, kind, id, seen_at);

-- ORDER BY (tool, source, account, seen_at): seats of a day are the newest rows before it.
CREATE TABLE seats
(
    source         LowCardinality(String),
    account        String,
    tool           LowCardinality(String),
    plan           LowCardinality(String),
    created_at     Nullable(DateTime64(0, 'UTC')),
    last_active_at Nullable(DateTime64(0, 'UTC')),
    seen_at        DateTime64(0, 'UTC'),
    version        UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tool, source, account, seen_at);

-- The journal of who is whose account. ORDER BY (source, account, at): the newest row of an account decides.
CREATE TABLE identities
(
    source  LowCardinality(String),
    account String,
    at      DateTime64(3, 'UTC'),
    person  String,
    parted  Bool,
    origin  LowCardinality(String),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, account, at, person);

-- What sources answered, whole, for as long as the config says. ORDER BY its key.
CREATE TABLE payloads
(
    source     LowCardinality(String),
    kind       LowCardinality(String),
    scope      LowCardinality(String),
    id         String,
    body       String CODEC(ZSTD(6)),
    keep_until DateTime,
    version    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, kind, scope, id)
TTL keep_until;

-- ORDER BY its key.
CREATE TABLE tombstones
(
    source  LowCardinality(String),
    kind    LowCardinality(String),
    scope   String,
    id      String,
    reason  LowCardinality(String),
    renamed_to String,
    seen_at DateTime64(0, 'UTC'),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, kind, scope, id);
