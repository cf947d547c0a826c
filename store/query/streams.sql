-- The coverage ledger by source and stream. A part of a larger scope has no cursor of its own, see sources: its facts and calls
-- are counted with the whole, and it waits no longer than the whole unless it failed.
SELECT
    source,
    stream,
    count() AS scopes,
    countIf(c.status = 'ok') AS whole,
    countIf(c.status = 'partial') AS partial,
    countIf(c.status = 'failed') AS failed,
    countIf(c.status = 'absent') AS absent,
    countIf(c.status = 'running') AS running,
    if(countIf(c.cursor != '') = 0, sum(c.facts), sumIf(c.facts, c.cursor != '')) AS rows,
    if(countIf(c.cursor != '') = 0, sum(c.calls), sumIf(c.calls, c.cursor != '')) AS requests,
    min(c.data_from) AS data_from,
    max(c.data_to) AS data_to,
    max(c.started_at) AS started_at,
    max(c.last_success_at) AS last_success_at,
    minIf(c.last_success_at, c.cursor != '' OR c.status IN ('failed', 'running')) AS oldest_success_at,
    countIf(isNull(c.last_success_at) AND c.status != 'absent') AS never,
    argMaxIf(c.error, c.started_at, c.status IN ('failed', 'absent')) AS error
FROM (SELECT *, rows AS facts, requests AS calls FROM baserate.coverage) AS c
GROUP BY source, stream
ORDER BY source, stream
