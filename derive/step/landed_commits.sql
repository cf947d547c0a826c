-- Which change every commit of the default branch landed with. A pull request that was rebased or fast-forwarded put
-- commits on the branch that are its own, or have the author and the second of one of its own: they are one change, of
-- the pull request's last commit. Its own commits are told by a clone, or by the forge where no clone has them.
INSERT INTO landed_commits (repo, sha, landed_by, position, on_chain, version, is_deleted)
WITH
    placed AS
    (
        SELECT repo, sha, landed_by, position FROM placements FINAL WHERE repo IN {repos:Array(String)} AND landed_by != ''
    ),
    -- A squash is written when it is merged; what was rebased or fast-forwarded was written before, or is one of the pull request's own.
    own AS
    (
        SELECT r.repo AS repo, r.merge_sha AS merge_sha, m.position AS last, r.size AS size, arrayJoin(r.commits) AS sha
        FROM (SELECT * FROM placed WHERE position > 0) AS m
        INNER JOIN
        (
            SELECT n.repo AS repo, n.merge_sha AS merge_sha, n.size AS size, n.commits AS commits
            FROM (SELECT repo, sha, authored_at != committed_at AS rewritten FROM commits FINAL WHERE repo IN {repos:Array(String)} AND length(parents) < 2) AS c
            INNER JOIN
            (
                SELECT repo, merge_sha, length(commits) AS size, commits, has(commits, merge_sha) AS forwarded
                FROM pull_requests FINAL
                WHERE repo IN {repos:Array(String)} AND isNotNull(merged_at) AND merge_sha != '' AND length(commits) > 1
            ) AS n ON c.repo = n.repo AND c.sha = n.merge_sha
            WHERE n.forwarded OR c.rewritten
        ) AS r ON m.repo = r.repo AND m.sha = r.merge_sha
    ),
    written AS
    (
        SELECT repo, sha, lower(raw_author_email) AS raw_email, lower(author_email) AS email, authored_at
        FROM commits FINAL
        WHERE repo IN (SELECT repo FROM own) AND length(parents) < 2
    ),
    told AS
    (
        SELECT w.repo AS repo, w.sha AS sha, arrayJoin(arrayDistinct(arrayFilter(e -> e != '', [w.raw_email, w.email]))) AS email, w.authored_at AS authored_at
        FROM written AS w
        WHERE (w.repo, w.sha) IN (SELECT repo, sha FROM own)
        UNION ALL
        SELECT repo, sha, lower(author_email), authored_at
        FROM pull_commits FINAL
        WHERE repo IN (SELECT repo FROM own) AND (repo, sha) IN (SELECT repo, sha FROM own)
    ),
    folded AS
    (
        SELECT c.repo AS repo, p.sha AS sha, argMin(o.merge_sha, o.last) AS change
        FROM own AS o
        INNER JOIN told AS w ON w.repo = o.repo AND w.sha = o.sha
        INNER JOIN
        (
            SELECT w.repo AS repo, w.sha AS sha, arrayJoin(arrayDistinct(arrayFilter(e -> e != '', [w.raw_email, w.email]))) AS email, w.authored_at AS authored_at
            FROM written AS w
        ) AS c ON c.repo = w.repo AND c.email = w.email AND c.authored_at = w.authored_at
        INNER JOIN placed AS p ON p.repo = c.repo AND p.sha = c.sha
        WHERE p.position > 0 AND p.position < o.last AND p.position + o.size > o.last
        GROUP BY repo, sha
    )
SELECT p.repo, p.sha, if(f.change != '', f.change, p.landed_by), p.position, p.sha = p.landed_by, {version:UInt64}, 0
FROM placed AS p
LEFT JOIN folded AS f ON f.repo = p.repo AND f.sha = p.landed_by
