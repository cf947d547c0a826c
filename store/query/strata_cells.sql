-- The counts of the two arms, a row a stratum and cluster, of the strata with an event in one of them.
WITH
    (agent, assisted, unknown) -> if({exposure:String} IN ('ai_agent', 'ai'), agent, 0) + if({exposure:String} IN ('ai_assisted', 'ai'), assisted, 0)
        + if({side:String} = 'unknown_ai', unknown, 0) AS exposed,
    (human, unknown, automation) -> human + if({side:String} = 'unknown_ai', 0, unknown) + if({side:String} = 'bots', automation, 0) AS reference
SELECT
    stratum, cluster,
    toUInt64(exposed(agent_events, assisted_events, unknown_events)) AS a,
    toUInt64(exposed(agent_changes, assisted_changes, unknown_changes)) AS n1,
    toUInt64(reference(human_events, unknown_events, automation_events)) AS c,
    toUInt64(reference(human_changes, unknown_changes, automation_changes)) AS n0
FROM strata FINAL
WHERE outcome = {outcome:String} AND design = {design:String} AND adjustment = {adjustment:String}
    AND n1 + n0 > 0
    AND a + c + exposed(rest_agent_events, rest_assisted_events, rest_unknown_events)
        + reference(rest_human_events, rest_unknown_events, rest_automation_events) > 0
ORDER BY stratum, cluster
LIMIT {limit:UInt64}
