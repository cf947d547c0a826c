-- How many rows of the changes lie outside of their largest part, and how many there are.
SELECT toUInt64(sum(rows) - max(rows)) AS loose, sum(rows) AS total
FROM system.parts
WHERE database = currentDatabase() AND table = 'changes' AND active
