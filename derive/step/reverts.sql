-- Which change reverts which. A revert says so by the hash of a commit, by the number of a pull request, or by the
-- title alone; the most exact way that finds anything counts, and a target must have landed before. A commit and
-- its revert within one change cancel out and are no outcome of it. Reverts are few: they stand right in every join, where a
-- table of them is made that the many are held against.
INSERT INTO links (repo, target, source, relation, method, score, effective, at, version, is_deleted)
WITH
    landed AS
    (
        SELECT repo, sha, position, landed_at, title, pr_number
        FROM landings FINAL
        WHERE repo IN {repos:Array(String)}
    ),
    said AS
    (
        SELECT p.repo AS repo, p.landed_by AS source, c.message AS message, extract(message, '^[^\n]*') AS subject
        FROM (SELECT repo, sha, landed_by FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS p
        INNER JOIN
        (
            SELECT repo, sha, message
            FROM commits FINAL
            WHERE repo IN {repos:Array(String)} AND multiSearchAnyCaseInsensitive(message, ['reverts ', 'revert "', 'reapply "'])
        ) AS c ON c.repo = p.repo AND c.sha = p.sha
        UNION ALL
        -- the pull request by which a forge reverts another says so itself, also where its commits do not
        SELECT l.repo, l.sha, concat(f.title, '\n\n', f.body), f.title
        FROM landings AS l FINAL
        INNER JOIN
        (
            SELECT repo, number, title, body
            FROM pull_requests FINAL
            WHERE repo IN {repos:Array(String)} AND isNotNull(merged_at)
                AND (startsWith(title, 'Revert "') OR startsWith(title, 'Reapply "') OR multiSearchAnyCaseInsensitive(body, ['reverts ']))
        ) AS f ON f.repo = l.repo AND f.number = l.pull
        WHERE l.repo IN {repos:Array(String)} AND l.pull > 0
    ),
    -- Revert "title (#12)" (#13): the quoted title and the number in it
    titles AS
    (
        SELECT
            repo, source,
            extract(subject, '^(?:Revert|Reapply) "(.*)"') AS quoted,
            if(startsWith(subject, 'Reapply'), concat('Revert "', quoted, '"'), quoted) AS title,
            if(startsWith(subject, 'Reapply'), 0, toUInt32OrZero(extract(quoted, '\\(#(\\d{1,9})\\)$'))) AS pr_number
        FROM said
        WHERE quoted != ''
    ),
    found AS
    (
        SELECT s.repo AS repo, t.landed_by AS target, s.source AS source, 'sha' AS method, 3 AS rank
        FROM
        (
            SELECT repo, sha, landed_by, substring(sha, 1, 7) AS start
            FROM landed_commits FINAL
            WHERE repo IN {repos:Array(String)}
        ) AS t
        INNER JOIN
        (
            SELECT repo, source, lower(arrayJoin(extractAll(message, '(?mi)^\\W{0,4}(?:this )?reverts commits?:?\\s+([0-9a-f]{7,64})\\b'))) AS prefix
            FROM said
        ) AS s ON t.repo = s.repo AND t.start = substring(s.prefix, 1, 7)
        WHERE startsWith(t.sha, s.prefix)
        UNION ALL
        SELECT s.repo, l.sha, s.source, 'pull_request', 2
        FROM landed AS l
        INNER JOIN
        (
            SELECT repo, source, toUInt32OrZero(arrayJoin(extractAll(message, '(?mi)^\\W{0,4}(?:this )?reverts (?:pull request |pr )?(?:[\\w.-]+/[\\w.-]+)?#(\\d{1,9})\\b'))) AS pr_number
            FROM said
            UNION ALL
            SELECT repo, source, pr_number FROM titles
        ) AS s ON l.repo = s.repo AND l.pr_number = s.pr_number
        WHERE l.pr_number > 0 AND s.pr_number > 0
        UNION ALL
        SELECT s.repo, argMax(l.sha, l.position), s.source, 'title', 1
        FROM landed AS l
        INNER JOIN
        (
            SELECT t.repo AS repo, t.source AS source, t.title AS title, own.position AS position
            FROM landed AS own
            INNER JOIN titles AS t ON own.repo = t.repo AND own.sha = t.source
        ) AS s ON l.repo = s.repo
            AND replaceRegexpOne(l.title, ' \\(#\\d+\\)$', '') = replaceRegexpOne(s.title, ' \\(#\\d+\\)$', '')
        WHERE l.position < s.position
        GROUP BY s.repo, s.source
    )
SELECT repo, target, source, 'revert', best_method, transform(best_method, ['sha', 'pull_request', 'title'], [0.98, 0.95, 0.8], 0.), true, at,
    {version:UInt64}, 0
FROM
(
    SELECT f.repo AS repo, f.target AS target, f.source AS source, argMax(f.method, f.rank) AS best_method, max(f.rank) AS best,
        max(best) OVER (PARTITION BY repo, source) AS best_of_source, any(f.landed_at) AS at
    FROM landed AS t
    INNER JOIN
    (
        SELECT n.repo AS repo, n.target AS target, n.source AS source, n.method AS method, n.rank AS rank, s.position AS position, s.landed_at AS landed_at
        FROM landed AS s
        INNER JOIN found AS n ON s.repo = n.repo AND s.sha = n.source
    ) AS f ON t.repo = f.repo AND t.sha = f.target
    WHERE t.position < f.position
    GROUP BY repo, target, source
)
WHERE best = best_of_source
