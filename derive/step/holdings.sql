-- What the account that landed a change could do then, by the newest snapshot not later than the landing: the repository's
-- own before one of the whole source, and nothing before the first. Of a push the account is not known but its person: any
-- account of that person counts. `usual` is the level that the account landed most changes with in the 90 days before the
-- day of landing, the lowest of several.
INSERT INTO holdings (repo, sha, level, usual, version, is_deleted)
WITH
    ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels,
    (SELECT (groupArray(account), groupArray(person)) FROM persons) AS known,
    seen AS
    (
        SELECT repo, who, seen_at, levels[max(indexOf(levels, level))] AS level
        FROM
        (
            SELECT repo, level, seen_at,
                cityHash64(if(source = 'git',
                    replaceRegexpOne(lower(account), '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'),
                    concat(source, ':', lower(account)))) AS account_,
                arrayJoin(arrayDistinct([account_, transform(account_, known.1, known.2)])) AS who
            FROM permissions FINAL
            WHERE repo IN {repos:Array(String)} OR repo = ''
        )
        GROUP BY repo, who, seen_at
    ),
    held AS
    (
        SELECT l.repo AS repo, l.sha AS sha, l.actor AS actor, toDate(l.landed_at) AS day, if(l.own != '', l.own, s.level) AS level
        FROM
        (
            SELECT l.repo AS repo, l.sha AS sha, l.actor AS actor, l.landed_at AS landed_at, s.level AS own
            FROM (SELECT repo, sha, actor, landed_at FROM landings FINAL WHERE repo IN {repos:Array(String)} AND actor > 0) AS l
            ASOF LEFT JOIN (SELECT * FROM seen WHERE repo != '') AS s ON s.repo = l.repo AND s.who = l.actor AND s.seen_at <= l.landed_at
        ) AS l
        ASOF LEFT JOIN (SELECT * FROM seen WHERE repo = '') AS s ON s.who = l.actor AND s.seen_at <= l.landed_at
    )
SELECT h.repo, h.sha, h.level, u.usual, {version:UInt64}, 0
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
