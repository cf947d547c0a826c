-- What the pages can be narrowed to: the teams, tiers and repositories that have changes, with how many, by name. Names of teams
-- are not people. Repositories are the thousand with the most changes: the others can be named in the address.
SELECT key, value, changes
FROM
(
    SELECT
        multiIf(NOT grouping(c.team), 'team', NOT grouping(c.tier), 'tier', 'repo') AS key,
        multiIf(key = 'team', toString(c.team), key = 'tier', toString(c.tier), toString(c.repo)) AS value,
        count() AS changes
    FROM changes AS c FINAL
    GROUP BY GROUPING SETS ((c.team), (c.tier), (c.repo))
    ORDER BY changes DESC
    LIMIT 1000 BY key
)
WHERE value NOT IN ('', '0')
ORDER BY key, value
