-- What sources state of where an outage comes from or what ended it, in their own terms.
SELECT toString(s.repo) AS repo, toString(s.role) AS role, toString(s.kind) AS kind, s.ref AS ref, toString(s.method) AS method,
    round(toFloat64(s.score), 3) AS score, s.stated_at AS stated_at, s.url AS url
FROM causes AS s FINAL
WHERE s.source = {source:String} AND s.incident = {id:String}
ORDER BY s.stated_at, repo, ref
LIMIT 200
