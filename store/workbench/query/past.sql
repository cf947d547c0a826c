SELECT id, started_at, sql, params, status, rows, truncated, read_rows, read_bytes, millis, error_code, error
FROM sql_history
WHERE id = {id:String}
LIMIT 1
