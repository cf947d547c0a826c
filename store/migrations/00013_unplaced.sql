-- Changes that are known from their forge alone.

-- +goose Up

-- How many files a change touched, where the forge says so and no clone says which.
ALTER TABLE landings ADD COLUMN changed_files UInt32 AFTER size_known;

-- Names that a repository had before, where nobody cloned it and no other has the name now: what its forge says of it stands
-- under the new name too, and is counted there.
CREATE VIEW moved_repositories AS
SELECT DISTINCT scope AS repo
FROM tombstones FINAL
WHERE kind = 'repository' AND renamed_to NOT IN ('', scope)
    AND scope NOT IN (SELECT repo FROM hosted_repositories FINAL) AND scope NOT IN (SELECT repo FROM repositories);
