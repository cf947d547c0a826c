-- What landed by team of the author at the landing, in the order of the alphabet. Members are those of the end of the data, whatever
-- the period.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    members_of AS
    (
        SELECT toString(m.team) AS team, uniqExact(if(m.person != '', m.person, concat(m.source, ':', m.account))) AS n
        FROM members AS m FINAL
        WHERE m.team != '' AND m.from_at <= collected_at AND ifNull(m.to_at > collected_at, true)
        GROUP BY team
    ),
    counts AS
    (
        SELECT toString(c.team) AS team, uniqExact(c.repo) AS n_repos, count() AS n, countIf(c.author_class IN ('ai_agent', 'ai_assisted')) AS n_ai,
            countIf(c.mature) AS n_mature,
            countIf(c.mature AND (
                ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR isNotNull(c.hotfixed_at)
                OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false))) AS n_mistakes,
            countIf(c.review_state NOT IN ('', 'not_collected')) AS n_known,
            countIf(c.review_state NOT IN ('', 'not_collected', 'independent')) AS n_alone
        FROM changes AS c FINAL
        WHERE c.team != '' AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
            AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
            AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
            AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
        GROUP BY team
    )
SELECT
    c.team AS team,
    if(m.n < {smallest:UInt8}, NULL, m.n) AS members,
    multiIf(m.n = 0, 'who is in it now is not known', m.n < {smallest:UInt8}, concat('fewer than ', toString({smallest:UInt8}), ' people'), '') AS hidden,
    c.n_repos AS repos,
    c.n AS changes,
    c.n_ai AS ai,
    c.n_ai / c.n AS ai_share,
    c.n_mature AS mature,
    c.n_mistakes AS mistakes,
    if(c.n_mature < 100, NULL, c.n_mistakes / c.n_mature) AS rate,
    if(c.n_known = 0, NULL, c.n_known) AS reviewed,
    if(c.n_known = 0, NULL, c.n_alone) AS alone,
    alone / reviewed AS alone_share
FROM counts AS c
LEFT JOIN members_of AS m ON m.team = c.team
ORDER BY lower(team), team
