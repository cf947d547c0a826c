INSERT INTO reviews (source, repo, number, id, author, author_kind, state, sha, submitted_at, version)
