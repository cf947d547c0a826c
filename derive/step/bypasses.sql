-- Which changes were landed by overriding the rules of their branch. A push or merge that the forge judged names the branch's new
-- end: the change of that commit, and those that landed with the same push. Where it names no commit, the change that the same account landed
-- within five minutes, the nearest. What finds no change is kept without one. The rules asked for a review if one of those that
-- were not met says so, or if it is not known which they were.
INSERT INTO bypasses (repo, source, id, sha, method, at, rules, asks_review, version, is_deleted)
WITH
    assumeNotNull((SELECT key FROM pseudonym)) AS key,
    (a -> if(joinGet('baserate_store.owners', 'person', a) > 0, joinGet('baserate_store.owners', 'person', a), a)) AS owner,
    suites AS
    (
        SELECT s.*
        FROM rule_suites AS s FINAL
        LEFT JOIN default_branches AS d ON d.repo = s.repo
        WHERE s.repo IN {repos:Array(String)} AND s.result = 'bypass' AND (s.ref = '' OR d.branch = '' OR replaceRegexpOne(s.ref, '^refs/heads/', '') = d.branch)
    ),
    overridden AS
    (
        SELECT repo, source, id, before_sha, after_sha, at, rules, empty(rules) OR arrayExists(r -> match(lower(r), 'pull_request|review|approv'), rules) AS asks_review,
            if(actor = '', 0, sipHash64Keyed(key, concat(source, ':', lower(actor)))) AS who, owner(who) AS person
        FROM suites
    ),
    commits_landed AS
    (
        SELECT repo, sha, landed_by, position, on_chain FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}
    ),
    -- Few rules are overridden: what was stands right in every join, where a table of it is made that the many are held against.
    found AS
    (
        SELECT o.repo AS repo, o.source AS source, o.id AS id, k.landed_by AS sha, 'sha' AS method
        FROM commits_landed AS k
        INNER JOIN overridden AS o ON k.repo = o.repo AND k.sha = o.after_sha
        WHERE o.after_sha != ''
        UNION ALL
        SELECT b.repo, b.source, b.id, l.sha, 'push'
        FROM (SELECT repo, sha, position FROM landings FINAL WHERE repo IN {repos:Array(String)}) AS l
        INNER JOIN
        (
            SELECT s.repo AS repo, s.source AS source, s.id AS id, s.last AS last, f.position AS first
            FROM commits_landed AS f
            INNER JOIN
            (
                SELECT o.repo AS repo, o.source AS source, o.id AS id, o.before_sha AS before_sha, k.position AS last
                FROM commits_landed AS k
                INNER JOIN overridden AS o ON k.repo = o.repo AND k.sha = o.after_sha
                WHERE k.on_chain AND o.after_sha != '' AND o.before_sha != ''
            ) AS s ON f.repo = s.repo AND f.sha = s.before_sha
            WHERE f.on_chain AND s.last > f.position + 1
        ) AS b ON l.repo = b.repo
        WHERE l.position > b.first AND l.position < b.last
        UNION ALL
        SELECT o.repo, o.source, o.id, argMin(l.sha, (abs(dateDiff('second', o.at, l.at)), l.position)), 'actor_time'
        FROM
        (
            SELECT repo, sha, position, lander, owner(lander) AS person, ifNull(moved_at, landed_at) AS at
            FROM landings FINAL
            WHERE repo IN {repos:Array(String)} AND lander > 0
        ) AS l
        INNER JOIN overridden AS o ON l.repo = o.repo AND l.person = o.person
        WHERE o.after_sha = '' AND o.who > 0 AND abs(dateDiff('second', o.at, l.at)) <= 300
        GROUP BY o.repo, o.source, o.id
    )
SELECT o.repo, o.source, o.id, f.sha, f.method, o.at, o.rules, o.asks_review, {version:UInt64}, 0
FROM overridden AS o
LEFT JOIN (SELECT repo, source, id, sha, max(method) AS method FROM found GROUP BY repo, source, id, sha) AS f
    ON f.repo = o.repo AND f.source = o.source AND f.id = o.id
