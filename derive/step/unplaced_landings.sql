-- Changes of repositories that no clone was collected of: their merged pull requests, see unplaced_commits. Which files they touch
-- is not known.
INSERT INTO landings (repo, position, sha, kind, method, pull, pr_number, title, landed_at, author_class, late_class, tool, tools, autonomy,
    mode, confidence, review_state, commits, ai_commits, additions, deletions, size_known, changed_files, paths, author, actor, lander, people, makers,
    prompter_known, merged_by_author, version, is_deleted)
WITH (a -> if(joinGet('baserate_store.owners', 'person', a) > 0, joinGet('baserate_store.owners', 'person', a), a)) AS owner
SELECT
    k.repo, k.position, k.sha, 'pull_request', 'unknown', p.number, p.number, p.title, f.merged_at, p.class, p.late_class, p.tool, p.tools, p.autonomy,
    p.mode, p.confidence, 'not_collected', toUInt32(length(f.commits)), o.ai_commits, f.additions, f.deletions, f.size_known, f.files, [],
    multiIf(p.author > 0, p.author, length(p.people) = 1, p.people[1], 0),
    p.actor, if(p.merged_by_known, p.actor, 0) AS lander_, p.people, p.makers,
    if(p.class = 'ai_agent', notEmpty(p.prompters) OR notEmpty(p.people) OR NOT p.machine, NULL),
    if(lander_ = 0, NULL, has(p.makers, lander_) OR has(p.makers, owner(lander_))),
    {version:UInt64}, 0
FROM
(
    SELECT * FROM landed_commits FINAL
    WHERE repo IN {repos:Array(String)} AND on_chain AND repo NOT IN (SELECT repo FROM placements WHERE repo IN {repos:Array(String)} AND landed_by != '')
) AS k
INNER JOIN
(
    SELECT *, if(merge_sha != '', merge_sha, concat('pull/', toString(number))) AS change
    FROM pull_requests FINAL
    WHERE repo IN {repos:Array(String)} AND isNotNull(merged_at)
    ORDER BY merged_at, number
    LIMIT 1 BY repo, change
) AS f ON f.repo = k.repo AND f.change = k.sha
INNER JOIN (SELECT * FROM pulls FINAL WHERE repo IN {repos:Array(String)} AND merged) AS p ON p.repo = f.repo AND p.number = f.number
LEFT JOIN
(
    SELECT l.repo AS repo, l.landed_by AS change, toUInt32(countIf(v.class IN ('ai_agent', 'ai_assisted'))) AS ai_commits
    FROM (SELECT repo, sha, landed_by FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS l
    INNER JOIN (SELECT repo, sha, class FROM verdicts FINAL WHERE repo IN {repos:Array(String)}) AS v ON v.repo = l.repo AND v.sha = l.sha
    GROUP BY repo, change
) AS o ON o.repo = k.repo AND o.change = k.sha
