-- The evidence on every commit that landed with a change, strongest first.
SELECT subject, rule, tool, mode, evidence, confidence
FROM baserate.attributions
WHERE repo = {repo:String} AND subject IN (SELECT sha FROM placements FINAL WHERE repo = {repo:String} AND landed_by = {sha:String})
ORDER BY confidence DESC, subject, rule
LIMIT 500
