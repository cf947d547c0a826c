INSERT INTO pull_commits (repo, number, sha, author_name, author_email, committer_name, committer_email, authored_at,
    committed_at, message, version)
