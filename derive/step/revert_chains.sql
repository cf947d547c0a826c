-- A revert that was itself reverted has no effect, unless that revert was reverted too, and so on: a revert counts
-- when the chain of reverts that ends in it is of odd length. Twenty steps are more than any history has shown.
INSERT INTO links (repo, target, source, relation, method, score, effective, at, version, is_deleted)
WITH RECURSIVE
    reverts AS
    (
        SELECT repo, target, source, method, score, at, version
        FROM links FINAL
        WHERE repo IN {repos:Array(String)} AND relation = 'revert'
    ),
    chain AS
    (
        SELECT repo, source AS first, source AS last, toUInt8(1) AS length FROM reverts
        UNION ALL
        SELECT c.repo, c.first, r.source, toUInt8(c.length + 1)
        FROM chain AS c
        INNER JOIN reverts AS r ON r.repo = c.repo AND r.target = c.last
        WHERE c.length < 20
    )
SELECT r.repo, r.target, r.source, 'revert', r.method, r.score, false, r.at, r.version + 1, 0
FROM reverts AS r
INNER JOIN (SELECT repo, first, max(length) AS steps FROM chain GROUP BY repo, first HAVING steps % 2 = 0) AS c
    ON c.repo = r.repo AND c.first = r.source
