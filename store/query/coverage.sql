SELECT
    (SELECT count() FROM baserate.repositories) AS repositories,
    (SELECT count() FROM commits FINAL) AS commits,
    (SELECT any(rules_version) FROM verdicts) AS rules_version,
    (SELECT maxOrNull(finished_at) FROM collections WHERE status IN ('ok', 'partial')) AS collected_at,
    count() AS changes,
    countIf(author_class != 'unknown') AS classified,
    minOrNullIf(landed_at, landed_at <= now()) AS data_from,
    maxOrNullIf(landed_at, landed_at <= now()) AS data_to
FROM baserate.changes
