-- What the account that landed a change could do then, by the newest snapshot not later than that: the repository's own before
-- one of the whole source, and nothing before the first. A push took effect when the forge saw it, however old its commits. Of a
-- push that the forge says nothing of, the account is not known but its author: any account of that person counts. Of several snapshots of
-- one moment the highest level holds, and its grant. `usual` is the level that the account landed most changes with in the 90 days before the
-- day of landing, the lowest of several.
INSERT INTO holdings (repo, sha, level, usual, grant, version, is_deleted)
WITH
    ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels,
    assumeNotNull((SELECT key FROM pseudonym)) AS key,
    (a -> if(joinGet('baserate_store.owners', 'person', a) > 0, joinGet('baserate_store.owners', 'person', a), a)) AS owner,
    seen AS
    (
        SELECT repo, who, seen_at, levels[max((indexOf(levels, level_), grant_)).1] AS level, max((indexOf(levels, level_), grant_)).2 AS by_
        FROM
        (
            SELECT repo, toString(level) AS level_, seen_at, toString(grant) AS grant_,
                sipHash64Keyed(key, if(source = 'git',
                    replaceRegexpOne(lower(account), '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'),
                    concat(source, ':', lower(account)))) AS account_,
                arrayJoin(arrayDistinct([account_, owner(account_)])) AS who
            FROM permissions FINAL
            WHERE repo IN {repos:Array(String)} OR repo = ''
        )
        GROUP BY repo, who, seen_at
    ),
    held AS
    (
        SELECT l.repo AS repo, l.sha AS sha, l.actor AS actor, toDate(l.at) AS day, if(l.own != '', l.own, s.level) AS level,
            if(l.own != '', l.own_by, s.by_) AS by_
        FROM
        (
            SELECT l.repo AS repo, l.sha AS sha, l.actor AS actor, l.at AS at, s.level AS own, s.by_ AS own_by
            FROM (SELECT repo, sha, actor, ifNull(moved_at, landed_at) AS at FROM landings FINAL WHERE repo IN {repos:Array(String)} AND actor > 0
                AND (kind != 'action' OR (repo, sha) NOT IN (SELECT system, id FROM actions WHERE system IN {repos:Array(String)} AND level NOT IN ('', 'unknown')))) AS l
            ASOF LEFT JOIN (SELECT * FROM seen WHERE repo != '') AS s ON s.repo = l.repo AND s.who = l.actor AND s.seen_at <= l.at
        ) AS l
        ASOF LEFT JOIN (SELECT * FROM seen WHERE repo = '') AS s ON s.who = l.actor AND s.seen_at <= l.at
    )
SELECT h.repo, h.sha, h.level, u.usual, h.by_, {version:UInt64}, 0
FROM held AS h
LEFT JOIN
(
    SELECT repo, actor, day,
        sumForEach(counts) OVER (PARTITION BY repo, actor ORDER BY day RANGE BETWEEN 90 PRECEDING AND 1 PRECEDING) AS before,
        if(arrayMax(before) > 0, levels[indexOf(before, arrayMax(before))], '') AS usual
    FROM
    (
        SELECT repo, actor, day, sumForEach(arrayMap(n -> toUInt32(n = level), levels)) AS counts
        FROM held
        GROUP BY repo, actor, day
    )
) AS u ON u.repo = h.repo AND u.actor = h.actor AND u.day = h.day
WHERE h.level != ''
