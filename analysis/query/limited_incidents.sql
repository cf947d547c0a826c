-- Incidents by the author class of the change that caused them and by severity: how many ended after how long, in bins of a
-- sixteenth of an octave, and how many had not ended when anything was last heard of any incident.
WITH (SELECT max(greatest(started_at, ifNull(resolved_at, started_at), updated_at)) FROM incidents FINAL WHERE NOT deleted) AS heard_at
SELECT
    c.author_class AS author_class,
    r.severity AS severity,
    toUInt16(floor(16 * log2(1 + greatest(0, dateDiff('second', r.started_at, ifNull(r.resolved_at, heard_at))) / 60))) AS bin,
    countIf(isNotNull(r.resolved_at)) AS resolved,
    countIf(isNull(r.resolved_at)) AS open
FROM (SELECT repo, sha, severity, started_at, resolved_at FROM root_causes WHERE NOT extrinsic) AS r
INNER JOIN
(
    SELECT repo, sha, author_class, landed_at
    FROM changes FINAL
    WHERE mature AND isNotNull(incident_at) AND author_class != 'automation'
) AS c ON c.repo = r.repo AND c.sha = r.sha
WHERE r.started_at <= c.landed_at + INTERVAL 14 DAY
GROUP BY author_class, severity, bin
ORDER BY author_class, severity, bin
