-- Which change fixes which. By trailer: "Fixes: <hash>". By files: a change whose title says that it fixes, every
-- source file of which was last changed by one and the same earlier change within the 21 days before. Tests, documents, lock
-- files and generated lists follow other changes around and do not count; fixes of more than thirty files are sweeps. Fixes are
-- few: they stand right in every join, where a table of them is made that the many are held against.
INSERT INTO links (repo, target, source, relation, method, score, effective, at, version, is_deleted)
WITH
    landed AS
    (
        SELECT repo, sha, position, landed_at, title, paths FROM landings FINAL WHERE repo IN {repos:Array(String)}
    ),
    commits_landed AS
    (
        SELECT repo, sha, landed_by FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}
    ),
    mending AS
    (
        SELECT repo, sha, position, landed_at,
            arrayFilter(p -> NOT match(lower(p), '(^|/)(tests?|__tests__|testdata|spec|docs?|fixtures|snapshots?)/|[._-](test|spec)\\.|_test\\.|\\.(md|rst|txt|lock|snap|sum|po|xlf|svg|png)$|(^|/)(package-lock\\.json|changelog[^/]*|release-?notes[^/]*|version[^/]*)$'), paths) AS sources
        FROM landed
        WHERE match(lower(title), '\\b(hot-?fix|fix|fixes|fixed|fixup|bugfix|regression|unbreak)\\b') AND NOT match(title, '^(Revert|Reapply) "')
    ),
    fixes AS
    (
        SELECT repo, sha, position, landed_at, length(sources) AS files, arrayJoin(sources) AS path
        FROM mending
        WHERE length(sources) BETWEEN 1 AND 30
    ),
    -- what a trailer names: the beginning of a hash
    said AS
    (
        SELECT p.repo AS repo, p.landed_by AS source, lower(arrayJoin(extractAll(c.message, '(?mi)^Fixes:\\s+(?:commit\\s+)?([0-9a-f]{7,64})\\b'))) AS prefix
        FROM commits_landed AS p
        INNER JOIN
        (
            SELECT repo, sha, message FROM commits FINAL WHERE repo IN {repos:Array(String)} AND positionCaseInsensitive(message, '\nfixes:') > 0
        ) AS c ON c.repo = p.repo AND c.sha = p.sha
    ),
    named AS
    (
        SELECT t.repo AS repo, t.landed_by AS target, s.source AS source
        FROM commits_landed AS t
        INNER JOIN said AS s ON s.repo = t.repo AND substring(s.prefix, 1, 7) = substring(t.sha, 1, 7)
        WHERE startsWith(t.sha, s.prefix)
    )
SELECT repo, target, source, 'fix', argMax(how, trust), max(trust), true, any(landed), {version:UInt64}, 0
FROM
(
    SELECT n.repo AS repo, n.target AS target, n.source AS source, 'fixes_trailer' AS how, 0.9 AS trust, n.landed_at AS landed
    FROM landed AS old
    INNER JOIN
    (
        SELECT m.repo AS repo, m.target AS target, m.source AS source, own.position AS position, own.landed_at AS landed_at
        FROM landed AS own
        INNER JOIN named AS m ON m.repo = own.repo AND m.source = own.sha
    ) AS n ON n.repo = old.repo AND n.target = old.sha
    WHERE old.position < n.position
    UNION ALL
    SELECT f.repo, any(t.sha), f.sha, 'same_files', 0.5, any(f.landed_at)
    FROM fixes AS f
    ASOF INNER JOIN
    (
        SELECT repo, sha, position, landed_at, arrayJoin(paths) AS path
        FROM landed
        WHERE (repo, path) IN (SELECT repo, path FROM fixes)
    ) AS t ON t.repo = f.repo AND t.path = f.path AND t.position < f.position
    GROUP BY f.repo, f.sha
    HAVING uniqExact(t.sha) = 1 AND count() = any(f.files) AND any(f.landed_at) <= any(t.landed_at) + INTERVAL 21 DAY
)
GROUP BY repo, target, source
