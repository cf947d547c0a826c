-- Mistakes of changes with AI beside those of changes with no AI recorded, as they happened, with nothing held equal. From 10 mistakes
-- in both groups there is a ratio, with Katz's interval (1978); otherwise the smallest ratio that would stand out: that these numbers
-- of changes would show at the two-sided level of 5 % with a probability of 80 %, by the normal approximation with pooled variance
-- (Fleiss 1981), if changes with no AI recorded go wrong as often as they do in the whole fleet. In tenths, up to 20.
WITH
    mistaken AS
    (
        SELECT c.author_class AS author_class, c.author AS author,
            empty({teams:Array(String)}) OR c.team IN {teams:Array(String)} AS inside,
            ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR ifNull(c.reverted_at <= c.landed_at + INTERVAL 14 DAY, false)
                OR isNotNull(c.hotfixed_at)
                OR ifNull(c.failed_at <= c.landed_at + INTERVAL 14 DAY, false) AS mistake
        FROM changes AS c FINAL
        WHERE c.mature AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
            AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
            AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
            AND c.author_class IN ('ai_agent', 'ai_assisted', 'unknown', 'human')
    ),
    arms AS
    (
        SELECT arrayJoin(['ai_agent', 'ai_assisted']) AS class,
            countIf(m.inside AND m.author_class = class) AS n1, countIf(m.inside AND m.author_class = class AND m.mistake) AS a,
            countIf(m.inside AND m.author_class IN ('unknown', 'human')) AS n0, countIf(m.inside AND m.author_class IN ('unknown', 'human') AND m.mistake) AS c,
            countIf(m.author_class IN ('unknown', 'human') AND m.mistake) / countIf(m.author_class IN ('unknown', 'human')) AS p0,
            least(uniqUpToIf(100)(m.author, m.inside AND m.author_class = class),
                uniqUpToIf(100)(m.author, m.inside AND m.author_class IN ('unknown', 'human'))) AS people
        FROM mistaken AS m
        GROUP BY class
    ),
    weighed AS
    (
        SELECT x.class AS class, x.a AS a, x.n1 AS n1, x.c AS c, x.n0 AS n0,
            multiIf(
                least(x.n1, x.n0) = 0, 'no changes to compare',
                x.people < {smallest:UInt8}, concat('fewer than ', toString({smallest:UInt8}), ' people in a group'),
                least(x.a, x.c) < 10, 'fewer than 10 mistakes in a group',
                '') AS hidden,
            x.a / x.n1 / (x.c / x.n0) AS crude,
            1.959964 * sqrt(1 / x.a - 1 / x.n1 + 1 / x.c - 1 / x.n0) AS spread,
            arrayFirst(
                r -> r * x.p0 <= 1
                    AND (r - 1) * x.p0
                        - 1.959964 * sqrt((x.n1 * r + x.n0) * x.p0 / (x.n1 + x.n0) * (1 - (x.n1 * r + x.n0) * x.p0 / (x.n1 + x.n0)) * (1 / x.n1 + 1 / x.n0))
                        >= 0.841621 * sqrt(r * x.p0 * (1 - r * x.p0) / x.n1 + x.p0 * (1 - x.p0) / x.n0),
                arrayMap(i -> i / 10, range(11, 201))) AS noticeable
        FROM arms AS x
    )
SELECT
    class,
    a AS mistakes,
    n1 AS changes,
    c AS other_mistakes,
    n0 AS other_changes,
    if(w.hidden = '', crude, NULL) AS ratio,
    ratio * exp(-spread) AS low,
    ratio * exp(spread) AS high,
    if(least(n1, n0) = 0 OR w.noticeable = 0, NULL, w.noticeable) AS noticeable,
    w.hidden AS hidden
FROM weighed AS w
ORDER BY class
