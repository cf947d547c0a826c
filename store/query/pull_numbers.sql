SELECT number
FROM pull_requests FINAL
WHERE source = {source:String} AND repo = {repo:String} AND NOT deleted
ORDER BY number
