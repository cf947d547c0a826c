SELECT id, started_at, sql, params, status, rows, truncated, read_rows, read_bytes, millis, error_code, error
FROM sql_history
ORDER BY started_at DESC, id
LIMIT {limit:UInt32}
