-- A page of the coverage ledger, failed ones first, with how many there are in all. An empty text does not filter. A part of a
-- larger scope, such as a repository of an organisation, has a row only when it had news: it was read with the whole since.
WITH
    wholes AS
    (
        SELECT w.source AS source, w.stream AS stream, groupArray((w.scope, w.last_success_at)) AS them
        FROM baserate.coverage AS w
        WHERE w.cursor != ''
        GROUP BY source, stream
    ),
    matching AS
    (
        SELECT
            c.*,
            if(c.status = 'failed', 0, 1) AS rank,
            if(length(w.them) = 1, w.them[1], arrayFirst(x -> x.1 = splitByChar('/', c.scope)[1], w.them)).2 AS with_the_whole,
            if(c.cursor = '' AND c.status IN ('ok', 'partial') AND with_the_whole > c.last_success_at, with_the_whole, c.last_success_at) AS read_at
        FROM baserate.coverage AS c
        LEFT JOIN wholes AS w ON w.source = c.source AND w.stream = c.stream
        WHERE ({source:String} = '' OR c.source = {source:String})
            AND ({stream:String} = '' OR c.stream = {stream:String})
            AND (empty({statuses:Array(String)}) OR c.status IN {statuses:Array(String)})
            AND ({text:String} = '' OR positionCaseInsensitiveUTF8(c.scope, {text:String}) > 0)
    )
SELECT
    source, scope, stream, status, rows, requests, started_at, finished_at, read_at AS last_success_at, data_from, data_to, error, cursor,
    warnings.1 AS codes, warnings.3 AS details,
    (SELECT count() FROM matching) AS total
FROM matching
WHERE {after_source:String} = ''
    OR (rank, source, scope, stream) > ({after_rank:UInt8}, {after_source:String}, {after_scope:String}, {after_stream:String})
ORDER BY rank, source, scope, stream
LIMIT {limit:UInt64}
