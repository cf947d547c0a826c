-- People of the last whole week of the period by team, as in adoption_weeks: the groups that are shown by name, and all others
-- together, which add up to everybody.
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at) AS open_week,
    (
        SELECT toMonday(max(landed_at))
        FROM changes FINAL
        WHERE landed_at < open_week AND toMonday(landed_at) + INTERVAL 7 DAY > {from:DateTime64(0, 'UTC')} AND toMonday(landed_at) < {to:DateTime64(0, 'UTC')}
    ) AS last_week,
    persons AS
    (
        SELECT w.author AS author, argMax(w.team, (w.landed, w.team)) AS team, sum(w.marked) AS marked
        FROM
        (
            SELECT c.author AS author, toString(c.team) AS team, count() AS landed, countIf(c.author_class IN ('ai_agent', 'ai_assisted')) AS marked
            FROM changes AS c FINAL
            WHERE c.author_class != 'automation' AND c.author != 0 AND c.landed_at >= last_week AND c.landed_at < last_week + INTERVAL 7 DAY
            GROUP BY author, team
        ) AS w
        GROUP BY author
    ),
    groups AS
    (
        SELECT p.team AS team, count() AS people,
            countIf(p.marked > 0 OR p.author IN (SELECT person FROM usage_of_persons WHERE day >= last_week AND day < last_week + INTERVAL 7 DAY)) AS users
        FROM persons AS p
        GROUP BY team
    ),
    ranked AS
    (
        SELECT g.team AS team, g.people AS people, g.users AS users,
            row_number() OVER (ORDER BY g.people, g.team) AS place,
            countIf(g.people < {smallest:UInt8}) OVER () AS few,
            sum(g.people) OVER (ORDER BY g.people, g.team ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - g.people AS below,
            few > 0 AND (place <= few OR place <= 2 OR below < {smallest:UInt8}) AS hidden
        FROM groups AS g
    ),
    rows AS
    (
        SELECT if(r.hidden, '', r.team) AS team, multiIf(r.hidden, 'small', r.team = '', 'none', 'team') AS kind, count() AS n_groups,
            sum(r.people) AS n, sum(r.users) AS used
        FROM ranked AS r
        GROUP BY team, kind
    )
SELECT
    assumeNotNull(last_week) AS week,
    kind,
    team,
    n_groups AS groups,
    if(n < {smallest:UInt8}, NULL, n) AS people,
    if(n < {smallest:UInt8}, NULL, used) AS users,
    users / people AS share,
    if(kind = 'small', 'too small to show: counted in totals', '') AS hidden
FROM rows
ORDER BY indexOf(['team', 'none', 'small'], kind), team
