-- Commits without a verdict under these rules, or whose notes changed since, with all that a verdict rests on: those of clones,
-- and of pull requests those that no clone has, such as what a squash lost. Where a clone brings one later, its word counts.
SELECT
    c.repo AS repo, c.sha AS sha,
    c.author_name AS author_name, c.author_email AS author_email,
    c.committer_name AS committer_name, c.committer_email AS committer_email,
    c.authored_at AS authored_at, c.committed_at AS committed_at,
    toUInt32(length(c.parents)) AS parents, c.message AS message,
    n.refs AS note_refs, n.texts AS note_texts, n.version AS notes_version, false AS of_pull
FROM (SELECT * FROM commits FINAL WHERE repo IN {repos:Array(String)}) AS c
LEFT JOIN
(
    SELECT repo, sha, groupArray(ref) AS refs, groupArray(text) AS texts, max(version) AS version
    FROM (SELECT * FROM notes FINAL WHERE repo IN {repos:Array(String)} ORDER BY ref)
    GROUP BY repo, sha
) AS n ON n.repo = c.repo AND n.sha = c.sha
LEFT JOIN
(
    SELECT repo, sha, notes_version
    FROM verdicts FINAL
    WHERE repo IN {repos:Array(String)} AND rules_version = {rules:String} AND NOT of_pull
) AS v ON v.repo = c.repo AND v.sha = c.sha
WHERE v.sha = '' OR v.notes_version != n.version
UNION ALL
-- The forge does not say how many parents a commit has: a merge is known by its subject.
SELECT
    repo, sha, author_name, author_email, committer_name, committer_email, authored_at, committed_at,
    toUInt32(if(match(message, '^Merge (branch|remote-tracking branch|pull request) '), 2, 1)), message, [], [], toUInt64(0), true
FROM
(
    SELECT * FROM pull_commits FINAL WHERE repo IN {repos:Array(String)} ORDER BY repo, sha, number LIMIT 1 BY repo, sha
)
WHERE (repo, sha) NOT IN (SELECT repo, sha FROM commits WHERE repo IN {repos:Array(String)})
    AND (repo, sha) NOT IN (SELECT repo, sha FROM verdicts FINAL WHERE repo IN {repos:Array(String)} AND rules_version = {rules:String})
