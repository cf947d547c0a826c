-- How old the data are, and how many sources are failed or stale.
SELECT max(last_success_at) AS collected_at, countIf(status = 'failed') AS failed_sources, countIf(last_success_at < {fresh_since:DateTime64(0, 'UTC')}) AS stale_sources
FROM baserate.coverage
