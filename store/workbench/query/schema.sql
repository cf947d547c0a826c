SELECT t.name AS name, t.comment AS comment, groupArray((c.name, c.type, c.comment)) AS columns
FROM system.tables AS t
INNER JOIN (SELECT table, name, type, comment FROM system.columns WHERE database = {database:String} ORDER BY table, position) AS c ON c.table = t.name
WHERE t.database = {database:String}
GROUP BY name, comment
ORDER BY name
