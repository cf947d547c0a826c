-- Which change fixes which. By trailer: "Fixes: <hash>". By files: a change whose title says that it fixes, every
-- source file of which was last changed by one and the same earlier change within the 21 days before. Tests, documents, lock
-- files and generated lists follow other changes around and do not count; fixes of more than thirty files are sweeps.
INSERT INTO links (repo, target, source, relation, method, score, effective, at, version, is_deleted)
WITH
    landed AS
    (
        SELECT repo, sha, position, landed_at, title,
            arrayFilter(p -> NOT match(lower(p), '(^|/)(tests?|__tests__|testdata|spec|docs?|fixtures|snapshots?)/|[._-](test|spec)\\.|_test\\.|\\.(md|rst|txt|lock|snap|sum|po|xlf|svg|png)$|(^|/)(package-lock\\.json|changelog[^/]*|release-?notes[^/]*|version[^/]*)$'), paths) AS sources
        FROM landings FINAL
        WHERE repo IN {repos:Array(String)}
    ),
    fixes AS
    (
        SELECT repo, sha, position, landed_at, length(sources) AS files, arrayJoin(sources) AS path
        FROM landed
        WHERE length(sources) BETWEEN 1 AND 30
            AND match(lower(title), '\\b(hot-?fix|fix|fixes|fixed|fixup|bugfix|regression|unbreak)\\b')
            AND NOT match(title, '^(Revert|Reapply) "')
    )
SELECT repo, target, source, 'fix', argMax(how, trust), max(trust), true, any(landed), {version:UInt64}, 0
FROM
(
    SELECT s.repo AS repo, t.landed_by AS target, s.source AS source, 'fixes_trailer' AS how, 0.9 AS trust, own.landed_at AS landed
    FROM
    (
        SELECT p.repo AS repo, p.landed_by AS source, lower(arrayJoin(extractAll(c.message, '(?mi)^Fixes:\\s+(?:commit\\s+)?([0-9a-f]{7,64})\\b'))) AS prefix
        FROM (SELECT repo, sha, landed_by FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS p
        INNER JOIN
        (
            SELECT repo, sha, message FROM commits FINAL WHERE repo IN {repos:Array(String)} AND positionCaseInsensitive(message, '\nfixes:') > 0
        ) AS c ON c.repo = p.repo AND c.sha = p.sha
    ) AS s
    INNER JOIN
    (
        SELECT repo, sha, landed_by, substring(sha, 1, 7) AS start
        FROM landed_commits FINAL
        WHERE repo IN {repos:Array(String)}
    ) AS t ON t.repo = s.repo AND t.start = substring(s.prefix, 1, 7)
    INNER JOIN landed AS own ON own.repo = s.repo AND own.sha = s.source
    INNER JOIN landed AS old ON old.repo = s.repo AND old.sha = t.landed_by
    WHERE startsWith(t.sha, s.prefix) AND old.position < own.position
    UNION ALL
    SELECT f.repo, any(t.sha), f.sha, 'same_files', 0.5, any(f.landed_at)
    FROM fixes AS f
    ASOF INNER JOIN
    (
        SELECT repo, sha, position, landed_at, arrayJoin(sources) AS path
        FROM landed
        WHERE (repo, path) IN (SELECT repo, path FROM fixes)
    ) AS t ON t.repo = f.repo AND t.path = f.path AND t.position < f.position
    GROUP BY f.repo, f.sha
    HAVING uniqExact(t.sha) = 1 AND count() = any(f.files) AND any(f.landed_at) <= any(t.landed_at) + INTERVAL 21 DAY
)
GROUP BY repo, target, source
