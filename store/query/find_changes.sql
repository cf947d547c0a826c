-- The changes that somebody may mean: by change_id, or by the beginning of one.
SELECT change_id, title
FROM baserate.changes
WHERE startsWith(change_id, {change:String})
ORDER BY change_id
LIMIT 10
