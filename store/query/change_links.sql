SELECT
    multiIf(target = {sha:String} AND relation = 'revert', 'reverted_by', target = {sha:String}, 'fixed_by', relation = 'revert', 'reverts', 'fixes') AS relation,
    concat(repo, '@', if(target = {sha:String}, source, target)) AS change_id,
    method, effective, at
FROM baserate.links
WHERE repo = {repo:String} AND (target = {sha:String} OR source = {sha:String})
ORDER BY at, change_id
LIMIT 500
