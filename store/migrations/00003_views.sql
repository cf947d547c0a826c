-- The analysts' database: documented views, no people. They run with the rights of the account that made them, so
-- that the analysts' account needs none on the tables below.

-- +goose Up

CREATE VIEW baserate.changes
(
    change_id    String COMMENT 'repo@sha of the commit that landed',
    kind         String COMMENT 'pull_request: a pull request is named; push: none is; action: an operation without a commit',
    method       String COMMENT 'merge: a merge commit; squash: one commit that names a pull request; direct: one commit that names none',
    repo         String COMMENT 'repository, owner/name',
    sha          String COMMENT 'commit on the default branch that brought the change',
    pr_number    Nullable(UInt32) COMMENT 'pull request, NULL when none is named',
    title        String COMMENT 'subject of the landing commit; of a merged pull request, its title',
    landed_at    DateTime64(0, 'UTC') COMMENT 'committer date of the landing commit, UTC',
    author_class String COMMENT 'ai_agent, ai_assisted, automation, human (by evidence only) or unknown (no marker: not the same as human)',
    tool         String COMMENT 'AI tool with the strongest evidence, empty when none',
    tools        Array(String) COMMENT 'every AI tool with evidence',
    autonomy     String COMMENT 'agent: the tool wrote and committed; assist: a person did, with its help; unknown: the marker cannot tell; none: no AI evidence',
    mode         String COMMENT 'channel of the strongest evidence: author, coauthor, trailer, footer, session, note, branch ...',
    confidence   Float32 COMMENT 'confidence of the strongest evidence, 0 to 1: a prior, not a measured probability',
    review_state String COMMENT 'independent, ai_only, self: by review trailers in the commits; not_collected: nothing is known, which is not the same as none',
    commits      UInt32 COMMENT 'commits that landed with the change, merge commits not counted',
    ai_commits   UInt32 COMMENT 'of these, commits with evidence of AI',
    additions    Nullable(UInt64) COMMENT 'added lines against the first parent, NULL when they could not be counted',
    deletions    Nullable(UInt64) COMMENT 'deleted lines, likewise',
    size_lines   Nullable(UInt64) COMMENT 'additions + deletions, likewise',
    files        Nullable(UInt32) COMMENT 'files touched, likewise',
    reverted     Bool COMMENT 'a later change reverts it, and was not itself reverted; at any time',
    reverted_at  Nullable(DateTime64(0, 'UTC')) COMMENT 'landing of the first such revert',
    reverted_14d Bool COMMENT 'that revert landed within 14 days of the change',
    hotfixed     Bool COMMENT 'a fix of it landed within 72 hours, see view links',
    hotfixed_at  Nullable(DateTime64(0, 'UTC')) COMMENT 'landing of the first such fix',
    mistake      Bool COMMENT 'reverted within 14 days or hot-fixed within 72 hours, counted once',
    mature       Bool COMMENT 'landed at least 14 days before the end of its repository''s data: only these enter comparisons'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    change_id, kind, method, repo, sha, nullIf(pr_number, 0) AS pr_number, title, landed_at, author_class, tool, tools,
    autonomy, mode, confidence, review_state, commits, ai_commits,
    if(size_known, additions, NULL) AS additions,
    if(size_known, deletions, NULL) AS deletions,
    if(size_known, additions + deletions, NULL) AS size_lines,
    if(size_known, files, NULL) AS files,
    CAST(isNotNull(reverted_at), 'Bool') AS reverted, reverted_at,
    CAST(ifNull(reverted_at <= landed_at + INTERVAL 14 DAY, false), 'Bool') AS reverted_14d,
    CAST(isNotNull(hotfixed_at), 'Bool') AS hotfixed, hotfixed_at,
    CAST(reverted_14d OR isNotNull(hotfixed_at), 'Bool') AS mistake,
    mature
FROM changes FINAL
COMMENT 'One row a change: a pull request or a push that landed on the default branch, with who or what wrote it and what came of it.';

CREATE VIEW baserate.commits
(
    repo              String COMMENT 'repository, owner/name',
    sha               String COMMENT 'commit hash',
    authored_at       DateTime64(0, 'UTC') COMMENT 'author date, UTC; dates before 1900 and after 2299 are clamped',
    committed_at      DateTime64(0, 'UTC') COMMENT 'committer date, UTC: when the commit was made as it is',
    on_default_branch Bool COMMENT 'reachable from the default branch',
    reachable         Bool COMMENT 'some collected ref still reaches it; false after a force push',
    landed_by         String COMMENT 'commit of the default branch''s first-parent chain that brought it in, empty off the branch',
    position          UInt32 COMMENT 'place in the first-parent chain of the default branch, 1 for its root, 0 off the chain',
    subject           String COMMENT 'first line of the message',
    author_class      String COMMENT 'as in changes, from this commit alone',
    tool              String COMMENT 'AI tool with the strongest evidence, empty when none',
    autonomy          String COMMENT 'agent, assist, unknown or none',
    mode              String COMMENT 'channel of the strongest evidence',
    confidence        Float32 COMMENT 'confidence of the strongest evidence, 0 to 1',
    additions         Nullable(UInt64) COMMENT 'added lines as git log --numstat --no-renames counts them; 0 for a merge; NULL when objects were missing',
    deletions         Nullable(UInt64) COMMENT 'deleted lines, likewise',
    files             Nullable(UInt32) COMMENT 'files touched, likewise',
    is_merge          Bool COMMENT 'more than one parent'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    c.repo AS repo, c.sha AS sha, c.authored_at AS authored_at, c.committed_at AS committed_at,
    CAST(p.landed_by != '', 'Bool') AS on_default_branch, p.reachable AS reachable, p.landed_by AS landed_by, p.position AS position,
    extract(c.message, '^[^\n]*') AS subject,
    if(v.class = '', 'unknown', v.class) AS author_class, if(v.class IN ('ai_agent', 'ai_assisted'), v.tool, '') AS tool, if(v.autonomy = '', 'none', v.autonomy) AS autonomy,
    v.mode AS mode, v.confidence AS confidence,
    if(c.files_unknown, NULL, arraySum(c.path_additions)) AS additions,
    if(c.files_unknown, NULL, arraySum(c.path_deletions)) AS deletions,
    if(c.files_unknown, NULL, toUInt32(length(c.paths))) AS files,
    CAST(length(c.parents) > 1, 'Bool') AS is_merge
FROM commits AS c FINAL
LEFT JOIN (SELECT * FROM placements FINAL) AS p ON p.repo = c.repo AND p.sha = c.sha
LEFT JOIN (SELECT * FROM verdicts FINAL) AS v ON v.repo = c.repo AND v.sha = c.sha
-- All three tables are sorted by the join's key: merged, they need neither a hash table of one of them in memory nor a sort.
SETTINGS join_algorithm = 'full_sorting_merge'
COMMENT 'One row a commit of any ref, with its author class. Authors and messages are left out: people are not what is compared.';

CREATE VIEW baserate.attributions
(
    repo       String COMMENT 'repository, owner/name',
    subject    String COMMENT 'commit that the evidence is about',
    rule       String COMMENT 'rule that matched, see attribution/rules.yaml',
    tool       String COMMENT 'tool that the evidence names',
    mode       String COMMENT 'channel: author, committer, coauthor, trailer, footer, session, note, branch ...',
    autonomy   String COMMENT 'what this evidence alone says of the autonomy',
    evidence   String COMMENT 'the words that matched, cut at 200 bytes',
    confidence Float32 COMMENT '0 to 1, a prior from the rule table',
    rules_version String COMMENT 'version of the rule table'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, sha AS subject, e.1 AS rule, e.2 AS tool, e.3 AS mode, e.4 AS autonomy, e.5 AS evidence, e.6 AS confidence, rules_version
FROM
(
    SELECT repo, sha, rules_version,
        arrayConcat(
            arrayZip(rules, tools, modes, autonomies, quotes, confidences),
            if(branch_rule = '', [], [(branch_rule, branch_tool, toLowCardinality('branch'), branch_autonomy, branch_quote, branch_confidence)])) AS found
    FROM verdicts FINAL
)
ARRAY JOIN found AS e
COMMENT 'One row a piece of evidence about who or what wrote a commit; the strongest decides the author class.';

CREATE VIEW baserate.links
(
    repo      String COMMENT 'repository, owner/name',
    target    String COMMENT 'landing commit of the change that was undone or repaired',
    source    String COMMENT 'landing commit of the change that did it',
    relation  String COMMENT 'revert or fix',
    method    String COMMENT 'sha: the message names the commit; pull_request: it names the pull request; title: Revert "title"; fixes_trailer: Fixes: sha; same_files: a fix whose every source file was last changed by the target within 72 hours',
    score     Float32 COMMENT 'trust in the method, 0 to 1: a prior',
    effective Bool COMMENT 'false for a revert that was itself reverted',
    at        DateTime64(0, 'UTC') COMMENT 'landing of the source'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, target, source, relation, method, score, effective, at FROM links FINAL
COMMENT 'One row a pair of changes of which the later undid or repaired the earlier.';

CREATE VIEW baserate.repositories
(
    repo           String COMMENT 'owner/name',
    default_branch String COMMENT 'full ref name, empty when there is none',
    shallow        Bool COMMENT 'history is cut off',
    partial        Bool COMMENT 'file contents are missing, so that line counts may be unknown',
    collected_at   DateTime64(3, 'UTC') COMMENT 'last time it was seen'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, default_branch, shallow, partial, fromUnixTimestamp64Milli(toInt64(intDiv(version, 1000000)), 'UTC') AS collected_at
FROM repositories FINAL
COMMENT 'One row a repository.';

CREATE VIEW baserate.ref_updates
(
    repo    String COMMENT 'owner/name',
    ref     String COMMENT 'full ref name',
    old     String COMMENT 'commit before, empty when the ref is new',
    new     String COMMENT 'commit after, empty when the ref is gone',
    forced  Bool COMMENT 'the old commit is not an ancestor of the new one',
    seen_at DateTime64(3, 'UTC') COMMENT 'when the collector saw it; the move itself was earlier'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, ref, old, new, forced, seen_at FROM ref_updates FINAL
COMMENT 'One row a move of a branch, tag or pull-request head seen between two collections.';

CREATE VIEW baserate.coverage
(
    source      String COMMENT 'kind of source, such as git',
    scope       String COMMENT 'what was read: a repository',
    stream      String COMMENT 'what of it: history',
    started_at  DateTime64(3, 'UTC') COMMENT 'start of the last run',
    finished_at Nullable(DateTime64(3, 'UTC')) COMMENT 'its end, NULL while it runs or when it was cut off',
    status      String COMMENT 'ok, partial (something is missing, see warnings), failed (see error) or running',
    rows        UInt64 COMMENT 'facts saved by the last run',
    requests    UInt64 COMMENT 'calls made to the source by the last run',
    data_from   Nullable(DateTime64(0, 'UTC')) COMMENT 'oldest fact of the last run',
    data_to     Nullable(DateTime64(0, 'UTC')) COMMENT 'newest fact of the last run',
    error       String COMMENT 'what failed and what to do',
    warnings    Array(Tuple(code String, subject String, detail String)) COMMENT 'flaws in the input that did not stop the run',
    last_success_at Nullable(DateTime64(3, 'UTC')) COMMENT 'end of the last run that was ok or partial',
    runs        UInt64 COMMENT 'runs so far'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    source, scope, stream,
    max(c.started_at) AS started_at,
    argMax(tuple(c.finished_at), c.started_at).1 AS finished_at,
    argMax(c.status, c.started_at) AS status,
    argMax(c.rows, c.started_at) AS rows,
    argMax(c.requests, c.started_at) AS requests,
    argMax(tuple(c.data_from), c.started_at).1 AS data_from,
    argMax(tuple(c.data_to), c.started_at).1 AS data_to,
    argMax(c.error, c.started_at) AS error,
    argMax(arrayZip(c.warning_codes, c.warning_subjects, c.warning_details), c.started_at) AS warnings,
    maxIf(c.finished_at, c.status IN ('ok', 'partial')) AS last_success_at,
    count() AS runs
FROM collections AS c FINAL
GROUP BY source, scope, stream
COMMENT 'One row a source, scope and stream: the last run, and what it missed. Not collected is never the same as none.';
