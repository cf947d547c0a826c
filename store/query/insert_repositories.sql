INSERT INTO repositories (repo, path, default_branch, root, shallow, partial, version)
