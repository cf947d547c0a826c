-- Where no clone was collected, the forge's word on what was merged into the default branch stands for the history: each merged
-- pull request is a change, in the order of merging, and its own commits landed with it. Pushes without a pull request are not
-- seen this way. One whose commit of merging is not known is named by its number.
INSERT INTO landed_commits (repo, sha, landed_by, position, on_chain, version, is_deleted)
WITH merged AS
(
    SELECT p.repo AS repo, if(p.merge_sha != '', p.merge_sha, concat('pull/', toString(p.number))) AS change, p.commits AS commits,
        toUInt32(row_number() OVER (PARTITION BY p.repo ORDER BY p.merged_at, p.number)) AS position
    FROM
    (
        SELECT repo, number, merge_sha, commits, merged_at, base
        FROM pull_requests FINAL
        WHERE repo IN {repos:Array(String)} AND isNotNull(merged_at)
            AND repo NOT IN (SELECT repo FROM placements WHERE repo IN {repos:Array(String)} AND landed_by != '')
            AND repo NOT IN (SELECT repo FROM moved_repositories)
        ORDER BY merged_at, number
        LIMIT 1 BY repo, if(merge_sha != '', merge_sha, toString(number))
    ) AS p
    LEFT JOIN default_branches AS d ON d.repo = p.repo
    WHERE d.branch IN ('', p.base) OR p.base = ''
)
SELECT repo, change, change, position, true, {version:UInt64}, 0
FROM merged
UNION ALL
SELECT m.repo, sha, argMin(m.change, m.position), 0, false, {version:UInt64}, 0
FROM merged AS m
ARRAY JOIN m.commits AS sha
WHERE (m.repo, sha) NOT IN (SELECT repo, change FROM merged)
GROUP BY m.repo, sha
