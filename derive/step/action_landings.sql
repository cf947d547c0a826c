-- Actions as changes, beside those of commits: the system stands for the repository, the action's id for the hash. What failed
-- changed nothing, and the opening of a session is none; but it says who is behind what the session did, and what was agreed on
-- for it, where nobody else had opened a session of that name within the twelve hours that one may live.
-- The author is the person on whose behalf it was done, or who did it; machines are nobody. An approval by somebody who had no
-- hand in it is an independent look; a ticket alone does not say who looked. Names of users are left out of titles.
INSERT INTO landings (repo, position, sha, kind, method, pull, pr_number, title, landed_at, author_class, late_class, tool, tools, autonomy,
    mode, confidence, review_state, commits, ai_commits, additions, deletions, size_known, destructive, paths, author, actor, lander, moved, moved_at,
    people, makers, prompter_known, merged_by_author, version, is_deleted)
WITH
    '\\[bot\\]$|^(copilot|coderabbitai|greptile-apps|cursoragent)$|^system:|\\.amazonaws\\.com$' AS robot,
    assumeNotNull((SELECT key FROM pseudonym)) AS key,
    (a -> if(joinGet('baserate_store.owners', 'person', a) > 0, joinGet('baserate_store.owners', 'person', a), a)) AS owner,
    ((source, login) -> if(login = '', 0, sipHash64Keyed(key, if(source = 'git',
        replaceRegexpOne(lower(login), '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'),
        concat(source, ':', lower(login)))))) AS hash,
    done AS
    (
        SELECT *, session_arn
        FROM actions FINAL
        WHERE system IN {repos:Array(String)} AND NOT failed AND NOT startsWith(verb, 'sts:AssumeRole')
    ),
    opened AS
    (
        SELECT session, at, person, approval_by, approval_login,
            uniqExact(person) OVER (PARTITION BY session ORDER BY toUnixTimestamp(at) RANGE BETWEEN 43200 PRECEDING AND CURRENT ROW) = 1 AS sole
        FROM
        (
            SELECT resource AS session, toDateTime(at, 'UTC') AS at,
                multiIf(on_behalf != '', hash(on_behalf_source, on_behalf), actor_kind NOT IN ('bot', 'app'), hash(actor_source, actor), 0) AS person,
                hash(approver_source, approver) AS approval_by, approver AS approval_login
            FROM actions FINAL
            WHERE startsWith(verb, 'sts:AssumeRole') AND NOT failed AND resource IN (SELECT session_arn FROM done)
            ORDER BY at, id
            LIMIT 1 BY session, at, person, approval_by
        )
    )
SELECT
    system, 0, id, 'action', source, 0, 0, title, landed_at, class, '',
    if(ai, ai_tool, ''), if(ai, arraySort(arrayDistinct(arrayFilter((t, a) -> t != '' AND a != 'none', named, autonomies))), []),
    if(ai, ai_autonomy, 'none'), if(ai, ai_mode, ''), if(ai, trust, 0),
    multiIf(
        approver = 0, 'not_collected',
        match(lower(approver_login), robot), 'ai_only',
        has(makers, approver) OR has(makers, owner(approver)), 'self',
        'independent'),
    0, 0, 0, 0, false, destroys, [],
    author, actor_account, actor_account, '', NULL, if(author > 0, [author], []), makers,
    if(class = 'ai_agent', author > 0, NULL), NULL, {version:UInt64}, 0
FROM
(
    SELECT
        a.system AS system, a.source AS source, a.id AS id, toDateTime64(a.at, 0, 'UTC') AS landed_at, a.destructive AS destroys,
        concat(a.verb, if(match(a.verb, '(?i)user|login|identitystore|sso') OR match(a.resource, '(?i)[:/]user/|@') OR a.resource = '', '', concat(' ', a.resource))) AS title,
        if(v.class = '', 'unknown', v.class) AS class, class IN ('ai_agent', 'ai_assisted') AS ai,
        v.tool AS ai_tool, v.tools AS named, v.autonomies AS autonomies, v.autonomy AS ai_autonomy, v.mode AS ai_mode, v.confidence AS trust,
        hash(a.actor_source, a.actor) AS actor_account,
        multiIf(a.on_behalf != '', hash(a.on_behalf_source, a.on_behalf), o.sole AND o.at > a.at_ - INTERVAL 12 HOUR, o.person, 0) AS behalf,
        multiIf(behalf > 0, owner(behalf), a.actor_kind NOT IN ('bot', 'app') AND actor_account > 0, owner(actor_account), 0) AS author,
        arraySort(arrayDistinct(arrayFilter(m -> m > 0, [actor_account, owner(actor_account), behalf, owner(behalf)]))) AS makers,
        o.sole AND o.at > a.at_ - INTERVAL 12 HOUR AND a.approver = '' AS by_session,
        if(by_session, o.approval_by, hash(a.approver_source, a.approver)) AS approver,
        if(by_session, o.approval_login, a.approver) AS approver_login
    FROM (SELECT *, session_arn, toDateTime(at, 'UTC') AS at_ FROM done) AS a
    ASOF LEFT JOIN opened AS o ON o.session = a.session_arn AND o.at <= a.at_
    LEFT JOIN (SELECT * FROM action_verdicts FINAL WHERE system IN {repos:Array(String)}) AS v ON v.system = a.system AND v.source = a.source AND v.id = a.id
)
