-- All runs so far by source and stream, for counters; of scopes each by itself where a stream has few. The facts and calls of a part
-- of a larger scope are counted with the whole, see sources.
WITH
    scopes AS
    (
        SELECT
            c.source AS source,
            c.stream AS stream,
            c.scope AS scope,
            countIf(c.status = 'ok') AS whole,
            countIf(c.status = 'partial') AS partial,
            countIf(c.status = 'failed') AS failed,
            countIf(c.status = 'absent') AS absent,
            sum(c.rows) AS rows,
            sum(c.requests) AS requests,
            maxIf(c.finished_at, c.status IN ('ok', 'partial')) AS last_success_at,
            argMaxIf(c.status, c.started_at, c.status != 'running') AS status,
            argMaxIf(dateDiff('millisecond', c.started_at, c.finished_at) / 1000, c.started_at, isNotNull(c.finished_at)) AS seconds,
            count() OVER (PARTITION BY source, stream) AS siblings,
            (source, scope, stream) IN (SELECT source, scope, stream FROM cursors) AS by_itself
        FROM collections AS c FINAL
        GROUP BY source, stream, scope
    ),
    marked AS (SELECT *, by_itself = 0 AND max(by_itself) OVER (PARTITION BY source, stream) = 1 AS part FROM scopes)
SELECT
    s.source AS source,
    s.stream AS stream,
    if(s.siblings <= {few:UInt64}, s.scope, '') AS scope,
    sum(s.whole) AS whole,
    sum(s.partial) AS partial,
    sum(s.failed) AS failed,
    sum(s.absent) AS absent,
    min(s.part) AS part,
    sumIf(s.rows, NOT s.part) AS rows,
    sumIf(s.requests, NOT s.part) AS requests,
    maxIf(s.last_success_at, NOT s.part) AS last_success_at,
    if(countIf(s.status IN ('ok', 'partial', 'failed')) = 0, NULL,
        countIf(s.status IN ('ok', 'partial')) / countIf(s.status IN ('ok', 'partial', 'failed'))) AS up,
    ifNull(max(s.seconds), 0) AS seconds
FROM marked AS s
GROUP BY source, stream, scope
ORDER BY source, stream, scope
