SELECT
    change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, tool, autonomy, review_state, commits,
    size_lines, files, reverted, reverted_at, hotfixed, hotfixed_at, mistake, mature,
    toUInt64(1) AS total
FROM baserate.changes
WHERE repo = {repo:String} AND sha = {sha:String}
