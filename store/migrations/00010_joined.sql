-- What is derived of the facts of 00008: who asked an agent for a change, who put it on the branch, which rules were overridden,
-- where it was deployed, and which changes an incident may come from. As in 00005, `people` and the like are keyed hashes.

-- +goose Up

-- Facts that are newer than what was derived from them, without reading the facts: one row a repository, written after a batch
-- is saved. What concerns no single repository has its own fingerprint or is read whole, see derive/step/stale.sql. A snapshot
-- of permissions says nothing of changes that landed before it: `since` is the earliest moment that any of a batch's facts may
-- bear on. ORDER BY its key; only the newest versions matter, so that rows are never read with FINAL.
CREATE TABLE touched
(
    repo    LowCardinality(String),
    since   DateTime64(0, 'UTC'),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (repo, since);

INSERT INTO touched
SELECT repo, toDateTime64('1900-01-01 00:00:00', 0, 'UTC'), max(version)
FROM
(
    SELECT scope AS repo, max(version) AS version FROM collections FINAL WHERE source = 'git' AND rows > 0 GROUP BY scope
    UNION ALL SELECT repo, max(version) FROM pull_requests GROUP BY repo
    UNION ALL SELECT repo, max(version) FROM reviews GROUP BY repo
    UNION ALL SELECT repo, max(version) FROM permissions WHERE repo != '' GROUP BY repo
    UNION ALL SELECT repo, max(version) FROM deployments GROUP BY repo
)
GROUP BY repo;

INSERT INTO touched
SELECT '', min(seen_at), max(version) FROM permissions WHERE repo = '' HAVING count() > 0;

-- Environments that are or are not production, beside what their names say. ORDER BY its key.
CREATE TABLE environments
(
    name       String,
    production Bool,
    version    UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY name;

-- First words of the names of environments that hold what customers use; '' is a deployment that names none.
CREATE VIEW production_words AS
SELECT arrayJoin(['production', 'prod', 'live', '']) AS word;

-- The environments of deployments and incidents that count as production: by the table, or else by the first word of the name
-- ("prod-eu", "Production (blue)", but not "pre-production").
CREATE VIEW production_environments AS
SELECT name
FROM
(
    SELECT DISTINCT toString(environment) AS name
    FROM (SELECT DISTINCT environment FROM deployments UNION ALL SELECT DISTINCT environment FROM incidents)
) AS n
LEFT JOIN (SELECT name AS named, production, 1 AS told FROM environments FINAL) AS e ON e.named = n.name
WHERE multiIf(
    e.told > 0, e.production,
    n.name = '', '' IN (SELECT word FROM production_words),
    extract(lower(n.name), '[a-z]+') IN (SELECT word FROM production_words WHERE word != ''));

-- Incidents of which nothing says what caused them, and that are not declared to come from anything but a change: for them, and
-- no others, a deployment shortly before is asked for.
CREATE VIEW unexplained_incidents AS
SELECT source, id, started_at, services, repos
FROM incidents FINAL
WHERE NOT drill AND NOT deleted AND cause_type IN ('change', 'config', 'unknown', '')
    AND environment IN (SELECT name FROM production_environments)
    AND (source, id) NOT IN (SELECT source, incident FROM causes FINAL WHERE role = 'cause' AND score > 0);

-- The name of each repository's default branch: as its forge says it, or else its clone.
CREATE VIEW default_branches AS
SELECT name AS repo, argMax(named, rank) AS branch
FROM
(
    SELECT repo AS name, replaceRegexpOne(default_branch, '^refs/(heads|remotes/[^/]+)/', '') AS named, 1 AS rank FROM repositories FINAL
    UNION ALL
    SELECT repo, replaceRegexpOne(default_branch, '^refs/heads/', ''), 2 FROM hosted_repositories FINAL
)
WHERE named != ''
GROUP BY name;

DROP TABLE derivations;

-- Which facts and which definitions a repository's derived rows were made from, a fingerprint of what was known beside them, and
-- its last landing.
-- ORDER BY its key.
CREATE TABLE derivations
(
    repo          String,
    facts_version UInt64,
    around        UInt64,
    data_to       DateTime64(0, 'UTC'),
    definitions   String,
    version       UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY repo;

-- The view persons as it was when a derivation began, in memory: a lookup costs no join, and a plan with forty thousand persons in it
-- as constants took half a second to make.
CREATE TABLE owners
(
    account UInt64,
    person  UInt64
)
ENGINE = Join(ANY, LEFT, account);

-- `of_pull`: made from the forge's word on a pull request's commit, which no clone had. A clone's word goes before it.
ALTER TABLE verdicts ADD COLUMN of_pull Bool AFTER notes_version;

-- `prompters` are the persons or accounts for whom an agent worked. `machine`: an AI's or app's account opened it. `own_commits`
-- says that its commits as they were before the merge are known.
ALTER TABLE pulls
    ADD COLUMN prompters Array(UInt64) AFTER makers,
    ADD COLUMN machine Bool AFTER prompters,
    ADD COLUMN own_commits Bool AFTER machine,
    ADD COLUMN merged_by_known Bool AFTER own_commits;

-- `actor` is whoever landed it by the forge, the author's hash where the forge says nothing; `lander` is 0 then. `moved` and
-- `moved_at` are the push or merge that put it on the branch.
ALTER TABLE landings
    ADD COLUMN lander UInt64 AFTER actor,
    ADD COLUMN moved LowCardinality(String) AFTER lander,
    ADD COLUMN moved_at Nullable(DateTime64(0, 'UTC')) AFTER moved,
    ADD COLUMN prompter_known Nullable(Bool) AFTER makers,
    ADD COLUMN merged_by_author Nullable(Bool) AFTER prompter_known;

ALTER TABLE proposals
    ADD COLUMN title String CODEC(ZSTD(1)) AFTER number,
    ADD COLUMN sha String CODEC(ZSTD(1)) AFTER title,
    ADD COLUMN makers Array(UInt64) AFTER author,
    ADD COLUMN machine Bool AFTER makers,
    ADD COLUMN prompter_known Nullable(Bool) AFTER machine,
    ADD COLUMN merged_by_author Nullable(Bool) AFTER prompter_known,
    ADD COLUMN heads Array(String) CODEC(ZSTD(1)) AFTER merged_by_author,
    ADD COLUMN deleted Bool AFTER approvals;

ALTER TABLE holdings ADD COLUMN grant LowCardinality(String) AFTER usual;

-- Rules of a branch that were overridden, and the change that was landed so; sha '' where none was found. `asks_review`: the
-- rules asked for a review, or it is not known which they were. ORDER BY (repo, …): derived one repository at a time.
CREATE TABLE bypasses
(
    repo        LowCardinality(String),
    source      LowCardinality(String),
    id          String,
    sha         String,
    method      LowCardinality(String),
    at          DateTime64(0, 'UTC'),
    rules       Array(LowCardinality(String)),
    asks_review Bool,
    version     UInt64,
    is_deleted  UInt8
)
ENGINE = ReplacingMergeTree(version, is_deleted)
ORDER BY (repo, source, id, sha);

-- `rejected`: a person says that it was not this change. `window_minutes` from the end of the deployment to the beginning of the
-- incident, and the `service` that both know, are of method deploy_window. ORDER BY as before.
ALTER TABLE candidates
    ADD COLUMN rejected Bool AFTER extrinsic,
    ADD COLUMN window_minutes Nullable(Float32) AFTER rejected,
    ADD COLUMN service String AFTER window_minutes;

-- At most one root cause an incident: a person's word, then the greatest score, then the most direct method, then the latest
-- landing.
CREATE OR REPLACE VIEW root_causes AS
SELECT *
FROM (SELECT * FROM candidates FINAL WHERE NOT rejected)
ORDER BY score DESC,
    transform(method, ['confirmed', 'declared', 'attachment', 'change_event', 'issue_link', 'text', 'deploy_window'], [1, 2, 3, 4, 5, 6, 7], 8),
    landed_at DESC, repo, sha
LIMIT 1 BY source, incident;

ALTER TABLE changes
    ADD COLUMN prompter_known Nullable(Bool) AFTER approvals,
    ADD COLUMN merged_by_author Nullable(Bool) AFTER prompter_known,
    ADD COLUMN permission_source LowCardinality(String) AFTER usual_permission,
    ADD COLUMN deployed_at Nullable(DateTime64(0, 'UTC')) AFTER failed_at;
