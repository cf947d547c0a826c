INSERT INTO placements (repo, sha, reachable, position, landed_by,
    paths, path_additions, path_deletions, path_binary, files_unknown, version)
