INSERT INTO notes (repo, sha, ref, text, version)
