INSERT INTO hosted_repositories (source, id, node, repo, default_branch, archived, fork, private, created_at,
    pushed_at, version)
