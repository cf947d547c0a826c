-- Repositories that are not derived now, but have a candidate of an incident for which a repository that is has one or had one
-- until now: which of them is the root cause may have changed.
SELECT DISTINCT c.repo AS repo
FROM candidates AS c FINAL
WHERE (c.source, c.incident) IN (SELECT source, incident FROM candidates WHERE version >= {since:UInt64})
    AND c.repo NOT IN {repos:Array(String)}
ORDER BY repo
