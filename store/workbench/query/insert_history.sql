INSERT INTO sql_history (id, started_at, sql, params, status, rows, truncated, read_rows, read_bytes, millis, error_code, error)
