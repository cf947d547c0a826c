-- Asked as the account whose limits they are.
SELECT
    currentUser() AS user,
    toInt64(getSetting('max_execution_time')) AS seconds,
    toUInt64(getSetting('max_memory_usage')) AS memory_bytes,
    toUInt64(getSetting('max_result_rows')) AS result_rows,
    toUInt64(getSetting('max_rows_to_read')) AS read_rows
