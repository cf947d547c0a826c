-- Which change every commit of the default branch landed with. A pull request that was rebased or fast-forwarded put
-- commits on the branch that are its own, or have the author and the second of one of its own: they are one change, of
-- the pull request's last commit.
INSERT INTO landed_commits (repo, sha, landed_by, position, on_chain, version, is_deleted)
WITH
    placed AS
    (
        SELECT repo, sha, landed_by, position FROM placements FINAL WHERE repo IN {repos:Array(String)} AND landed_by != ''
    ),
    own AS
    (
        SELECT r.repo AS repo, r.merge_sha AS merge_sha, m.position AS last, r.size AS size, r.sha AS sha
        FROM
        (
            SELECT repo, merge_sha, length(commits) AS size, arrayJoin(commits) AS sha
            FROM pull_requests FINAL
            WHERE repo IN {repos:Array(String)} AND isNotNull(merged_at) AND merge_sha != '' AND length(commits) > 1
        ) AS r
        INNER JOIN placed AS m ON m.repo = r.repo AND m.sha = r.merge_sha
        WHERE m.position > 0
    ),
    written AS
    (
        SELECT repo, sha, author_email, authored_at
        FROM commits FINAL
        WHERE repo IN (SELECT repo FROM own) AND length(parents) < 2
    ),
    folded AS
    (
        SELECT c.repo AS repo, p.sha AS sha, argMin(o.merge_sha, o.last) AS change
        FROM own AS o
        INNER JOIN written AS w ON w.repo = o.repo AND w.sha = o.sha
        INNER JOIN written AS c ON c.repo = w.repo AND c.author_email = w.author_email AND c.authored_at = w.authored_at
        INNER JOIN placed AS p ON p.repo = c.repo AND p.sha = c.sha
        WHERE p.position > 0 AND p.position < o.last AND p.position + o.size > o.last
        GROUP BY repo, sha
    )
SELECT p.repo, p.sha, if(f.change != '', f.change, p.landed_by), p.position, p.sha = p.landed_by, {version:UInt64}, 0
FROM placed AS p
LEFT JOIN folded AS f ON f.repo = p.repo AND f.sha = p.landed_by
