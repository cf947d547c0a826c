-- The analysts' views of what is derived since 00005, and of the facts of 00004. No login, address or name of a person is in
-- any of them; what is counted by person is left out for groups under five. Columns are declared with the very type they are
-- made with: a String over a LowCardinality(String) breaks the server's rewriting of `column != ''`.

-- +goose Up

DROP VIEW baserate.changes;

CREATE VIEW baserate.changes
(
    change_id         String COMMENT 'repo@sha of the commit that landed',
    kind              LowCardinality(String) COMMENT 'pull_request: a pull request is known or named; push: none is; action: an operation without a commit',
    method            LowCardinality(String) COMMENT 'merge: a merge commit; squash: one commit of a pull request; direct: commits put on the branch as they are, by a push or by rebasing a pull request',
    repo              LowCardinality(String) COMMENT 'repository, owner/name',
    sha               String COMMENT 'commit on the default branch that brought the change; of a rebased pull request, its last',
    pr_number         Nullable(UInt32) COMMENT 'pull request, NULL when none is known or named',
    title             String COMMENT 'subject of the landing commit; of a merged pull request, its title',
    landed_at         DateTime64(0, 'UTC') COMMENT 'committer date of the landing commit, UTC',
    author_class      LowCardinality(String) COMMENT 'ai_agent, ai_assisted, automation, human (by evidence only) or unknown (no marker: not the same as human), by what was known at the landing',
    late_class        LowCardinality(String) COMMENT 'the class with labels that were put on after the merge, empty when they change nothing; never used in comparisons',
    tool              LowCardinality(String) COMMENT 'AI tool with the strongest evidence, empty when none',
    tools             Array(String) COMMENT 'every AI tool with evidence',
    autonomy          LowCardinality(String) COMMENT 'agent: the tool wrote and committed; assist: a person did, with its help; unknown: the marker cannot tell; none: no AI evidence',
    mode              LowCardinality(String) COMMENT 'channel of the strongest evidence: author, coauthor, trailer, footer, session, note, branch, pr_author, pr_body, label ...',
    confidence        Float32 COMMENT 'confidence of the strongest evidence, 0 to 1: a prior, not a measured probability',
    review_state      LowCardinality(String) COMMENT 'independent: a person without a hand in it approved its last commit before the landing; stale: an older commit; ai_only: only machines approved; self: only its makers; after_merge: only later; none: all reviews are known and none approves; not_collected: nothing is known. Without the reviews of a pull request, by review trailers',
    approvals         UInt8 COMMENT 'independent persons who approved the last commit before the landing; 0 also when reviews are not collected',
    permission        LowCardinality(String) COMMENT 'level of the account that landed it by the newest snapshot before: none < read < triage < write < maintain < admin < operator; unknown when no snapshot covers the moment',
    usual_permission  LowCardinality(String) COMMENT 'level with which that account landed most changes in this repository in the 90 days before, unknown without any',
    team              LowCardinality(String) COMMENT 'team of the author at the landing, empty when not known',
    tier              UInt8 COMMENT 'of the repository: 1 most critical to 3, 0 unknown',
    commits           UInt32 COMMENT 'commits that landed with the change, merge commits not counted',
    ai_commits        UInt32 COMMENT 'of these, commits with evidence of AI',
    additions         Nullable(UInt64) COMMENT 'added lines against the first parent, NULL when they could not be counted',
    deletions         Nullable(UInt64) COMMENT 'deleted lines, likewise',
    size_lines        Nullable(UInt64) COMMENT 'additions + deletions, likewise',
    files             Nullable(UInt32) COMMENT 'files touched, likewise',
    opened_at         Nullable(DateTime64(0, 'UTC')) COMMENT 'creation of the pull request, NULL when it is not known',
    first_review_at   Nullable(DateTime64(0, 'UTC')) COMMENT 'first review by a person other than the makers, NULL when there is none or it is not known',
    review_rounds     UInt16 COMMENT 'reviews by such persons that asked for changes, and one for their approval',
    review_comments   UInt32 COMMENT 'comments on lines of the pull request, of anybody',
    reverted          Bool COMMENT 'a later change reverts it, and was not itself reverted; at any time',
    reverted_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'landing of the first such revert',
    reverted_14d      Bool COMMENT 'that revert landed within 14 days of the change',
    hotfixed          Bool COMMENT 'a fix of it landed within 72 hours, see view links',
    hotfixed_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'landing of the first such fix',
    hotfix_score      Float32 COMMENT 'trust in the surest link to such a fix, 0 to 1',
    reworked          Bool COMMENT 'a fix of it landed within 21 days; compare only changes with followed_days of 21 or more',
    reworked_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'landing of the first such fix',
    failed_deployment Bool COMMENT 'a deployment of one of its commits failed within 14 days; the other changes in that deployment are not charged',
    failed_at         Nullable(DateTime64(0, 'UTC')) COMMENT 'end of the first such deployment',
    incident          Bool COMMENT 'root cause of an incident that began within 14 days of the landing, drills left out',
    incident_id       String COMMENT 'source:id of the first incident that it is the root cause of, within 30 days; empty when none',
    incident_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'beginning of that incident',
    incident_method   LowCardinality(String) COMMENT 'how it is known: declared, attachment, change_event, issue_link, text or deploy_window',
    incident_score    Float32 COMMENT 'trust in that, 0 to 1',
    major             Bool COMMENT 'incident within 14 days, and severity 1 or 2',
    severity          Nullable(UInt8) COMMENT 'worst of its incidents, 1 worst to 5, NULL when none is known',
    outage_minutes    Float64 COMMENT 'beginning to resolution, added up over its incidents; open ones count nothing',
    mistake           Bool COMMENT 'incident or failed_deployment or reverted_14d or hotfixed, counted once',
    control           Bool COMMENT 'struck within 14 days by an incident that no change can have caused (capacity, dependency, hardware): a check of the comparison itself',
    control_at        Nullable(DateTime64(0, 'UTC')) COMMENT 'beginning of the first such incident, within 30 days',
    followed_days     UInt16 COMMENT 'whole days from the landing to the end of its repository''s data',
    mature            Bool COMMENT 'landed at least 14 days before the end of its repository''s data: only these enter comparisons'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    c.change_id, c.kind, c.method, c.repo, c.sha, nullIf(c.pr_number, 0) AS pr_number, c.title, c.landed_at, c.author_class, c.late_class,
    c.tool, c.tools, c.autonomy, c.mode, c.confidence, c.review_state, c.approvals, c.permission, c.usual_permission, c.team, c.tier,
    c.commits, c.ai_commits,
    if(c.size_known, c.additions, NULL) AS additions,
    if(c.size_known, c.deletions, NULL) AS deletions,
    if(c.size_known, c.additions + c.deletions, NULL) AS size_lines,
    if(c.size_known, c.files, NULL) AS files,
    c.opened_at, c.first_review_at, c.review_rounds, c.review_comments,
    CAST(isNotNull(c.reverted_at), 'Bool') AS reverted, c.reverted_at,
    CAST(ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS reverted_14d,
    CAST(isNotNull(c.hotfixed_at), 'Bool') AS hotfixed, c.hotfixed_at, c.hotfix_score,
    CAST(isNotNull(c.reworked_at), 'Bool') AS reworked, c.reworked_at,
    CAST(ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS failed_deployment, c.failed_at,
    CAST(ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS incident,
    c.incident AS incident_id, c.incident_at, c.incident_method, c.incident_score,
    CAST(incident AND c.severity IN (1, 2), 'Bool') AS major,
    nullIf(c.severity, 0) AS severity, c.outage_minutes,
    CAST(incident OR failed_deployment OR reverted_14d OR hotfixed, 'Bool') AS mistake,
    CAST(ifNull(c.control_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS control, c.control_at,
    c.followed_days, c.mature
FROM changes AS c FINAL
COMMENT 'One row a change: a pull request or a push that landed on the default branch, with who or what wrote it and what came of it.';

DROP VIEW baserate.attributions;

CREATE VIEW baserate.attributions
(
    repo       LowCardinality(String) COMMENT 'repository, owner/name',
    subject    String COMMENT 'commit that the evidence is about, or #number of a pull request',
    rule       String COMMENT 'rule that matched, see attribution/rules.yaml',
    tool       String COMMENT 'tool that the evidence names',
    mode       String COMMENT 'channel: author, committer, coauthor, trailer, footer, session, note, branch, pr_author, pr_body, label ...',
    autonomy   String COMMENT 'what this evidence alone says of the autonomy',
    evidence   String COMMENT 'the words that matched, cut at 200 bytes',
    confidence Float32 COMMENT '0 to 1, a prior from the rule table',
    rules_version LowCardinality(String) COMMENT 'version of the rule table'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, subject, e.1 AS rule, e.2 AS tool, e.3 AS mode, e.4 AS autonomy, e.5 AS evidence, e.6 AS confidence, rules_version
FROM
(
    SELECT repo, sha AS subject, rules_version,
        arrayConcat(
            arrayZip(rules, tools, modes, autonomies, quotes, confidences),
            if(branch_rule = '', [], [(branch_rule, branch_tool, toLowCardinality('branch'), branch_autonomy, branch_quote, branch_confidence)])) AS found
    FROM verdicts FINAL
    UNION ALL
    SELECT repo, concat('#', toString(number)), rules_version, arrayZip(rules, tools, modes, autonomies, quotes, confidences)
    FROM pull_verdicts FINAL
)
ARRAY JOIN found AS e
COMMENT 'One row a piece of evidence about who or what wrote a commit or a pull request; the strongest decides the author class.';

DROP VIEW baserate.links;

CREATE VIEW baserate.links
(
    repo      LowCardinality(String) COMMENT 'repository, owner/name',
    target    String COMMENT 'landing commit of the change that was undone or repaired',
    source    String COMMENT 'landing commit of the change that did it',
    relation  LowCardinality(String) COMMENT 'revert or fix',
    method    LowCardinality(String) COMMENT 'sha: the message names the commit; pull_request: it names the pull request; title: Revert "title"; fixes_trailer: Fixes: sha; same_files: a fix whose every source file was last changed by the target, within 21 days (a hot-fix within 72 hours)',
    score     Float32 COMMENT 'trust in the method, 0 to 1: a prior',
    effective Bool COMMENT 'false for a revert that was itself reverted',
    at        DateTime64(0, 'UTC') COMMENT 'landing of the source'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, target, source, relation, method, score, effective, at FROM links FINAL
COMMENT 'One row a pair of changes of which the later undid or repaired the earlier.';

CREATE VIEW baserate.proposals
(
    repo            LowCardinality(String) COMMENT 'repository, owner/name',
    number          UInt32 COMMENT 'of the pull request',
    state           String COMMENT 'merged, closed (turned down or given up) or open',
    author_class    LowCardinality(String) COMMENT 'as in changes; of one that is not merged, by itself and those of its commits that were collected',
    tool            LowCardinality(String) COMMENT 'AI tool with the strongest evidence, empty when none',
    team            LowCardinality(String) COMMENT 'team of the author when it was ready, empty when not known',
    opened_at       DateTime64(0, 'UTC') COMMENT 'creation',
    ready_at        DateTime64(0, 'UTC') COMMENT 'when it stopped being a draft',
    first_review_at Nullable(DateTime64(0, 'UTC')) COMMENT 'first review by a person other than the makers',
    merged_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'NULL when not merged',
    closed_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'NULL when open',
    review_state    LowCardinality(String) COMMENT 'as in changes, by the reviews alone',
    approvals       UInt8 COMMENT 'as in changes',
    review_rounds   UInt16 COMMENT 'as in changes',
    review_comments UInt32 COMMENT 'as in changes'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT p.repo, p.number, multiIf(isNotNull(p.merged_at), 'merged', isNotNull(p.closed_at), 'closed', 'open') AS state,
    p.author_class, p.tool, p.team, p.opened_at, p.ready_at, p.first_review_at, p.merged_at, p.closed_at, p.review_state, p.approvals,
    p.rounds AS review_rounds, p.comments AS review_comments
FROM proposals AS p FINAL
COMMENT 'One row a pull request, also those that are open or were turned down: times to review and merge are measured on all of them.';

CREATE VIEW baserate.deployments
(
    repo        LowCardinality(String) COMMENT 'repository, owner/name',
    id          String COMMENT 'of the deployment at its source',
    sha         String COMMENT 'commit that was deployed',
    environment LowCardinality(String) COMMENT 'where to',
    created_at  DateTime64(0, 'UTC') COMMENT 'when it was asked for',
    finished_at Nullable(DateTime64(0, 'UTC')) COMMENT 'when its last state was reported, NULL while it is under way',
    failed      Bool COMMENT 'its last state is a failure'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, id, sha, environment, created_at, finished_at, failed FROM deployments FINAL
COMMENT 'One row a deployment.';

CREATE VIEW baserate.incidents
(
    incident    String COMMENT 'source:id, as in changes.incident_id',
    source      LowCardinality(String) COMMENT 'where it was declared',
    id          String COMMENT 'there',
    title       String COMMENT 'as declared',
    severity    Nullable(UInt8) COMMENT '1 worst to 5, NULL when not known',
    declared_at DateTime64(0, 'UTC') COMMENT 'when somebody said so',
    started_at  DateTime64(0, 'UTC') COMMENT 'when it began; when it was declared, where that is not known',
    resolved_at Nullable(DateTime64(0, 'UTC')) COMMENT 'NULL while it is open',
    minutes     Nullable(Float64) COMMENT 'from its beginning to its resolution, NULL while it is open',
    services    Array(String) COMMENT 'struck by it',
    repos       Array(String) COMMENT 'repositories that the source names',
    cause_type  LowCardinality(String) COMMENT 'change, config, capacity, dependency, hardware, security or unknown, as declared',
    extrinsic   Bool COMMENT 'capacity, dependency or hardware: no change caused it',
    drill       Bool COMMENT 'an exercise: counted nowhere',
    linked      Bool COMMENT 'a change is found as its root cause',
    url         String COMMENT 'its page at the source'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT concat(i.source, ':', i.id) AS incident, i.source, i.id, i.title, nullIf(i.severity, 0) AS severity, i.declared_at, i.started_at, i.resolved_at,
    greatest(0, dateDiff('second', i.started_at, i.resolved_at)) / 60 AS minutes,
    i.services, i.repos, i.cause_type,
    CAST(i.cause_type IN ('capacity', 'dependency', 'hardware'), 'Bool') AS extrinsic,
    i.drill,
    CAST((i.source, i.id) IN (SELECT source, incident FROM root_causes), 'Bool') AS linked,
    i.url
FROM (SELECT * FROM incidents FINAL WHERE NOT deleted) AS i
COMMENT 'One row an incident that its source did not delete.';

CREATE VIEW baserate.incident_links
(
    incident   String COMMENT 'source:id, as in incidents',
    change_id  String COMMENT 'change that it may come from',
    repo       LowCardinality(String) COMMENT 'repository of that change',
    method     LowCardinality(String) COMMENT 'how it is known: declared, attachment, change_event, issue_link, text or deploy_window',
    score      Float32 COMMENT 'trust in that, 0 to 1',
    chosen     Bool COMMENT 'the root cause: greatest score, then most direct method, then latest landing; at most one an incident',
    landed_at  DateTime64(0, 'UTC') COMMENT 'of the change',
    started_at DateTime64(0, 'UTC') COMMENT 'of the incident, within 30 days after the landing',
    extrinsic  Bool COMMENT 'no change caused the incident, whatever is said: see changes.control'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT concat(c.source, ':', c.incident) AS incident, concat(c.repo, '@', c.sha) AS change_id, c.repo, c.method, c.score,
    CAST((c.source, c.incident, c.repo, c.sha) IN (SELECT source, incident, repo, sha FROM root_causes), 'Bool') AS chosen,
    c.landed_at, c.started_at, c.extrinsic
FROM candidates AS c FINAL
COMMENT 'One row an incident and a change that is said to have caused it. Fixes are no causes, and not here.';

CREATE VIEW baserate.usage
(
    team         String COMMENT 'team of the persons in that week, empty when not known',
    week         Date COMMENT 'its Monday, UTC',
    tool         LowCardinality(String) COMMENT 'AI tool',
    persons      UInt64 COMMENT 'with any use of it in that week, five or more',
    interactions UInt64 COMMENT 'prompts, accepted completions, sessions: what the tool''s maker counts',
    lines        UInt64 COMMENT 'lines that the tool put into editors, not lines that landed'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT used.team_then AS team, used.week_ AS week, used.tool_ AS tool, uniqExact(used.who) AS persons,
    sum(used.n) AS interactions, sum(used.put) AS lines
FROM
(
    SELECT arrayFirst(m -> toDate(m.1) <= u.day AND u.day < toDate(m.2), t.spans).3 AS team_then, toMonday(u.day) AS week_,
        u.tool AS tool_, u.who AS who, u.interactions AS n, u.lines AS put
    FROM
    (
        SELECT a.day AS day, a.tool AS tool, a.interactions AS interactions, a.lines AS lines, if(p.person > 0, p.person, a.hash) AS who
        FROM (SELECT *, cityHash64(concat(source, ':', lower(account))) AS hash FROM usage FINAL WHERE interactions > 0 OR lines > 0) AS a
        LEFT JOIN persons AS p ON p.account = a.hash
    ) AS u
    LEFT JOIN memberships AS t ON t.person = u.who
) AS used
GROUP BY team, week, tool
HAVING persons >= 5
COMMENT 'Use of AI tools by team and week, counted over persons before groups under five are left out: teams do not add up to the whole.';

CREATE VIEW baserate.strata
(
    outcome            LowCardinality(String) COMMENT 'such as mistake or incident',
    adjustment         LowCardinality(String) COMMENT 'total: repository and quarter; direct: also permission, size and review state',
    stratum            UInt64 COMMENT 'hash of what is held equal',
    cluster            UInt64 COMMENT 'hash of the team, or of repository and quarter where that is not known',
    repo               LowCardinality(String) COMMENT 'repository, owner/name',
    agent_changes      UInt32 COMMENT 'mature changes of class ai_agent',
    agent_events       UInt32 COMMENT 'of these, with the outcome',
    assisted_changes   UInt32 COMMENT 'of class ai_assisted',
    assisted_events    UInt32 COMMENT 'of these, with the outcome',
    human_changes      UInt32 COMMENT 'of class human',
    human_events       UInt32 COMMENT 'of these, with the outcome',
    unknown_changes    UInt32 COMMENT 'of class unknown',
    unknown_events     UInt32 COMMENT 'of these, with the outcome',
    automation_changes UInt32 COMMENT 'of class automation',
    automation_events  UInt32 COMMENT 'of these, with the outcome'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT outcome, adjustment, stratum, cluster, repo, agent_changes, agent_events, assisted_changes, assisted_events, human_changes, human_events,
    unknown_changes, unknown_events, automation_changes, automation_events
FROM strata FINAL
WHERE design = 'repository'
COMMENT 'The counts that comparisons within a repository are made from; strata without an event are left out. Those within a developer are one person''s each, and not shown.';

DROP VIEW baserate.commits;

CREATE VIEW baserate.commits
(
    repo              LowCardinality(String) COMMENT 'repository, owner/name',
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
    mode              LowCardinality(String) COMMENT 'channel of the strongest evidence',
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

DROP VIEW baserate.ref_updates;

CREATE VIEW baserate.ref_updates
(
    repo    LowCardinality(String) COMMENT 'owner/name',
    ref     String COMMENT 'full ref name',
    old     String COMMENT 'commit before, empty when the ref is new',
    new     String COMMENT 'commit after, empty when the ref is gone',
    forced  Bool COMMENT 'the old commit is not an ancestor of the new one',
    seen_at DateTime64(3, 'UTC') COMMENT 'when the collector saw it; the move itself was earlier'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT repo, ref, old, new, forced, seen_at FROM ref_updates FINAL
COMMENT 'One row a move of a branch, tag or pull-request head seen between two collections.';

DROP VIEW baserate.coverage;

CREATE VIEW baserate.coverage
(
    source      LowCardinality(String) COMMENT 'kind of source, such as git',
    scope       String COMMENT 'what was read: a repository',
    stream      LowCardinality(String) COMMENT 'what of it: history',
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
