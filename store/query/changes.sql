-- A page of the changes behind a number, newest first, with how many there are in all. An empty list, an empty
-- outcome and a mature of -1 do not filter.
WITH matching AS
(
    SELECT *
    FROM baserate.changes
    WHERE (empty({repos:Array(String)}) OR repo IN {repos:Array(String)})
        AND (empty({classes:Array(String)}) OR author_class IN {classes:Array(String)})
        AND (empty({tools:Array(String)}) OR hasAny(tools, {tools:Array(String)}))
        AND (empty({kinds:Array(String)}) OR kind IN {kinds:Array(String)})
        AND (empty({reviews:Array(String)}) OR review_state IN {reviews:Array(String)})
        AND landed_at >= {from:DateTime64(0, 'UTC')} AND landed_at < {to:DateTime64(0, 'UTC')}
        AND ({mature:Int8} = -1 OR mature = ({mature:Int8} = 1))
        AND CASE {outcome:String}
            WHEN '' THEN true
            WHEN 'mistake' THEN mistake
            WHEN 'reverted_14d' THEN reverted_14d
            WHEN 'hotfixed_72h' THEN hotfixed
            WHEN 'reverted' THEN reverted
            ELSE false END
)
SELECT
    change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, tool, autonomy, review_state, commits,
    size_lines, files, reverted, reverted_at, hotfixed, hotfixed_at, mistake, mature,
    (SELECT count() FROM matching) AS total
FROM matching
WHERE {after_id:String} = '' OR (landed_at, change_id) < ({after_at:DateTime64(0, 'UTC')}, {after_id:String})
ORDER BY landed_at DESC, change_id DESC
LIMIT {limit:UInt64}
