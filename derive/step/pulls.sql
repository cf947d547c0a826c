-- Pull requests with what they say of themselves joined with what their own commits say, as clones or the forge have them, and
-- with the tasks that agents were given: one agent's commit makes an agent's proposal, and so does a task given before the merge.
-- A machine is nobody, unless somebody is known to own it; an account that nobody knows the person of has made the change, and
-- names no person. Prompters are who gave an agent the task, and of what a machine opened also its assignees and the persons that its commits
-- name: they have made the change. One that its source deleted before it was merged is none.
INSERT INTO pulls (repo, number, merge_sha, merged, title, class, late_class, tool, tools, autonomy, mode, confidence, author, actor,
    people, makers, prompters, machine, own_commits, merged_by_known, version, is_deleted)
WITH
    '\\[bot\\]|bot@|noreply@(anthropic|openai|cursor|github)\\.com|cursoragent@|copilot@|coderabbit|greptile' AS robot,
    '\\[bot\\]$|^(copilot|coderabbitai|greptile-apps|cursoragent)$' AS robot_login,
    assumeNotNull((SELECT key FROM pseudonym)) AS key,
    (a -> if(joinGet('baserate_store.owners', 'person', a) > 0, joinGet('baserate_store.owners', 'person', a), a)) AS owner,
    (class -> indexOf(['ai_assisted', 'ai_agent'], class)) AS ai_rank,
    (e -> sipHash64Keyed(key, replaceRegexpOne(e, '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'))) AS address,
    (v -> lower(if(position(v, '<') > 0, extract(v, '<([^>]*)>'), trimBoth(v)))) AS email_of,
    listed AS
    (
        SELECT repo, number, arrayJoin(commits) AS sha FROM pull_requests FINAL WHERE repo IN {repos:Array(String)}
        UNION ALL
        SELECT repo, number, sha
        FROM pull_commits FINAL
        WHERE repo IN {repos:Array(String)}
            AND (repo, number) NOT IN (SELECT repo, number FROM pull_requests FINAL WHERE repo IN {repos:Array(String)} AND notEmpty(commits))
    ),
    written AS
    (
        SELECT repo, sha, lower(author_email) AS author_, lower(committer_email) AS committer_,
            arrayMap(v -> email_of(v), arrayFilter((v, k) -> lower(k) IN ('co-authored-by', 'co-developed-by'), trailer_values, trailer_keys)) AS coauthors,
            length(parents) > 1 AS is_merge
        FROM commits FINAL
        WHERE repo IN {repos:Array(String)} AND (repo, sha) IN (SELECT repo, sha FROM listed)
        UNION ALL
        SELECT repo, sha, lower(author_email), lower(committer_email),
            arrayMap(v -> email_of(v), extractAll(message, '(?mi)^co-(?:authored|developed)-by:[ \t]*(.+)$')),
            match(message, '^Merge (branch|remote-tracking branch|pull request) ')
        FROM (SELECT * FROM pull_commits FINAL WHERE repo IN {repos:Array(String)} ORDER BY number LIMIT 1 BY repo, sha)
        WHERE (repo, sha) NOT IN (SELECT repo, sha FROM commits WHERE repo IN {repos:Array(String)})
    )
SELECT repo, number, merge_sha, merged, title,
    multiIf(best.1 = 2, 'ai_agent', best.1 = 1, 'ai_assisted', own_class IN ('automation', 'human'), own_class, 'unknown') AS class,
    multiIf(late_rank <= best.1, '', late_rank = 2, 'ai_agent', 'ai_assisted') AS late_class,
    if(best.1 > 0, best.3, '') AS tool,
    arraySort(arrayDistinct(arrayFilter(t -> t != '', arrayConcat(own_tools, c_tools, t_tools)))) AS tools,
    if(best.1 > 0, best.4, 'none') AS autonomy,
    if(best.1 > 0, best.5, '') AS mode,
    if(best.1 > 0, best.2, 0) AS confidence,
    if(author_person = author_account, 0, author_person) AS author,
    actor,
    arraySort(arrayDistinct(arrayConcat(c_people, if(author > 0, [author], [])))) AS people,
    arraySort(arrayDistinct(arrayConcat(c_makers, [author_person], if(author_account = 0, [], [author_account]), prompters))) AS makers,
    arraySort(arrayDistinct(arrayConcat(givers, if(opened_by_machine, arrayConcat(assigned, c_people), [])))) AS prompters,
    opened_by_machine, own_commits, merged_by_known,
    {version:UInt64}, 0
FROM
(
    SELECT
        p.repo AS repo, p.number AS number, p.merge_sha AS merge_sha, isNotNull(p.merged_at) AS merged, p.title AS title,
        v.class AS own_class,
        if(ai_rank(v.class) > 0, v.tools, []) AS own_tools,
        ai_rank(v.late_class) AS late_rank,
        greatest((toUInt8(ai_rank(v.class)), v.confidence, toString(v.tool), toString(v.autonomy), toString(v.mode)), c.evidence, t.evidence) AS best,
        c.tools AS c_tools, c.people AS c_people, c.makers AS c_makers, c.n > 0 AS own_commits, t.tools AS t_tools, t.givers AS givers,
        if(p.author = '', 0, sipHash64Keyed(key, concat(p.source, ':', lower(p.author)))) AS author_account,
        owner(author_account) AS author_person,
        multiIf(p.merged_by != '', sipHash64Keyed(key, concat(p.source, ':', lower(p.merged_by))), author_account) AS actor,
        p.merged_by != '' AS merged_by_known,
        -- An account of automation, which is no AI's, has nobody who asked.
        p.author != '' AND v.class != 'automation' AND (p.author_kind IN ('bot', 'app') OR match(lower(p.author), robot_login)) AS opened_by_machine,
        arrayMap(a -> owner(sipHash64Keyed(key, concat(p.source, ':', lower(a)))),
            arrayFilter(a -> NOT match(lower(a), robot_login) AND lower(a) != lower(p.author), p.assignees)) AS assigned
    FROM (SELECT * FROM pull_requests FINAL WHERE repo IN {repos:Array(String)} AND NOT (deleted AND isNull(merged_at)) AND repo NOT IN (SELECT repo FROM moved_repositories)) AS p
    LEFT JOIN (SELECT * FROM pull_verdicts FINAL WHERE repo IN {repos:Array(String)}) AS v ON v.repo = p.repo AND v.number = p.number
    LEFT JOIN
    (
        SELECT
            o.repo AS repo, o.number AS number, count() AS n,
            maxIf(v.evidence, v.rank > 0) AS evidence,
            groupArrayArrayIf(v.tools_, v.rank > 0) AS tools,
            groupArrayArray(arrayFilter(p -> p > 0, arrayMap((e, a, w, i) -> if(e = '' OR w = a AND (match(e, robot) OR i = 1 AND v.by_machine), 0, w),
                c.emails, c.addresses, c.owners_, arrayEnumerate(c.emails)))) AS people,
            groupArrayArray(arrayConcat(arrayFilter((w, e) -> e != '', c.owners_, c.emails), if(c.committer_ = '', [], [owner(address(c.committer_))]))) AS makers
        FROM listed AS o
        INNER JOIN
        (
            SELECT repo, sha, committer_, arrayConcat([author_], coauthors) AS emails, arrayMap(e -> address(e), emails) AS addresses, arrayMap(a -> owner(a), addresses) AS owners_
            FROM written
            WHERE NOT is_merge
        ) AS c ON c.repo = o.repo AND c.sha = o.sha
        LEFT JOIN
        (
            SELECT repo, sha, toUInt8(ai_rank(class)) AS rank, mode = 'author' OR class = 'automation' AS by_machine, CAST(tools, 'Array(String)') AS tools_,
                (rank, confidence, toString(tool), toString(autonomy), toString(mode)) AS evidence
            FROM verdicts FINAL
            WHERE repo IN {repos:Array(String)} AND (class != 'unknown' OR mode = 'author')
        ) AS v ON v.repo = o.repo AND v.sha = o.sha
        GROUP BY repo, number
    ) AS c ON c.repo = p.repo AND c.number = p.number
    LEFT JOIN
    (
        SELECT
            k.repo AS repo, k.number AS number,
            maxIf((toUInt8(2), toFloat32(0.99), toString(k.tool), 'agent', 'task'), ifNull(k.created_at <= r.merged_at, true)) AS evidence,
            groupUniqArrayIf(toString(k.tool), ifNull(k.created_at <= r.merged_at, true)) AS tools,
            groupUniqArrayIf(owner(sipHash64Keyed(key, concat(k.source, ':', lower(k.creator)))),
                k.creator != '' AND k.creator_kind NOT IN ('bot', 'app') AND NOT match(lower(k.creator), robot_login)) AS givers
        FROM (SELECT * FROM agent_tasks FINAL WHERE repo IN {repos:Array(String)} AND number > 0) AS k
        INNER JOIN (SELECT repo, number, merged_at FROM pull_requests FINAL WHERE repo IN {repos:Array(String)}) AS r ON r.repo = k.repo AND r.number = k.number
        GROUP BY repo, number
    ) AS t ON t.repo = p.repo AND t.number = p.number
)
