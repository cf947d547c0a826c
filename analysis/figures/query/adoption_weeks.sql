-- People who landed a change in an ISO week, and those of them who used AI in it, as the claim adoption counts them: by a mark on
-- a change of theirs or by what a tool's maker reports. Everybody counts once a week, with the team that most of their changes
-- were made in. A group under {smallest} people is never told apart: the smallest groups of a week are hidden until there are two
-- of them and {smallest} people in them, so that nothing shown can be subtracted from the whole to tell one; numbers of several
-- teams are sums of groups that are shown. The week that is not over is told of all together, else two readings would tell who
-- landed something between them.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at) AS open_week,
    persons AS
    (
        SELECT w.week AS week, w.author AS author, argMax(w.team, (w.landed, w.team)) AS team, sum(w.marked) AS marked
        FROM
        (
            SELECT toMonday(c.landed_at) AS week, c.author AS author, toString(c.team) AS team, count() AS landed,
                countIf(c.author_class IN ('ai_agent', 'ai_assisted')) AS marked
            FROM changes AS c FINAL
            WHERE c.author_class != 'automation' AND c.author != 0 AND c.landed_at <= collected_at
                AND toMonday(c.landed_at) + INTERVAL 7 DAY > {from:DateTime64(0, 'UTC')} AND toMonday(c.landed_at) < {to:DateTime64(0, 'UTC')}
            GROUP BY week, author, team
        ) AS w
        GROUP BY week, author
    ),
    reported AS
    (
        SELECT toMonday(day) AS week, person
        FROM usage_of_persons
        WHERE toMonday(day) + INTERVAL 7 DAY > {from:DateTime64(0, 'UTC')} AND toMonday(day) < {to:DateTime64(0, 'UTC')}
    ),
    groups AS
    (
        SELECT p.week AS week, p.team AS team, count() AS people, countIf(p.marked > 0) AS marked,
            countIf(p.marked > 0 OR (p.week, p.author) IN (SELECT week, person FROM reported)) AS users
        FROM persons AS p
        GROUP BY week, team
    ),
    ranked AS
    (
        SELECT g.week AS week, g.team AS team, g.people AS people, g.marked AS marked, g.users AS users,
            row_number() OVER (PARTITION BY g.week ORDER BY g.people, g.team) AS place,
            countIf(g.people < {smallest:UInt8}) OVER (PARTITION BY g.week) AS few,
            sum(g.people) OVER (PARTITION BY g.week ORDER BY g.people, g.team ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - g.people AS below,
            few > 0 AND (place <= few OR place <= 2 OR below < {smallest:UInt8}) AS hidden,
            empty({teams:Array(String)}) AS everybody,
            everybody OR NOT hidden AND has({teams:Array(String)}, g.team) AND g.week < open_week AS counted
        FROM groups AS g
    ),
    weeks AS
    (
        SELECT r.week AS week, any(r.everybody) AS everybody, sumIf(r.people, r.counted) AS n, sumIf(r.users, r.counted) AS used,
            sumIf(r.marked, r.counted) AS with_mark, countIf(r.hidden AND has({teams:Array(String)}, r.team)) AS left_out
        FROM ranked AS r
        GROUP BY week
    )
SELECT
    week,
    CAST(ifNull(week = open_week, false), 'Bool') AS open,
    if(n < {smallest:UInt8}, NULL, n) AS people,
    if(n < {smallest:UInt8}, NULL, used) AS users,
    if(n < {smallest:UInt8}, NULL, with_mark) AS marked,
    users / people AS share,
    CAST((SELECT count() FROM usage) = 0, 'Bool') AS floor,
    multiIf(
        NOT everybody AND open, 'the week is not over: teams are counted when it is',
        n < {smallest:UInt8}, concat('fewer than ', toString({smallest:UInt8}), ' people, or hidden so that they cannot be told from the others'),
        left_out > 0, 'teams that are too small to show are not counted',
        '') AS hidden
FROM weeks
ORDER BY week
