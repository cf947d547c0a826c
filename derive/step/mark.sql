-- Remembers what a piece of repositories was derived from, and up to which moment: facts about later ones do not concern it.
INSERT INTO derivations (repo, facts_version, around, data_to, definitions, version)
SELECT p.1, p.2, p.3, l.data_to, {definitions:String}, {version:UInt64}
FROM (SELECT arrayJoin(arrayZip({repos:Array(String)}, {facts:Array(UInt64)}, {around:Array(UInt64)})) AS p) AS d
LEFT JOIN
(
    SELECT repo, max(greatest(landed_at, ifNull(moved_at, landed_at))) AS data_to
    FROM landings FINAL
    WHERE repo IN {repos:Array(String)}
    GROUP BY repo
) AS l ON l.repo = p.1
