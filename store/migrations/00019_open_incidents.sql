-- The minutes of an incident that is still open are not known: greatest(0, NULL) is 0. One statement, so that a start which is cut off leaves
-- the view as it was or as it shall be.

-- +goose Up

CREATE OR REPLACE VIEW baserate.incidents
(
    incident    String COMMENT 'source:id, as in changes.incident_id',
    source      LowCardinality(String) COMMENT 'where it was declared',
    id          String COMMENT 'there',
    title       String COMMENT 'as declared',
    severity    Nullable(UInt8) COMMENT '1 worst to 5, NULL when not known',
    declared_at DateTime64(0, 'UTC') COMMENT 'when somebody said so',
    started_at  DateTime64(0, 'UTC') COMMENT 'when it began; when it was declared, where that is not known',
    detected_at     Nullable(DateTime64(0, 'UTC')) COMMENT 'when somebody or something noticed, NULL when not known',
    acknowledged_at Nullable(DateTime64(0, 'UTC')) COMMENT 'when somebody took it, likewise',
    mitigated_at    Nullable(DateTime64(0, 'UTC')) COMMENT 'when it stopped hurting, likewise',
    resolved_at Nullable(DateTime64(0, 'UTC')) COMMENT 'NULL while it is open',
    minutes     Nullable(Float64) COMMENT 'from its beginning to its resolution, NULL while it is open',
    services    Array(String) COMMENT 'struck by it',
    repos       Array(String) COMMENT 'repositories that the source names',
    environment LowCardinality(String) COMMENT 'as its source words it, empty when it does not',
    status      LowCardinality(String) COMMENT 'likewise',
    cause_type  LowCardinality(String) COMMENT 'change, config, capacity, dependency, hardware, security or unknown, as declared',
    extrinsic   Bool COMMENT 'capacity, dependency or hardware: no change caused it',
    drill       Bool COMMENT 'an exercise: counted nowhere',
    linked      Bool COMMENT 'a change is found as its root cause',
    decided     Bool COMMENT 'a person confirmed or rejected a change as its cause',
    url         String COMMENT 'its page at the source'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT concat(i.source, ':', i.id) AS incident, i.source, i.id, i.title, nullIf(i.severity, 0) AS severity, i.declared_at, i.started_at, i.detected_at, i.acknowledged_at, i.mitigated_at,
    i.resolved_at,
    if(isNull(i.resolved_at), NULL, greatest(0, dateDiff('second', i.started_at, i.resolved_at)) / 60) AS minutes,
    i.services, i.repos, i.environment, i.status, i.cause_type,
    CAST(i.cause_type IN ('capacity', 'dependency', 'hardware'), 'Bool') AS extrinsic,
    i.drill,
    CAST((i.source, i.id) IN (SELECT source, incident FROM root_causes), 'Bool') AS linked,
    CAST((i.source, i.id) IN (SELECT source, incident FROM confirmations), 'Bool') AS decided,
    i.url
FROM (SELECT * FROM incidents FINAL WHERE NOT deleted) AS i
COMMENT 'One row an incident that its source did not delete.';
