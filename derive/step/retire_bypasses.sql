-- Rows that this derivation no longer made have no ground left. (The table is named in WHERE, since REPLACE makes a
-- `version` of its own.)
INSERT INTO bypasses
SELECT * REPLACE({version:UInt64} AS version, 1 AS is_deleted)
FROM bypasses AS old FINAL
WHERE old.repo IN {repos:Array(String)} AND old.version < {version:UInt64}
