-- What the right allowed that an action was done with, where its source says so: roles are named for it, and are not snapshots.
-- `usual` is, as in holdings.sql, the level of most of what that person, or else that account, did in the system in the 90 days
-- before the day, the lowest of several.
INSERT INTO holdings (repo, sha, level, usual, grant, version, is_deleted)
WITH
    ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels,
    held AS
    (
        SELECT l.repo AS repo, l.sha AS sha, l.who AS who, toDate(l.landed_at) AS day, toString(a.level) AS level_,
            if(match(a.principal, '^(arn:|ClusterRole/|Role/)'), extract(a.principal, '[^/]+$'), '') AS by_
        FROM
        (
            SELECT repo, sha, landed_at, method, if(author > 0, author, actor) AS who FROM landings FINAL WHERE repo IN {repos:Array(String)} AND kind = 'action'
        ) AS l
        INNER JOIN
        (
            SELECT system, source, id, level, principal FROM actions FINAL WHERE system IN {repos:Array(String)} AND level NOT IN ('', 'unknown')
        ) AS a ON a.system = l.repo AND a.id = l.sha AND a.source = l.method
    )
SELECT h.repo, h.sha, h.level_, u.usual, h.by_, {version:UInt64}, 0
FROM held AS h
LEFT JOIN
(
    SELECT repo, who, day,
        sumForEach(counts) OVER (PARTITION BY repo, who ORDER BY day RANGE BETWEEN 90 PRECEDING AND 1 PRECEDING) AS before,
        if(arrayMax(before) > 0, levels[indexOf(before, arrayMax(before))], '') AS usual
    FROM
    (
        SELECT repo, who, day, sumForEach(arrayMap(n -> toUInt32(n = level_), levels)) AS counts
        FROM held
        GROUP BY repo, who, day
    )
) AS u ON u.repo = h.repo AND u.who = h.who AND u.day = h.day
