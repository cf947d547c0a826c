-- Changes that are known from their forge alone.

-- +goose Up

-- How many files a change touched, where the forge says so and no clone says which.
ALTER TABLE landings ADD COLUMN changed_files UInt32 AFTER size_known;
