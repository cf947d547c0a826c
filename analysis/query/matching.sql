-- The strata of repository, quarter, permission, size and review that have an event, as a whole: the row that leads a stratum
-- has its own counts and those of the rest. Read without FINAL, as in sums.sql of the store.
SELECT
    toUInt64(agent_events + assisted_events + rest_agent_events + rest_assisted_events) AS a,
    toUInt64(agent_changes + assisted_changes + rest_agent_changes + rest_assisted_changes) AS n1,
    toUInt64(human_events + unknown_events + rest_human_events + rest_unknown_events) AS c,
    toUInt64(human_changes + unknown_changes + rest_human_changes + rest_unknown_changes) AS n0
FROM strata
WHERE outcome = {outcome:String} AND design = 'repository' AND adjustment = 'direct' AND leads AND a + c > 0
    AND is_deleted = 0 AND derivation IN (SELECT cityHash64(repo, version) FROM strata_live FINAL)
ORDER BY repo, stratum
