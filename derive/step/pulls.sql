-- Pull requests with what they say of themselves joined with what their own commits say, where these were collected: one
-- agent's commit makes an agent's proposal. A machine is nobody, unless somebody is known to own it; an account
-- that nobody knows the person of has made the change, and names no person.
INSERT INTO pulls (repo, number, merge_sha, merged, title, class, late_class, tool, tools, autonomy, mode, confidence, author, actor,
    people, makers, version, is_deleted)
WITH
    '\\[bot\\]|bot@|noreply@(anthropic|openai|cursor|github)\\.com|cursoragent@|copilot@|coderabbit|greptile' AS robot,
    (SELECT (groupArray(account), groupArray(person)) FROM persons) AS known,
    (class -> indexOf(['ai_assisted', 'ai_agent'], class)) AS ai_rank,
    (e -> cityHash64(replaceRegexpOne(e, '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'))) AS address
SELECT repo, number, merge_sha, merged, title,
    multiIf(best.1 = 2, 'ai_agent', best.1 = 1, 'ai_assisted', own_class IN ('automation', 'human'), own_class, 'unknown') AS class,
    multiIf(late_rank <= best.1, '', late_rank = 2, 'ai_agent', 'ai_assisted') AS late_class,
    if(best.1 > 0, best.3, '') AS tool,
    arraySort(arrayDistinct(arrayFilter(t -> t != '', arrayConcat(own_tools, c_tools)))) AS tools,
    if(best.1 > 0, best.4, 'none') AS autonomy,
    if(best.1 > 0, best.5, '') AS mode,
    if(best.1 > 0, best.2, 0) AS confidence,
    if(author_person = author_account, 0, author_person) AS author,
    actor,
    arraySort(arrayDistinct(arrayConcat(c_people, if(author > 0, [author], [])))) AS people,
    arraySort(arrayDistinct(arrayConcat(c_makers, [author_person], if(author_account = 0, [], [author_account])))) AS makers,
    {version:UInt64}, 0
FROM
(
    SELECT
        p.repo AS repo, p.number AS number, p.merge_sha AS merge_sha, isNotNull(p.merged_at) AS merged, p.title AS title,
        v.class AS own_class,
        if(ai_rank(v.class) > 0, v.tools, []) AS own_tools,
        ai_rank(v.late_class) AS late_rank,
        greatest((ai_rank(v.class), v.confidence, v.tool, v.autonomy, v.mode), c.evidence) AS best,
        c.tools AS c_tools, c.people AS c_people, c.makers AS c_makers,
        if(p.author = '', 0, cityHash64(concat(p.source, ':', lower(p.author)))) AS author_account,
        transform(author_account, known.1, known.2) AS author_person,
        multiIf(p.merged_by != '', cityHash64(concat(p.source, ':', lower(p.merged_by))), author_account) AS actor
    FROM (SELECT * FROM pull_requests FINAL WHERE repo IN {repos:Array(String)}) AS p
    LEFT JOIN (SELECT * FROM pull_verdicts FINAL WHERE repo IN {repos:Array(String)}) AS v ON v.repo = p.repo AND v.number = p.number
    LEFT JOIN
    (
        SELECT
            o.repo AS repo, o.number AS number,
            max((ai_rank(v.class), v.confidence, v.tool, v.autonomy, v.mode)) AS evidence,
            groupUniqArrayArray(if(ai_rank(v.class) > 0, v.tools, [])) AS tools,
            groupUniqArrayIf(transform(address(lower(c.author_email)), known.1, known.2),
                transform(address(lower(c.author_email)), known.1, known.2) != address(lower(c.author_email))
                OR v.mode != 'author' AND v.class != 'automation' AND c.author_email != '' AND NOT match(lower(c.author_email), robot)) AS people,
            groupUniqArrayArray(arrayMap(e -> transform(address(e), known.1, known.2), [lower(c.author_email), lower(c.committer_email)])) AS makers
        FROM
        (
            SELECT repo, number, arrayJoin(commits) AS sha FROM pull_requests FINAL WHERE repo IN {repos:Array(String)}
        ) AS o
        INNER JOIN
        (
            SELECT repo, sha, author_email, committer_email FROM commits FINAL WHERE repo IN {repos:Array(String)} AND length(parents) < 2
        ) AS c ON c.repo = o.repo AND c.sha = o.sha
        LEFT JOIN (SELECT * FROM verdicts FINAL WHERE repo IN {repos:Array(String)}) AS v ON v.repo = o.repo AND v.sha = o.sha
        GROUP BY repo, number
    ) AS c ON c.repo = p.repo AND c.number = p.number
)
