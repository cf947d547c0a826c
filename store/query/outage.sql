-- One outage, as view outages has it, with the change that it comes from.
SELECT
    o.outage AS outage, o.title AS title, o.severity AS severity, o.began AS began, o.detected_at AS detected_at, o.mitigated_at AS mitigated_at,
    o.ended AS ended, o.minutes AS minutes, o.services AS services, o.environment AS environment, o.cause AS cause, o.cause_type AS cause_type,
    o.url AS url, o.repo AS repo, o.team AS team, o.change_id AS change_id,
    if(o.cause = 'change', o.landed_at, NULL) AS landed_at, if(o.cause = 'change', o.deployed_at, NULL) AS deployed_at
FROM outages AS o
WHERE o.outage = {outage:String}
