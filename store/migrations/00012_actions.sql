-- Actions as changes: what was destroyed, a person at a console, and who is behind a session.

-- +goose Up

-- `session_arn` is the session as the event has it that opened it (verb sts:AssumeRole…, of which it is the resource): by it the
-- two are joined, whatever systems they were seen in.
ALTER TABLE actions
    ADD COLUMN console Bool AFTER level,
    ADD COLUMN session_arn String MATERIALIZED if(session = '' OR NOT match(principal, '^arn:[^:]*:iam::\\d*:role/'), '',
        concat(replaceRegexpOne(principal, '^arn:([^:]*):iam::(\\d*):role/(?:.*/)?([^/]+)$', 'arn:\\1:sts::\\2:assumed-role/\\3/'), session));

-- Which sessions were used in which systems: what is learnt late of a session makes these stale. ORDER BY its key.
CREATE TABLE session_uses
(
    session_arn String,
    system      LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (session_arn, system);

CREATE MATERIALIZED VIEW session_uses_of_actions TO session_uses AS
SELECT DISTINCT session_arn, system
FROM actions
WHERE session_arn != '';

ALTER TABLE landings ADD COLUMN destructive Bool AFTER size_known;

ALTER TABLE changes ADD COLUMN destructive Bool AFTER size_known;
