SELECT source, scope, stream, status, rows, started_at, finished_at, last_success_at, error, warnings.1 AS codes, warnings.3 AS details
FROM baserate.coverage
ORDER BY status = 'failed' DESC, source, scope, stream
LIMIT 10000
