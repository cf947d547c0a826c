-- The analysts' views of what is derived since 00008 and of its facts. As in 00007: no login, address or name of a person is in any of them,
-- what is counted by person is left out for groups under five, and columns are declared with the very type they are made with.

-- +goose Up

DROP VIEW baserate.changes;
DROP VIEW baserate.attributions;
DROP VIEW baserate.proposals;
DROP VIEW baserate.deployments;
DROP VIEW baserate.incidents;
DROP VIEW baserate.incident_links;
DROP VIEW baserate.usage;
DROP VIEW baserate.coverage;

CREATE VIEW baserate.changes
(
    change_id         String COMMENT 'repo@sha of the commit that landed; of an action system@id',
    kind              LowCardinality(String) COMMENT 'pull_request: a pull request is known or named; push: none is; action: an operation without a commit',
    method            LowCardinality(String) COMMENT 'merge: a merge commit; squash: one commit of a pull request; direct: commits put on the branch as they are, by a push or by rebasing a pull request',
    repo              LowCardinality(String) COMMENT 'repository, owner/name; of an action the system that it was done to',
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
    review_state      LowCardinality(String) COMMENT 'independent: a person without a hand in it, who did not ask an agent for it either, approved its last commit before the landing; stale: an older commit; ai_only: only machines approved; self: only its makers; after_merge: only later; none: nothing was missed and none approves, also of a push that was no merge; bypassed: rules that asked for a review were overridden, and there was none; not_collected: nothing is known. Without the reviews of a pull request, by review trailers',
    approvals         UInt8 COMMENT 'independent persons who approved the last commit before the landing; 0 also when reviews are not collected',
    prompter_known    Nullable(Bool) COMMENT 'of an agent''s change: the person for whom it worked is known, so that their own approval cannot be taken for a second person''s; NULL of changes that no agent made',
    merged_by_author  Nullable(Bool) COMMENT 'the account that landed it belongs to its author, to somebody else with a hand in it or to who asked an agent for it; NULL when that cannot be told',
    permission        LowCardinality(String) COMMENT 'level of the account that landed it by the newest snapshot before: none < read < triage < write < maintain < admin < operator; unknown when no snapshot covers the moment',
    usual_permission  LowCardinality(String) COMMENT 'level with which that account landed most changes in this repository in the 90 days before, unknown without any',
    permission_source LowCardinality(String) COMMENT 'grant of that level as the snapshot has it: a role, a team, an app''s installation; empty when it does not say or there is none',
    team              LowCardinality(String) COMMENT 'team of the author at the landing, empty when not known',
    tier              UInt8 COMMENT 'of the repository: 1 most critical to 3, 0 unknown',
    commits           UInt32 COMMENT 'commits that landed with the change, merge commits not counted',
    ai_commits        UInt32 COMMENT 'of these, commits with evidence of AI',
    additions         Nullable(UInt64) COMMENT 'added lines against the first parent, NULL when they could not be counted',
    deletions         Nullable(UInt64) COMMENT 'deleted lines, likewise',
    size_lines        Nullable(UInt64) COMMENT 'additions + deletions, likewise',
    files             Nullable(UInt32) COMMENT 'files touched, likewise',
    destructive       Bool COMMENT 'of an action: what it took away does not come back by itself; false of commits',
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
    failed_deployment Bool COMMENT 'a deployment of one of its commits to production failed within 14 days; the other changes in that deployment are not charged',
    failed_at         Nullable(DateTime64(0, 'UTC')) COMMENT 'end of the first such deployment',
    deployed_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'end of the first deployment to production that succeeded after the landing with this change in it, that is of its commit or a later one of the branch; NULL when none is known',
    incident          Bool COMMENT 'root cause of an incident that began within 14 days of the landing, drills left out',
    incident_id       String COMMENT 'source:id of the first incident that it is the root cause of, within 30 days; empty when none',
    incident_at       Nullable(DateTime64(0, 'UTC')) COMMENT 'beginning of that incident',
    incident_method   LowCardinality(String) COMMENT 'how it is known: confirmed by a person, declared, attachment, change_event, issue_link, text or deploy_window',
    incident_score    Float32 COMMENT 'trust in that, 0 to 1',
    major             Bool COMMENT 'incident within 14 days, and severity 1 or 2',
    incident_severity Nullable(UInt8) COMMENT 'worst of its incidents, 1 worst to 5, NULL when none is known',
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
    c.tool, c.tools, c.autonomy, c.mode, c.confidence, c.review_state, c.approvals, c.prompter_known, c.merged_by_author,
    c.permission, c.usual_permission, c.permission_source, c.team, c.tier,
    c.commits, c.ai_commits,
    if(c.size_known, c.additions, NULL) AS additions,
    if(c.size_known, c.deletions, NULL) AS deletions,
    if(c.size_known, c.additions + c.deletions, NULL) AS size_lines,
    if(c.size_known, c.files, NULL) AS files, c.destructive,
    c.opened_at, c.first_review_at, c.review_rounds, c.review_comments,
    CAST(isNotNull(c.reverted_at), 'Bool') AS reverted, c.reverted_at,
    CAST(ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS reverted_14d,
    CAST(isNotNull(c.hotfixed_at), 'Bool') AS hotfixed, c.hotfixed_at, c.hotfix_score,
    CAST(isNotNull(c.reworked_at), 'Bool') AS reworked, c.reworked_at,
    CAST(ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS failed_deployment, c.failed_at, c.deployed_at,
    CAST(ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS incident,
    c.incident AS incident_id, c.incident_at, c.incident_method, c.incident_score,
    CAST(incident AND c.severity IN (1, 2), 'Bool') AS major,
    nullIf(c.severity, 0) AS incident_severity, c.outage_minutes,
    CAST(incident OR failed_deployment OR reverted_14d OR hotfixed, 'Bool') AS mistake,
    CAST(ifNull(c.control_at <= c.landed_at + INTERVAL 14 DAY, false), 'Bool') AS control, c.control_at,
    c.followed_days, c.mature
FROM changes AS c FINAL
COMMENT 'One row a change: a pull request or a push that landed on the default branch, or an action in a running system, with who or what wrote it and what came of it.';

CREATE VIEW baserate.attributions
(
    repo       LowCardinality(String) COMMENT 'repository, owner/name',
    subject    String COMMENT 'commit that the evidence is about, #number of a pull request, or id of an action',
    rule       String COMMENT 'rule that matched, see attribution/rules.yaml and actions.yaml',
    tool       String COMMENT 'tool that the evidence names',
    mode       String COMMENT 'channel: author, committer, coauthor, trailer, footer, session, note, branch, pr_author, pr_body, label, task, user_agent, account, role, console ...',
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
    UNION ALL
    SELECT system, id, rules_version, arrayZip(rules, tools, modes, autonomies, quotes, confidences)
    FROM action_verdicts FINAL
    UNION ALL
    SELECT repo, concat('#', toString(number)), toLowCardinality(''),
        [(toLowCardinality('agent_task'), tool, toLowCardinality('task'), toLowCardinality('agent'), concat('agent task ', id), toFloat32(0.99))]
    FROM agent_tasks FINAL
    WHERE number > 0
)
ARRAY JOIN found AS e
COMMENT 'One row a piece of evidence about who or what wrote a commit or a pull request, or did an action; the strongest decides the author class.';

CREATE VIEW baserate.pull_requests
(
    repo             LowCardinality(String) COMMENT 'repository, owner/name',
    number           UInt32 COMMENT 'of the pull request',
    title            String COMMENT 'as it stands now',
    state            String COMMENT 'merged, closed (turned down or given up) or open',
    change_id        String COMMENT 'the change that it landed as, empty when it did not or that is not collected',
    author_class     LowCardinality(String) COMMENT 'as in changes; of one that is not merged, by itself and its own commits',
    tool             LowCardinality(String) COMMENT 'AI tool with the strongest evidence, empty when none',
    by_machine       Bool COMMENT 'an AI''s or app''s account opened it; automation that is no AI left out',
    prompter_known   Nullable(Bool) COMMENT 'as in changes',
    team             LowCardinality(String) COMMENT 'team of the author when it was ready, empty when not known',
    opened_at        DateTime64(0, 'UTC') COMMENT 'creation',
    ready_at         DateTime64(0, 'UTC') COMMENT 'when it stopped being a draft',
    first_review_at  Nullable(DateTime64(0, 'UTC')) COMMENT 'first review by a person other than the makers',
    merged_at        Nullable(DateTime64(0, 'UTC')) COMMENT 'NULL when not merged',
    closed_at        Nullable(DateTime64(0, 'UTC')) COMMENT 'NULL when open',
    review_state     LowCardinality(String) COMMENT 'as in changes, by the reviews alone: never bypassed',
    approvals        UInt8 COMMENT 'as in changes',
    merged_by_author Nullable(Bool) COMMENT 'as in changes',
    review_rounds    UInt16 COMMENT 'as in changes',
    review_comments  UInt32 COMMENT 'as in changes'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT p.repo, p.number, p.title, multiIf(isNotNull(p.merged_at), 'merged', isNotNull(p.closed_at), 'closed', 'open') AS state,
    if(p.sha = '', '', concat(p.repo, '@', p.sha)) AS change_id, p.author_class, p.tool, p.machine AS by_machine, p.prompter_known, p.team,
    p.opened_at, p.ready_at, p.first_review_at, p.merged_at, p.closed_at, p.review_state, p.approvals, p.merged_by_author,
    p.rounds AS review_rounds, p.comments AS review_comments
FROM proposals AS p FINAL
WHERE NOT p.deleted
COMMENT 'One row a pull request, also those that are open or were turned down: times to review and merge are measured on all of them. Those that their source deleted are left out.';

CREATE VIEW baserate.reviews
(
    repo           LowCardinality(String) COMMENT 'repository, owner/name',
    number         UInt32 COMMENT 'of the pull request',
    id             String COMMENT 'of the review at its source',
    reviewer       String COMMENT 'person: somebody without a hand in it; maker: its author, somebody else with a hand in it, or who asked an agent for it; bot: a machine; unknown: the source does not say who',
    state          LowCardinality(String) COMMENT 'approved, changes_requested, commented or dismissed, as it stands now',
    submitted_at   DateTime64(0, 'UTC') COMMENT 'when it was given',
    before_merge   Bool COMMENT 'given before the merge, or it is not merged',
    on_last_commit Nullable(Bool) COMMENT 'given on the last commit of the branch; NULL when either is not known'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS WITH assumeNotNull((SELECT key FROM pseudonym)) AS key
SELECT v.repo AS repo, v.number AS number, v.id AS id,
    multiIf(
        v.author = '', 'unknown',
        v.author_kind IN ('bot', 'app') OR match(lower(v.author), '\\[bot\\]$|^(copilot|coderabbitai|greptile-apps|cursoragent)$'), 'bot',
        has(p.makers, v.account) OR has(p.makers, o.person), 'maker',
        'person') AS reviewer,
    v.state AS state, v.submitted_at AS submitted_at,
    CAST(ifNull(v.submitted_at <= p.merged_at, true), 'Bool') AS before_merge,
    CAST(if(v.sha = '' OR empty(p.heads), NULL, has(p.heads, v.sha)), 'Nullable(Bool)') AS on_last_commit
FROM (SELECT *, sipHash64Keyed(key, concat(source, ':', lower(author))) AS account FROM reviews FINAL) AS v
INNER JOIN (SELECT repo, number, makers, heads, merged_at FROM proposals FINAL WHERE NOT deleted) AS p ON p.repo = v.repo AND p.number = v.number
LEFT JOIN persons AS o ON o.account = v.account
COMMENT 'One row a review of a pull request that is derived. Who looked is told by what they were to the change, never by name.';

CREATE VIEW baserate.deployments
(
    repo        LowCardinality(String) COMMENT 'repository, owner/name',
    id          String COMMENT 'of the deployment at its source',
    sha         String COMMENT 'commit that was deployed',
    change_id   String COMMENT 'change that this commit landed with, which a failure is charged to; empty when it is not on the default branch',
    environment LowCardinality(String) COMMENT 'where to',
    production  Bool COMMENT 'that is production: by the first word of its name (production, prod, live), by its having none, or as it is set',
    created_at  DateTime64(0, 'UTC') COMMENT 'when it was asked for',
    finished_at Nullable(DateTime64(0, 'UTC')) COMMENT 'when its last state was reported, NULL while it is under way',
    failed      Bool COMMENT 'its last state is a failure'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT d.repo, d.id, d.sha, if(k.landed_by = '', '', concat(d.repo, '@', k.landed_by)) AS change_id, d.environment,
    CAST(d.environment IN (SELECT name FROM production_environments), 'Bool') AS production, d.created_at, d.finished_at, d.failed
FROM (SELECT * FROM deployments FINAL) AS d
LEFT JOIN (SELECT repo, sha, landed_by FROM landed_commits FINAL) AS k ON k.repo = d.repo AND k.sha = d.sha
COMMENT 'One row a deployment. Only those to production count as failures of a change, and as its deployment.';

CREATE VIEW baserate.incidents
(
    incident    String COMMENT 'source:id, as in changes.incident_id',
    source      LowCardinality(String) COMMENT 'where it was declared',
    id          String COMMENT 'there',
    title       String COMMENT 'as declared',
    severity    Nullable(UInt8) COMMENT '1 worst to 5, NULL when not known',
    declared_at DateTime64(0, 'UTC') COMMENT 'when somebody said so',
    started_at  DateTime64(0, 'UTC') COMMENT 'when it began; when it was declared, where that is not known',
    detected_at     Nullable(DateTime64(0, 'UTC')) COMMENT 'when somebody or something noticed, NULL when not known',
    acknowledged_at Nullable(DateTime64(0, 'UTC')) COMMENT 'when somebody took it, likewise',
    mitigated_at    Nullable(DateTime64(0, 'UTC')) COMMENT 'when it stopped hurting, likewise',
    resolved_at Nullable(DateTime64(0, 'UTC')) COMMENT 'NULL while it is open',
    minutes     Nullable(Float64) COMMENT 'from its beginning to its resolution, NULL while it is open',
    services    Array(String) COMMENT 'struck by it',
    repos       Array(String) COMMENT 'repositories that the source names',
    environment LowCardinality(String) COMMENT 'as its source words it, empty when it does not',
    status      LowCardinality(String) COMMENT 'likewise',
    cause_type  LowCardinality(String) COMMENT 'change, config, capacity, dependency, hardware, security or unknown, as declared',
    extrinsic   Bool COMMENT 'capacity, dependency or hardware: no change caused it',
    drill       Bool COMMENT 'an exercise: counted nowhere',
    linked      Bool COMMENT 'a change is found as its root cause',
    decided     Bool COMMENT 'a person confirmed or rejected a change as its cause',
    url         String COMMENT 'its page at the source'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT concat(i.source, ':', i.id) AS incident, i.source, i.id, i.title, nullIf(i.severity, 0) AS severity, i.declared_at, i.started_at, i.detected_at, i.acknowledged_at, i.mitigated_at,
    i.resolved_at,
    greatest(0, dateDiff('second', i.started_at, i.resolved_at)) / 60 AS minutes,
    i.services, i.repos, i.environment, i.status, i.cause_type,
    CAST(i.cause_type IN ('capacity', 'dependency', 'hardware'), 'Bool') AS extrinsic,
    i.drill,
    CAST((i.source, i.id) IN (SELECT source, incident FROM root_causes), 'Bool') AS linked,
    CAST((i.source, i.id) IN (SELECT source, incident FROM confirmations), 'Bool') AS decided,
    i.url
FROM (SELECT * FROM incidents FINAL WHERE NOT deleted) AS i
COMMENT 'One row an incident that its source did not delete.';

CREATE VIEW baserate.incident_links
(
    incident   String COMMENT 'source:id, as in incidents',
    change_id  String COMMENT 'change that it may come from',
    repo       LowCardinality(String) COMMENT 'repository of that change',
    method     LowCardinality(String) COMMENT 'how it is known: confirmed by a person; declared, attachment, change_event, issue_link or text by a source; deploy_window: nothing is said of it, and the last successful deployment to production of a repository that has a service which was struck, or that the incident names, ended in the four hours before it began',
    score      Float32 COMMENT 'trust in that, 0 to 1: 1 when confirmed, up to 0.3 by deploy_window, less the longer before',
    chosen     Bool COMMENT 'the root cause: a person''s word, then greatest score, then most direct method, then latest landing; at most one an incident',
    rejected   Bool COMMENT 'a person says that it was not this change: kept, and never chosen',
    window_minutes Nullable(Float32) COMMENT 'of deploy_window: from the end of the deployment to the beginning of the incident',
    service    String COMMENT 'of deploy_window: the service that both name, empty when the incident names the repository',
    landed_at  DateTime64(0, 'UTC') COMMENT 'of the change',
    started_at DateTime64(0, 'UTC') COMMENT 'of the incident, within 30 days after the landing unless a person says so',
    extrinsic  Bool COMMENT 'no change caused the incident, whatever is said: see changes.control'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT concat(c.source, ':', c.incident) AS incident, concat(c.repo, '@', c.sha) AS change_id, c.repo, c.method, c.score,
    CAST((c.source, c.incident, c.repo, c.sha) IN (SELECT source, incident, repo, sha FROM root_causes), 'Bool') AS chosen,
    c.rejected, c.window_minutes, c.service, c.landed_at, c.started_at, c.extrinsic
FROM candidates AS c FINAL
COMMENT 'One row an incident and a change that it may come from. Fixes are no causes, and not here.';

CREATE VIEW baserate.bypasses
(
    repo        LowCardinality(String) COMMENT 'repository, owner/name',
    source      LowCardinality(String) COMMENT 'who says so',
    id          String COMMENT 'there',
    at          DateTime64(0, 'UTC') COMMENT 'when the rules were overridden',
    change_id   String COMMENT 'change that landed so, empty when none is found',
    method      LowCardinality(String) COMMENT 'how it was found. sha: by its commit; push: it landed with the same push; actor_time: the same account landed it within five minutes; empty when none is found',
    rules       Array(String) COMMENT 'rules that were not met; empty when that is not known',
    asks_review Bool COMMENT 'one of these asks for a review, or they are not known: without an independent approval the change is of review state bypassed'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT b.repo, b.source, b.id, b.at, if(b.sha = '', '', concat(b.repo, '@', b.sha)) AS change_id, b.method,
    CAST(b.rules, 'Array(String)') AS rules, b.asks_review
FROM bypasses AS b FINAL
COMMENT 'One row a change that was landed by overriding the rules of the default branch, and one for each override that no change is found for.';

CREATE VIEW baserate.permissions
(
    repo     LowCardinality(String) COMMENT 'repository, owner/name; empty for every repository of the source',
    day      Date COMMENT 'of the snapshots, UTC: a level holds from its snapshot to the account''s next, and says nothing of the time before',
    kind     String COMMENT 'person, bot or app',
    level    LowCardinality(String) COMMENT 'none < read < triage < write < maintain < admin < operator',
    grant    LowCardinality(String) COMMENT 'by what: a role, a team, an app''s installation',
    accounts Nullable(UInt64) COMMENT 'how many accounts had it by their last snapshot of that day; NULL for fewer than five persons'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT n.repo AS repo, n.day_ AS day, n.kind_ AS kind, n.most.1 AS level, n.most.2 AS grant,
    if(kind = 'person' AND count() < 5, NULL, count()) AS accounts
FROM
(
    SELECT p.repo AS repo, toDate(p.seen_at) AS day_, p.source AS source, p.account AS account, if(p.kind IN ('bot', 'app'), toString(p.kind), 'person') AS kind_,
        argMax((p.level, p.grant), (p.seen_at, p.grant)) AS most
    FROM permissions AS p FINAL
    GROUP BY repo, day_, source, account, kind_
) AS n
GROUP BY repo, day, kind, level, grant
COMMENT 'One row a repository, day, kind of account, level and grant: what could be done, by how many. Who, is not shown.';

CREATE VIEW baserate.actions
(
    change_id    String COMMENT 'system@id, as in changes; empty for one that failed, which changed nothing',
    system       LowCardinality(String) COMMENT 'what it was done to: aws:account/region, k8s:cluster, github:organisation',
    source       LowCardinality(String) COMMENT 'audit log that it is from',
    id           String COMMENT 'there',
    at           DateTime64(3, 'UTC') COMMENT 'when',
    verb         LowCardinality(String) COMMENT 'what was done',
    title        String COMMENT 'verb and resource; names of users left out; empty for one that failed',
    environment  LowCardinality(String) COMMENT 'empty when nothing says',
    destructive  Bool COMMENT 'what it took away does not come back by itself',
    failed       Bool COMMENT 'it was refused or failed',
    author_class LowCardinality(String) COMMENT 'who or what did it, as in changes; empty for one that failed',
    tool         LowCardinality(String) COMMENT 'AI tool with the strongest evidence, empty when none',
    permission   LowCardinality(String) COMMENT 'what the right that it was done with allows; unknown when nothing says',
    console      Bool COMMENT 'clicked in a web console by somebody who had signed in with a second factor',
    review_state LowCardinality(String) COMMENT 'independent: somebody without a hand in it approved it before; ai_only, self: only a machine or a maker did; not_collected: nothing is known'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT if(c.sha = '', '', concat(c.repo, '@', c.sha)) AS change_id, a.system, a.source, a.id, a.at, a.verb, c.title, a.environment, a.destructive, a.failed,
    c.author_class, c.tool, if(a.level = '', 'unknown', a.level) AS permission, a.console, c.review_state
FROM (SELECT * FROM actions FINAL WHERE NOT startsWith(verb, 'sts:AssumeRole')) AS a
LEFT JOIN (SELECT repo, sha, method, title, author_class, tool, review_state FROM changes FINAL WHERE kind = 'action') AS c
    ON c.repo = a.system AND c.sha = a.id AND c.method = a.source
COMMENT 'One row a thing that was done to a running system without a commit, as audit logs have it. Who did it is told by class, never by name.';

CREATE VIEW baserate.teams
(
    team         String COMMENT 'empty: persons who are in no team now',
    persons      Nullable(UInt64) COMMENT 'in it now; NULL for fewer than five',
    repositories UInt64 COMMENT 'that it owns, by what is known of them'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT t.team_ AS team, if(max(t.members) < 5, NULL, max(t.members)) AS persons, max(t.owned) AS repositories
FROM
(
    SELECT span.3 AS team_, uniqExact(m.person) AS members, toUInt64(0) AS owned
    FROM memberships AS m
    ARRAY JOIN arrayFilter(s -> s.1 <= now() AND now() < s.2, m.spans) AS span
    GROUP BY team_
    UNION ALL
    SELECT '', uniqExact(p.person), 0
    FROM persons AS p
    WHERE p.person NOT IN (SELECT person FROM memberships WHERE arrayExists(s -> s.1 <= now() AND now() < s.2, spans))
    UNION ALL
    SELECT toString(r.team), 0, uniqExact(r.repo) FROM (SELECT * FROM profiles FINAL) AS r WHERE r.team != '' GROUP BY r.team
) AS t
GROUP BY team
HAVING team != '' OR max(t.members) > 0
COMMENT 'One row a team. Who is in two teams is counted in both, and who is in none under the empty name: teams do not add up to the organisation.';

CREATE VIEW baserate.ai_usage
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
        u.tool AS tool_, u.person AS who, u.interactions AS n, u.lines AS put
    FROM usage_of_persons AS u
    LEFT JOIN memberships AS t ON t.person = u.person
) AS used
GROUP BY team, week, tool
HAVING persons >= 5
COMMENT 'Use of AI tools by team and week, counted over persons before groups under five are left out: teams do not add up to the whole, and who is in several teams counts with the one joined last. Empty until a source reports it.';

CREATE VIEW baserate.coverage
(
    source      LowCardinality(String) COMMENT 'kind of source, such as git',
    scope       String COMMENT 'what was read: a repository, an organisation, a folder',
    stream      LowCardinality(String) COMMENT 'what of it: history, pull_requests, permissions ...',
    started_at  DateTime64(3, 'UTC') COMMENT 'start of the last run',
    finished_at Nullable(DateTime64(3, 'UTC')) COMMENT 'its end, NULL while it runs or when it was cut off',
    status      String COMMENT 'ok, partial (something is missing, see warnings), failed (see error), running, or absent (see error: the source has no such thing or does not show it)',
    rows        UInt64 COMMENT 'facts saved by the last run',
    requests    UInt64 COMMENT 'calls made to the source by the last run',
    data_from   Nullable(DateTime64(0, 'UTC')) COMMENT 'oldest fact of the last run',
    data_to     Nullable(DateTime64(0, 'UTC')) COMMENT 'newest fact of the last run',
    error       String COMMENT 'what failed and what to do',
    warnings    Array(Tuple(code String, subject String, detail String)) COMMENT 'flaws in the input that did not stop the run',
    last_success_at Nullable(DateTime64(3, 'UTC')) COMMENT 'end of the last run that was ok or partial',
    lag_seconds Nullable(UInt64) COMMENT 'since that: how old what is known of it is, NULL when it never succeeded',
    absent      Bool COMMENT 'the source does not have it, or does not let this account read it: not collected, which is not none',
    cursor      String COMMENT 'how far it was read, in the collector''s own words and cut at 120 bytes; empty when the scope is a part of a larger one',
    runs        UInt64 COMMENT 'runs so far'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT
    l.source, l.scope, l.stream, l.started_at, l.finished_at, l.status, l.rows, l.requests, l.data_from, l.data_to, l.error, l.warnings, l.last_success_at,
    if(isNull(l.last_success_at), NULL, toUInt64(greatest(0, dateDiff('second', l.last_success_at, now64(3, 'UTC'))))) AS lag_seconds,
    CAST(l.status = 'absent', 'Bool') AS absent, left(k.cursor, 120) AS cursor, l.runs
FROM
(
    SELECT
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
) AS l
LEFT JOIN (SELECT source, scope, stream, cursor FROM cursors FINAL) AS k ON k.source = l.source AND k.scope = l.scope AND k.stream = l.stream
COMMENT 'One row a source, scope and stream: the last run, and what it missed. Not collected is never the same as none.';
