-- What became of every pull request, and who looked at it. What a person said last of approved, changes requested and
-- dismissed before the merge is what that person says. An approval counts when it comes from a person who had no hand in the
-- change and did not ask an agent for it, on its last commit; a comment is none, and nor is what nobody is known to have said.
-- Where it is not known on which commit, it must be younger than the last one and than the last time the branch was forced.
-- Rounds: requests for changes by such persons, and one for the approval. What its source deleted before it was merged is no proposal.
INSERT INTO proposals (repo, number, title, sha, author_class, tool, team, author, makers, machine, prompter_known, merged_by_author, heads, ready_at, first_review_at, merged_at, closed_at, rounds, comments,
    opened_at, review_state, approvals, deleted, version, is_deleted)
WITH
    '\\[bot\\]$|^(copilot|coderabbitai|greptile-apps|cursoragent)$' AS robot,
    assumeNotNull((SELECT key FROM pseudonym)) AS key,
    (a -> if(joinGet('baserate_store.owners', 'person', a) > 0, joinGet('baserate_store.owners', 'person', a), a)) AS owner,
    proposed AS
    (
        SELECT
            r.repo AS repo, r.number AS number, l.sha AS sha,
            if(l.sha != '', l.author_class, p.class) AS author_class,
            if(l.sha != '', l.tool, p.tool) AS tool,
            if(l.sha != '', l.author, p.author) AS author,
            r.created_at AS created_at, r.ready_at AS ready_at, r.merged_at AS merged_at, r.closed_at AS closed_at,
            r.review_comments AS comments, r.reviews_complete AS complete,
            if(l.sha != '', l.makers, p.makers) AS makers, r.title AS title, p.machine AS machine,
            multiIf(l.sha != '', l.prompter_known, p.class = 'ai_agent', notEmpty(p.prompters) OR notEmpty(p.people) OR NOT p.machine, NULL) AS prompter_known,
            if(l.sha != '', l.merged_by_author, NULL) AS merged_by_author,
            arrayFilter(s -> s != '', [r.head_sha, if(empty(r.commits), '', r.commits[-1])]) AS heads,
            greatest(ifNull(h.committed_at, toDateTime64(0, 0, 'UTC')), ifNull(f.forced_at, toDateTime64(0, 0, 'UTC'))) AS head_at,
            r.deleted AS deleted
        FROM (SELECT * FROM pull_requests FINAL WHERE repo IN {repos:Array(String)} AND NOT (deleted AND isNull(merged_at)) AND repo NOT IN (SELECT repo FROM moved_repositories)) AS r
        LEFT JOIN (SELECT * FROM pulls FINAL WHERE repo IN {repos:Array(String)}) AS p ON p.repo = r.repo AND p.number = r.number
        LEFT JOIN (SELECT * FROM landings FINAL WHERE repo IN {repos:Array(String)} AND pull > 0) AS l ON l.repo = r.repo AND l.pull = r.number
        LEFT JOIN
        (
            SELECT repo, sha, max(committed_at) AS committed_at
            FROM
            (
                SELECT repo, sha, committed_at FROM commits FINAL
                WHERE repo IN {repos:Array(String)} AND (repo, sha) IN (SELECT repo, head_sha FROM pull_requests FINAL WHERE repo IN {repos:Array(String)})
                UNION ALL
                SELECT repo, sha, committed_at FROM pull_commits FINAL
                WHERE repo IN {repos:Array(String)} AND (repo, sha) IN (SELECT repo, head_sha FROM pull_requests FINAL WHERE repo IN {repos:Array(String)})
            )
            GROUP BY repo, sha
        ) AS h ON h.repo = r.repo AND h.sha = r.head_sha
        LEFT JOIN
        (
            SELECT e.repo AS repo, e.number AS number, maxIf(e.at, ifNull(e.at <= q.merged_at, true)) AS forced_at
            FROM (SELECT * FROM pull_events FINAL WHERE repo IN {repos:Array(String)} AND kind = 'force_pushed') AS e
            INNER JOIN (SELECT repo, number, merged_at FROM pull_requests FINAL WHERE repo IN {repos:Array(String)}) AS q ON q.repo = e.repo AND q.number = e.number
            GROUP BY repo, number
        ) AS f ON f.repo = r.repo AND f.number = r.number
    ),
    looked AS
    (
        SELECT
            repo, number,
            argMaxIf((state = 'approved', of_head), (submitted_at, id), decides AND before) AS last,
            last.1 AS approves,
            last.2 AS on_head,
            any(machine) AS robot_,
            any(made) AS made_,
            countIf(state = 'approved' AND NOT before) > 0 AS approves_after,
            countIf(state = 'approved') > 0 AS approved_once,
            countIf(state = 'changes_requested') AS asked,
            min(submitted_at) AS first_at
        FROM
        (
            SELECT
                v.repo AS repo, v.number AS number, v.id AS id, v.state AS state, v.submitted_at AS submitted_at,
                owner(sipHash64Keyed(key, concat(v.source, ':', lower(v.author)))) AS who,
                v.author_kind IN ('bot', 'app') OR match(lower(v.author), robot) AS machine,
                has(p.makers, who) AS made,
                if(v.sha = '' OR empty(p.heads), v.submitted_at >= p.head_at, has(p.heads, v.sha)) AS of_head,
                v.state IN ('approved', 'changes_requested', 'dismissed') AS decides,
                ifNull(v.submitted_at <= p.merged_at, true) AS before
            FROM (SELECT * FROM reviews FINAL WHERE repo IN {repos:Array(String)} AND author != '') AS v
            INNER JOIN proposed AS p ON p.repo = v.repo AND p.number = v.number
        )
        GROUP BY repo, number, who
    )
SELECT
    p.repo, p.number, p.title, p.sha, p.author_class, p.tool,
    arrayFirst(m -> m.1 <= p.ready_at AND p.ready_at < m.2, t.spans).3,
    p.author, p.makers, p.machine, p.prompter_known, p.merged_by_author, p.heads, p.ready_at, v.first_review_at, p.merged_at, p.closed_at, v.rounds, p.comments, p.created_at,
    multiIf(
        NOT p.complete, 'not_collected',
        v.independent > 0, 'independent',
        v.stale > 0, 'stale',
        v.machines > 0, 'ai_only',
        v.makers > 0, 'self',
        v.after > 0, 'after_merge',
        'none'),
    if(p.complete, v.independent, 0),
    p.deleted,
    {version:UInt64}, 0
FROM proposed AS p
LEFT JOIN
(
    SELECT
        repo, number,
        toUInt8(least(255, countIf(person AND approves AND on_head))) AS independent,
        countIf(person AND approves AND NOT on_head) AS stale,
        countIf(robot_ AND approves) AS machines,
        countIf(NOT robot_ AND made_ AND approves) AS makers,
        countIf(person AND approves_after) AS after,
        minOrNullIf(first_at, person) AS first_review_at,
        toUInt16(sumIf(asked, person) + (countIf(person AND approved_once) > 0)) AS rounds
    FROM (SELECT *, NOT robot_ AND NOT made_ AS person FROM looked)
    GROUP BY repo, number
) AS v ON v.repo = p.repo AND v.number = p.number
LEFT JOIN memberships AS t ON t.person = p.author
