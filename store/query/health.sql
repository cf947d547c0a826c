-- What the gates of an answer look at.
SELECT
    (SELECT max(last_success_at) FROM baserate.coverage) AS collected_at,
    (SELECT countIf(status = 'failed') FROM baserate.coverage) AS failed_sources,
    (SELECT countIf(last_success_at < {fresh_since:DateTime64(0, 'UTC')}) FROM baserate.coverage) AS stale_sources,
    count() AS commits,
    countIf(v.sha = '') AS unread
FROM (SELECT repo, sha FROM placements FINAL WHERE landed_by != '') AS p
LEFT JOIN (SELECT repo, sha FROM verdicts FINAL) AS v ON v.repo = p.repo AND v.sha = p.sha
