-- Changes with what was known at their landing and what came of them. The data of a repository end with its newest landing
-- that is not in the future: a clone says nothing about the time after it. Rules that asked for a review and were overridden
-- make `bypassed` of everything but an independent approval. A change is deployed with the first deployment to production of its
-- own commit or of a later one of the branch that succeeded after the landing; deployments that ended before their own commit
-- landed are of another branch.
INSERT INTO changes (change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, late_class, tool, tools, autonomy,
    mode, confidence, review_state, approvals, prompter_known, merged_by_author, permission, usual_permission, permission_source, team, tier, author, people, commits, ai_commits, additions, deletions,
    size_known, destructive, files, opened_at, first_review_at, review_rounds, review_comments, reverted_at, hotfixed_at, hotfix_score, reworked_at, failed_at,
    deployed_at, incident, incident_at, incident_method, incident_score, severity, outage_minutes, control_at, followed_days, mature, version, is_deleted)
SELECT
    concat(l.repo, '@', l.sha), l.kind, l.method, l.repo, l.sha, l.pr_number, l.title, l.landed_at, l.author_class, l.late_class, l.tool,
    l.tools, l.autonomy, l.mode, l.confidence,
    multiIf(
        p.review_state = 'independent' OR p.review_state IN ('', 'not_collected') AND l.review_state = 'independent', 'independent',
        b.sha != '', 'bypassed',
        p.review_state IN ('', 'not_collected'), l.review_state,
        p.review_state),
    if(l.kind = 'action', toUInt8(l.review_state = 'independent'), p.approvals), l.prompter_known, l.merged_by_author,
    if(h.level = '', 'unknown', h.level), if(h.usual = '', 'unknown', h.usual), h.grant,
    arrayFirst(m -> m.1 <= l.landed_at AND l.landed_at < m.2, t.spans).3,
    r.tier, l.author, l.people, l.commits, l.ai_commits, l.additions, l.deletions, l.size_known, l.destructive,
    if(empty(l.paths), l.changed_files, toUInt32(length(l.paths))),
    if(p.number > 0, p.opened_at, NULL), p.first_review_at, p.rounds, p.comments,
    o.reverted_at,
    if(o.fixed_at <= l.landed_at + INTERVAL 72 HOUR, o.fixed_at, NULL),
    arrayMax(arrayMap(f -> if(f.1 <= l.landed_at + INTERVAL 72 HOUR, f.2, 0), o.fixes)),
    if(o.fixed_at <= l.landed_at + INTERVAL 21 DAY, o.fixed_at, NULL),
    d.failed_at,
    if(s.deployed_at >= l.landed_at, s.deployed_at, NULL),
    c.incident, c.incident_at, c.method, c.score, c.severity, c.outage_minutes, c.control_at,
    toUInt16(least(65535, greatest(0, intDiv(toInt64(dateDiff('second', l.landed_at, e.data_to)), 86400)))),
    l.landed_at <= e.data_to - INTERVAL 14 DAY,
    {version:UInt64}, 0
FROM (SELECT * FROM landings FINAL WHERE repo IN {repos:Array(String)}) AS l
INNER JOIN
(
    SELECT repo, maxIf(landed_at, landed_at <= {now:DateTime}) AS data_to
    FROM landings FINAL
    WHERE repo IN {repos:Array(String)}
    GROUP BY repo
) AS e ON e.repo = l.repo
LEFT JOIN
(
    SELECT repo, target, minOrNullIf(at, relation = 'revert' AND effective) AS reverted_at, minOrNullIf(at, relation = 'fix') AS fixed_at,
        groupArrayIf((at, score), relation = 'fix') AS fixes
    FROM links FINAL
    WHERE repo IN {repos:Array(String)}
    GROUP BY repo, target
) AS o ON o.repo = l.repo AND o.target = l.sha
LEFT JOIN (SELECT * FROM proposals FINAL WHERE repo IN {repos:Array(String)}) AS p ON p.repo = l.repo AND p.number = l.pull
LEFT JOIN (SELECT * FROM holdings FINAL WHERE repo IN {repos:Array(String)}) AS h ON h.repo = l.repo AND h.sha = l.sha
LEFT JOIN
(
    SELECT DISTINCT repo, sha FROM bypasses FINAL WHERE repo IN {repos:Array(String)} AND asks_review AND sha != ''
) AS b ON b.repo = l.repo AND b.sha = l.sha
ASOF LEFT JOIN
(
    SELECT t.repo AS repo, t.position AS position, min(t.first_at) OVER (PARTITION BY t.repo ORDER BY t.position DESC) AS deployed_at
    FROM
    (
        SELECT k.repo AS repo, k.position AS position, min(e.finished_at) AS first_at
        FROM
        (
            SELECT repo, sha, assumeNotNull(finished_at) AS finished_at
            FROM deployments FINAL
            WHERE repo IN {repos:Array(String)} AND NOT failed AND isNotNull(finished_at) AND environment IN (SELECT name FROM production_environments)
        ) AS e
        INNER JOIN (SELECT repo, sha, landed_by FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS g ON g.repo = e.repo AND g.sha = e.sha
        INNER JOIN (SELECT repo, sha, position, landed_at FROM landings FINAL WHERE repo IN {repos:Array(String)}) AS k ON k.repo = g.repo AND k.sha = g.landed_by
        WHERE e.finished_at >= k.landed_at
        GROUP BY repo, position
    ) AS t
) AS s ON s.repo = l.repo AND s.position >= l.position
LEFT JOIN
(
    -- One failed deployment of many changes is one failure: it is charged to the change of the commit that was deployed.
    SELECT k.repo AS repo, k.landed_by AS sha, minOrNullIf(f.failed_at, f.failed_at >= l.landed_at) AS failed_at
    FROM
    (
        SELECT repo, sha, ifNull(finished_at, created_at) AS failed_at
        FROM deployments FINAL
        WHERE repo IN {repos:Array(String)} AND failed AND environment IN (SELECT name FROM production_environments)
    ) AS f
    INNER JOIN (SELECT * FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS k ON k.repo = f.repo AND k.sha = f.sha
    INNER JOIN (SELECT repo, sha, landed_at FROM landings FINAL WHERE repo IN {repos:Array(String)}) AS l ON l.repo = k.repo AND l.sha = k.landed_by
    GROUP BY repo, sha
) AS d ON d.repo = l.repo AND d.sha = l.sha
LEFT JOIN
(
    SELECT i.repo AS repo, i.sha AS sha,
        argMinIf((concat(i.source, ':', i.incident), i.method, i.score), (i.started_at, i.source, i.incident), NOT i.extrinsic) AS first,
        first.1 AS incident, first.2 AS method, first.3 AS score,
        minOrNullIf(i.started_at, NOT i.extrinsic) AS incident_at,
        minIf(i.severity, i.severity > 0 AND NOT i.extrinsic) AS severity,
        sumIf(greatest(0, dateDiff('second', i.started_at, ifNull(i.resolved_at, i.started_at))) / 60, NOT i.extrinsic) AS outage_minutes,
        minOrNullIf(i.started_at, i.extrinsic) AS control_at
    FROM root_causes AS i
    WHERE i.repo IN {repos:Array(String)}
    GROUP BY repo, sha
) AS c ON c.repo = l.repo AND c.sha = l.sha
LEFT JOIN (SELECT * FROM profiles FINAL) AS r ON r.repo = l.repo
LEFT JOIN memberships AS t ON t.person = l.author
