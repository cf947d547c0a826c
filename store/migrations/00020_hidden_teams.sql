-- +goose Up

-- Teams of which the adoption figures tell nothing in a week, by the people who landed a change in it: those under five, and the next
-- smallest until there are two and five people. Where another view told them, they could be subtracted from what the figures tell of
-- all. The last week is not over: of teams nothing is told.
CREATE VIEW hidden_teams AS
WITH
    (SELECT max(finished_at) FROM collections) AS collected_at,
    (SELECT toMonday(max(landed_at)) FROM changes FINAL WHERE landed_at <= collected_at) AS open_week
SELECT g.week AS week, g.team AS team,
    row_number() OVER (PARTITION BY g.week ORDER BY g.people, g.team) AS place,
    countIf(g.people < 5) OVER (PARTITION BY g.week) AS few,
    sum(g.people) OVER (PARTITION BY g.week ORDER BY g.people, g.team ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - g.people AS below,
    ifNull(g.week >= open_week, true) OR few > 0 AND (place <= few OR place <= 2 OR below < 5) AS hidden
FROM
(
    SELECT p.week AS week, p.team AS team, count() AS people
    FROM
    (
        SELECT w.week AS week, w.author AS author, argMax(w.team, (w.landed, w.team)) AS team
        FROM
        (
            SELECT toMonday(c.landed_at) AS week, c.author AS author, toString(c.team) AS team, count() AS landed
            FROM changes AS c FINAL
            WHERE c.author_class != 'automation' AND c.author != 0 AND c.landed_at <= collected_at
            GROUP BY week, author, team
        ) AS w
        GROUP BY week, author
    ) AS p
    GROUP BY week, team
) AS g;

CREATE OR REPLACE VIEW baserate.ai_usage
(
    team         String COMMENT 'team of the persons in that week, empty when not known',
    week         Date COMMENT 'its Monday, UTC',
    tool         LowCardinality(String) COMMENT 'AI tool',
    persons      UInt64 COMMENT 'with any use of it in that week, five or more',
    interactions UInt64 COMMENT 'prompts, accepted completions, sessions: what the tool''s maker counts',
    lines        UInt64 COMMENT 'lines that the tool put into editors, not lines that landed'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT used.team_then AS team, used.week_ AS week, used.tool_ AS tool, uniqExact(used.who) AS persons,
    sum(used.n) AS interactions, sum(used.put) AS lines
FROM
(
    SELECT arrayFirst(m -> toDate(m.1) <= u.day AND u.day < toDate(m.2), t.spans).3 AS team_then, toMonday(u.day) AS week_,
        u.tool AS tool_, u.person AS who, u.interactions AS n, u.lines AS put
    FROM usage_of_persons AS u
    LEFT JOIN memberships AS t ON t.person = u.person
) AS used
GROUP BY team, week, tool
HAVING persons >= 5 AND (team, week) NOT IN (SELECT h.team, h.week FROM hidden_teams AS h WHERE h.hidden)
COMMENT 'Use of AI tools by team and week, counted over persons before groups under five are left out: teams do not add up to the whole, and who is in several teams counts with the one joined last. Teams that the adoption figures hide are left out too, and so is the week that is not over. Empty until a source reports it.';
