-- Repositories whose facts are newer than what was derived from them, or derived under other definitions, with the
-- number of their commits so that the work can be cut into even pieces.
SELECT f.repo AS repo, f.facts_version AS facts_version
FROM
(
    SELECT scope AS repo, maxIf(version, rows > 0) AS facts_version
    FROM collections FINAL
    WHERE source = 'git'
    GROUP BY scope
) AS f
LEFT JOIN (SELECT * FROM derivations FINAL) AS d ON d.repo = f.repo
WHERE f.facts_version > 0 AND (f.facts_version > d.facts_version OR d.definitions != {definitions:String})
ORDER BY repo
