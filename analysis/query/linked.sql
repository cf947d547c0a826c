-- How many incidents there are, and of how many the cause is known: a change, or declared to be none.
SELECT
    count() AS incidents,
    countIf(i.cause_type IN ('capacity', 'dependency', 'hardware') OR l.incident != '') AS known
FROM (SELECT concat(source, ':', id) AS incident, cause_type FROM incidents FINAL WHERE NOT drill AND NOT deleted) AS i
LEFT JOIN (SELECT DISTINCT incident FROM baserate.incident_links WHERE chosen) AS l ON l.incident = i.incident
