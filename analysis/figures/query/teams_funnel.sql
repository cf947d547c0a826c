-- Mistakes by team beside the limits that chance alone seldom passes, at the rate of all these teams together: 95 % and 99.8 % of
-- teams with as many changes would lie within, by the normal approximation (Spiegelhalter 2005). Small teams vary more, so that their
-- limits are wider.
WITH
    counts AS
    (
        SELECT toString(c.team) AS team, count() AS n,
            countIf(
                ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR isNotNull(c.hotfixed_at)
                OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false)) AS y
        FROM changes AS c FINAL
        WHERE c.mature AND c.team != '' AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
            AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
            AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
        GROUP BY team
    )
SELECT
    team,
    n AS changes,
    y AS mistakes,
    if(n < 100, NULL, y / n) AS rate,
    sum(y) OVER () / sum(n) OVER () AS all_rate,
    greatest(0, all_rate - 1.959964 * sqrt(all_rate * (1 - all_rate) / n)) AS low_95,
    all_rate + 1.959964 * sqrt(all_rate * (1 - all_rate) / n) AS high_95,
    greatest(0, all_rate - 3.090232 * sqrt(all_rate * (1 - all_rate) / n)) AS low_998,
    all_rate + 3.090232 * sqrt(all_rate * (1 - all_rate) / n) AS high_998
FROM counts
ORDER BY lower(team), team
