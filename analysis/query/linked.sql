-- How many incidents there are, and of how many the cause is known: a change, or declared to be none. Of incidents that
-- were simulated without a source only those with a change are there.
SELECT
    count() + (SELECT uniqExact(incident) FROM changes FINAL WHERE incident != '' AND repo IN (SELECT scope FROM collections WHERE source = 'simulate' AND stream = 'fast')) AS incidents,
    countIf(i.cause_type IN ('capacity', 'dependency', 'hardware') OR l.incident != '') + toUInt64(incidents - count()) AS known
FROM (SELECT concat(source, ':', id) AS incident, cause_type FROM incidents FINAL WHERE NOT drill AND NOT deleted) AS i
LEFT JOIN (SELECT DISTINCT incident FROM baserate.incident_links WHERE chosen) AS l ON l.incident = i.incident
