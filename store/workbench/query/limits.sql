-- Asked as the account whose limits they are.
SELECT
    toInt64(getSetting('max_execution_time')) AS seconds,
    getSetting('max_memory_usage') AS memory_bytes,
    getSetting('max_result_rows') AS result_rows,
    getSetting('max_rows_to_read') AS read_rows
