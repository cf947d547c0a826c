-- The newest changes that caused an incident of severity 1 or 2 and landed with more than the usual permission.
WITH ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'operator'] AS levels
SELECT
    c.change_id AS change_id, toString(c.author_class) AS author_class, toString(c.permission) AS permission,
    toString(c.usual_permission) AS usual, c.landed_at AS landed_at, assumeNotNull(c.incident_at) AS incident_at, c.severity AS severity,
    count() OVER () AS total
FROM changes AS c FINAL
WHERE c.mature AND ifNull(c.incident_at <= c.landed_at + INTERVAL 14 DAY, false) AND c.severity BETWEEN 1 AND 2
    AND indexOf(levels, c.usual_permission) > 0 AND indexOf(levels, c.permission) > indexOf(levels, c.usual_permission)
ORDER BY c.incident_at DESC, change_id
LIMIT 20
