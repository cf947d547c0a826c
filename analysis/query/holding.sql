-- Which facts there are at all. "Not collected" is never "none": a claim without its facts says what to connect.
SELECT
    count() > 0 AS changes,
    (SELECT count() > 0 FROM incidents) OR countIf(c.incident != '') > 0 AS incidents,
    (SELECT count() > 0 FROM deployments) OR countIf(isNotNull(c.failed_at)) > 0 AS deployments,
    countIf(permission NOT IN ('', 'unknown')) > 0 AS permissions,
    countIf(review_state NOT IN ('', 'not_collected')) > 0 AS reviews,
    (SELECT count() > 0 FROM usage) AS usage,
    (SELECT count() > 0 FROM proposals) AS pull_requests,
    countIf(isNotNull(control_at)) > 0 AS control
FROM changes AS c FINAL
