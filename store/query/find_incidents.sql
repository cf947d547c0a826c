-- The incidents that somebody may mean: by source:id, or by the id alone.
SELECT incident, source, id, title
FROM baserate.incidents
WHERE incident = {incident:String} OR id = {incident:String}
ORDER BY incident != {incident:String}, incident
LIMIT 10
