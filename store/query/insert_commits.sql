INSERT INTO commits (repo, sha, parents, author_name, author_email, committer_name, committer_email,
    raw_author_name, raw_author_email, raw_committer_name, raw_committer_email,
    authored_at, committed_at, author_zone, message, trailer_keys, trailer_values,
    paths, path_additions, path_deletions, path_binary, files_unknown, version)
