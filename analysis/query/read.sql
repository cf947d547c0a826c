-- How many commits of default branches were read for marks of AI. Changes that were simulated without commits count as read.
SELECT count() + (SELECT count() FROM simulated) AS commits, countIf(v.sha = '') AS unread
FROM (SELECT repo, sha FROM placements FINAL WHERE landed_by != '') AS p
LEFT JOIN (SELECT repo, sha FROM verdicts FINAL) AS v ON v.repo = p.repo AND v.sha = p.sha
