INSERT INTO collections (source, scope, stream, started_at, finished_at, status, rows, requests, data_from, data_to,
    error, warning_codes, warning_subjects, warning_details, version)
