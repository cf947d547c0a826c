-- +goose Up

-- What is known of every outage and its cause: incidents that are no drills and were not deleted by their source, each with the change
-- that it comes from. cause is change (a change is found for it), elsewhere (its source says capacity, dependency or hardware) or
-- unknown; what is told of a change is empty or NULL without one. repo is that of the change, else the first that the source names,
-- else one that has the service which was struck; team is the author's at the landing, else the repository's. Incidents are few:
-- they are read whole, and their changes by the key of the table.
CREATE VIEW outages AS
SELECT
    concat(i.source, ':', i.id) AS outage, i.source AS source, i.id AS id, i.title AS title, i.severity AS severity, i.started_at AS began,
    i.detected_at AS detected_at, i.mitigated_at AS mitigated_at, i.resolved_at AS ended,
    if(isNull(i.resolved_at), NULL, greatest(0, dateDiff('second', i.started_at, i.resolved_at)) / 60) AS minutes,
    CAST(i.services, 'Array(String)') AS services, toString(i.environment) AS environment, toString(i.cause_type) AS cause_type, i.url AS url,
    multiIf(c.sha != '', 'change', i.cause_type IN ('capacity', 'dependency', 'hardware'), 'elsewhere', 'unknown') AS cause,
    multiIf(c.sha != '', toString(c.repo), notEmpty(i.repos), i.repos[1], s.repo) AS repo,
    if(c.sha != '', toString(c.team), toString(p.team)) AS team,
    if(c.sha != '', c.tier, p.tier) AS tier,
    if(c.sha != '', concat(c.repo, '@', c.sha), '') AS change_id,
    toString(c.author_class) AS author_class, toString(c.tool) AS tool, toString(c.permission) AS permission, toString(c.review_state) AS review_state,
    toString(c.method) AS method, round(toFloat64(c.score), 3) AS score, c.landed_at AS landed_at, c.deployed_at AS deployed_at, c.mature AS mature
FROM (SELECT * FROM incidents FINAL WHERE NOT drill AND NOT deleted) AS i
LEFT JOIN
(
    SELECT r.source AS source, r.incident AS incident, r.method AS method, r.score AS score, n.repo AS repo, n.sha AS sha, n.team AS team, n.tier AS tier,
        n.author_class AS author_class, n.tool AS tool, n.permission AS permission, n.review_state AS review_state, n.landed_at AS landed_at,
        n.deployed_at AS deployed_at, n.mature AS mature
    FROM (SELECT * FROM root_causes WHERE NOT extrinsic) AS r
    INNER JOIN
    (
        SELECT repo, sha, team, tier, author_class, tool, permission, review_state, landed_at, deployed_at, mature
        FROM changes FINAL
        WHERE (repo, landed_at, sha) IN (SELECT repo, landed_at, sha FROM candidates)
    ) AS n ON n.repo = r.repo AND n.sha = r.sha
) AS c ON c.source = i.source AND c.incident = i.id
LEFT JOIN (SELECT lower(arrayJoin(services)) AS service, min(repo) AS repo FROM profiles FINAL GROUP BY service) AS s ON s.service = lower(i.services[1])
LEFT JOIN (SELECT repo, team, tier FROM profiles FINAL) AS p ON p.repo = if(notEmpty(i.repos), i.repos[1], s.repo);
