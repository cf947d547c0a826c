-- Changes with what the facts of 00004 say of them, what became of proposals, and the strata that claims are tested on.
-- All of it is derived, so the former tables are dropped and derived again.

-- +goose Up

DROP TABLE changes;

-- The unit of analysis, complete. `people` and `author` are hashes, only ever counted and matched; no view shows them.
-- ORDER BY (repo, landed_at, sha): comparisons are made within a repository and a quarter, lists are read by time, and
-- a repository is derived as a whole. landed_at belongs to the commit and never moves.
CREATE TABLE changes
(
    change_id       String CODEC(ZSTD(1)),
    kind            LowCardinality(String),
    method          LowCardinality(String),
    repo            LowCardinality(String),
    sha             String CODEC(ZSTD(1)),
    pr_number       UInt32,
    title           String CODEC(ZSTD(1)),
    landed_at       DateTime64(0, 'UTC') CODEC(Delta, ZSTD(1)),
    author_class    LowCardinality(String),
    late_class      LowCardinality(String),
    tool            LowCardinality(String),
    tools           Array(LowCardinality(String)),
    autonomy        LowCardinality(String),
    mode            LowCardinality(String),
    confidence      Float32,
    review_state    LowCardinality(String),
    approvals       UInt8,
    permission      LowCardinality(String),
    usual_permission LowCardinality(String),
    team            LowCardinality(String),
    tier            UInt8,
    author          UInt64,
    people          Array(UInt64),
    commits         UInt32,
    ai_commits      UInt32,
    additions       UInt64,
    deletions       UInt64,
    size_known      Bool,
    files           UInt32,
    opened_at       Nullable(DateTime64(0, 'UTC')),
    first_review_at Nullable(DateTime64(0, 'UTC')),
    review_rounds   UInt16,
    review_comments UInt32,
    reverted_at     Nullable(DateTime64(0, 'UTC')),
    hotfixed_at     Nullable(DateTime64(0, 'UTC')),
    hotfix_score    Float32,
    reworked_at     Nullable(DateTime64(0, 'UTC')),
    failed_at       Nullable(DateTime64(0, 'UTC')),
    incident        String CODEC(ZSTD(1)),
    incident_at     Nullable(DateTime64(0, 'UTC')),
    incident_method LowCardinality(String),
    incident_score  Float32,
    severity        UInt8,
    outage_minutes  Float64,
    control_at      Nullable(DateTime64(0, 'UTC')),
    followed_days   UInt16,
    mature          Bool,
    version         UInt64,
    is_deleted      UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, landed_at, sha);

-- Who or what made a pull request, by what it says itself; its commits have verdicts of their own. `late_class` counts the
-- labels that were put on after the merge too, and is empty when they change nothing. ORDER BY as pull_requests.
CREATE TABLE pull_verdicts
(
    repo          LowCardinality(String),
    number        UInt32,
    class         LowCardinality(String),
    late_class    LowCardinality(String),
    tool          LowCardinality(String),
    autonomy      LowCardinality(String),
    mode          LowCardinality(String),
    confidence    Float32,
    rules         Array(LowCardinality(String)),
    tools         Array(LowCardinality(String)),
    modes         Array(LowCardinality(String)),
    autonomies    Array(LowCardinality(String)),
    quotes        Array(String) CODEC(ZSTD(1)),
    confidences   Array(Float32),
    pull_version  UInt64,
    rules_version LowCardinality(String),
    version       UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, number);

-- Whose an account is. Accounts and persons are hashes: of "source:login", of the lower-case address for git, of the
-- person's stable name. GitHub's no-reply addresses are the login that they hold.
CREATE VIEW persons AS
SELECT account, cityHash64(argMax(person, (from_at, person))) AS person
FROM
(
    SELECT person, from_at,
        cityHash64(if(source = 'git',
            replaceRegexpOne(lower(account), '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'),
            concat(source, ':', lower(account)))) AS account
    FROM members FINAL
    WHERE person != ''
)
GROUP BY account;

-- When a person was in which team: (from, until, team), the newest first.
CREATE VIEW memberships AS
SELECT cityHash64(person) AS person,
    arrayReverseSort(groupUniqArray((from_at, ifNull(to_at, toDateTime64('2299-12-31 00:00:00', 0, 'UTC')), toString(team)))) AS spans
FROM (SELECT * FROM members FINAL) AS m
WHERE m.person != '' AND m.team != ''
GROUP BY person;

-- Which change a commit of the default branch landed with: that of its placement, unless a pull request was rebased or
-- fast-forwarded, which is one change however many commits it put on the branch. ORDER BY as commits.
CREATE TABLE landed_commits
(
    repo       LowCardinality(String),
    sha        String,
    landed_by  String,
    position   UInt32,
    on_chain   Bool,
    version    UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, sha);

-- Pull requests with the verdicts on them and on their own commits joined: those survive a squash here. `actor` is the
-- account that merged it, `makers` whoever had a hand in it. ORDER BY as pull_requests.
CREATE TABLE pulls
(
    repo       LowCardinality(String),
    number     UInt32,
    merge_sha  String,
    merged     Bool,
    title      String CODEC(ZSTD(1)),
    class      LowCardinality(String),
    late_class LowCardinality(String),
    tool       LowCardinality(String),
    tools      Array(LowCardinality(String)),
    autonomy   LowCardinality(String),
    mode       LowCardinality(String),
    confidence Float32,
    author     UInt64,
    actor      UInt64,
    people     Array(UInt64),
    makers     Array(UInt64),
    version    UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, number);

DROP TABLE landings;

-- A change before its outcomes: one row a commit of the default branch's first-parent chain, or a pull request that was
-- rebased onto it. ORDER BY (repo, position): what came before is a range of one repository, which is how fixes find what
-- they fix. `pull` is the pull request that is known, `pr_number` the one that is named; `actor` is the account that
-- landed it, a person's hash where none is known. `author`, `actor`, `people` and `makers` are hashes as in persons.
CREATE TABLE landings
(
    repo            LowCardinality(String),
    position        UInt32,
    sha             String,
    kind            LowCardinality(String),
    method          LowCardinality(String),
    pull            UInt32,
    pr_number       UInt32,
    title           String CODEC(ZSTD(1)),
    landed_at       DateTime64(0, 'UTC'),
    author_class    LowCardinality(String),
    late_class      LowCardinality(String),
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
    author          UInt64,
    actor           UInt64,
    people          Array(UInt64),
    makers          Array(UInt64),
    version         UInt64,
    is_deleted      UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, position, sha);

-- What became of every proposal, also of those that are open or were turned down: times to review and to merge are
-- measured on all that could have been merged. ORDER BY as pull_requests.
CREATE TABLE proposals
(
    repo            LowCardinality(String),
    number          UInt32,
    author_class    LowCardinality(String),
    tool            LowCardinality(String),
    team            LowCardinality(String),
    author          UInt64,
    ready_at        DateTime64(0, 'UTC'),
    first_review_at Nullable(DateTime64(0, 'UTC')),
    merged_at       Nullable(DateTime64(0, 'UTC')),
    closed_at       Nullable(DateTime64(0, 'UTC')),
    rounds          UInt16,
    comments        UInt32,
    opened_at       DateTime64(0, 'UTC'),
    review_state    LowCardinality(String),
    approvals       UInt8,
    version         UInt64,
    is_deleted      UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, number);

-- What the account that landed a change could do at that moment, and usually; no row where no snapshot covers it. ORDER BY
-- as commits.
CREATE TABLE holdings
(
    repo       LowCardinality(String),
    sha        String,
    level      LowCardinality(String),
    usual      LowCardinality(String),
    version    UInt64,
    is_deleted UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, sha);

-- Changes that an incident may come from. ORDER BY (repo, …): derived one repository at a time; which of an incident's
-- candidates is its root cause is chosen over all repositories, when they are read.
CREATE TABLE candidates
(
    repo        LowCardinality(String),
    source      LowCardinality(String),
    incident    String,
    sha         String,
    method      LowCardinality(String),
    score       Float32,
    landed_at   DateTime64(0, 'UTC'),
    started_at  DateTime64(0, 'UTC'),
    resolved_at Nullable(DateTime64(0, 'UTC')),
    severity    UInt8,
    extrinsic   Bool,
    version     UInt64,
    is_deleted  UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, source, incident, sha);

-- At most one root cause an incident: the greatest score, then the most direct method, then the latest landing.
CREATE VIEW root_causes AS
SELECT *
FROM (SELECT * FROM candidates FINAL)
ORDER BY score DESC,
    transform(method, ['declared', 'attachment', 'change_event', 'issue_link', 'text', 'deploy_window'], [1, 2, 3, 4, 5, 6], 7),
    landed_at DESC, repo, sha
LIMIT 1 BY source, incident;

-- Counts of comparable changes, kept so that a claim over a hundred million changes reads only what carries information:
-- the strata with at least one event of an outcome. One row a stratum and cluster (team), which knows the rest of its
-- stratum too: so what a cluster's absence would change is a matter of the row alone, and sums need no grouping of a
-- million strata. `leads` marks one row a stratum, for what is counted once a stratum.
-- A stratum of the developer design runs over repositories, and its event may lie in another than its changes. So the
-- design has rows of two kinds: its parts, under the outcome '', with the counts of one author in one repository in
-- `counts` (events or not; a list for each of the five classes, see strata.sql), and its strata, summed up from the
-- parts, with repo ''. Strata of the repository design have author 0.
-- ORDER BY: a claim reads one (outcome, design, adjustment); within it, what one repository's or author's derivation
-- makes lies together, so that new rows are merged with old ones there and nowhere else.
CREATE TABLE strata
(
    outcome            LowCardinality(String),
    design             LowCardinality(String),
    adjustment         LowCardinality(String),
    repo               LowCardinality(String),
    author             UInt64,
    stratum            UInt64,
    cluster            UInt64,
    leads              Bool,
    agent_changes      UInt32,
    agent_events       UInt32,
    assisted_changes   UInt32,
    assisted_events    UInt32,
    human_changes      UInt32,
    human_events       UInt32,
    unknown_changes    UInt32,
    unknown_events     UInt32,
    automation_changes UInt32,
    automation_events  UInt32,
    rest_agent_changes      UInt32,
    rest_agent_events       UInt32,
    rest_assisted_changes   UInt32,
    rest_assisted_events    UInt32,
    rest_human_changes      UInt32,
    rest_human_events       UInt32,
    rest_unknown_changes    UInt32,
    rest_unknown_events     UInt32,
    rest_automation_changes UInt32,
    rest_automation_events  UInt32,
    counts             Array(Array(UInt32)),
    version            UInt64,
    is_deleted         UInt8,
    derivation         UInt64 MATERIALIZED cityHash64(repo, version)
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (outcome, design, adjustment, repo, author, stratum, cluster);

-- Which derivation of a repository's strata holds. Over millions of strata FINAL costs more than the rest of a question: rows
-- of the repository design are read without it, and count if their derivation is one of these. ORDER BY its key.
CREATE TABLE strata_live
(
    repo    LowCardinality(String),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY repo;

-- The answers as they were given, one row a claim, version of its definition, and week: so that a flip is seen, and an
-- old link shows what it showed. ORDER BY its key.
CREATE TABLE answers
(
    claim       LowCardinality(String),
    definition  UInt32,
    week        Date,
    code        LowCardinality(String),
    word        LowCardinality(String),
    body        String CODEC(ZSTD(6)),
    answered_at DateTime64(3, 'UTC'),
    version     UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (claim, definition, week);
