-- Rows that this derivation no longer made have no ground left.
INSERT INTO links
SELECT * REPLACE({version:UInt64} AS version, 1 AS is_deleted)
FROM links FINAL
WHERE repo IN {repos:Array(String)} AND version < {version:UInt64}
