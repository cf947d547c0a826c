-- Changes with their outcomes. The data of a repository end with its newest landing that is not in the future: a
-- clone says nothing about the time after it.
INSERT INTO changes (change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, tool, tools, autonomy,
    mode, confidence, review_state, commits, ai_commits, additions, deletions, size_known, files, people, reverted_at, hotfixed_at,
    mature, version, is_deleted)
SELECT
    concat(l.repo, '@', l.sha), l.kind, l.method, l.repo, l.sha, l.pr_number, l.title, l.landed_at, l.author_class, l.tool,
    l.tools, l.autonomy, l.mode, l.confidence, l.review_state, l.commits, l.ai_commits, l.additions, l.deletions, l.size_known,
    toUInt32(length(l.paths)),
    l.people,
    o.reverted_at,
    if(o.fixed_at <= l.landed_at + INTERVAL 72 HOUR, o.fixed_at, NULL),
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
    SELECT repo, target, minOrNullIf(at, relation = 'revert' AND effective) AS reverted_at, minOrNullIf(at, relation = 'fix') AS fixed_at
    FROM links FINAL
    WHERE repo IN {repos:Array(String)}
    GROUP BY repo, target
) AS o ON o.repo = l.repo AND o.target = l.sha
