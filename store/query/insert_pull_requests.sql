INSERT INTO pull_requests (source, repo, number, id, title, body, branch, base, author, author_kind, merged_by,
    merged_by_kind, assignees, created_at, ready_at, merged_at, closed_at, updated_at, merge_sha, head_sha,
    label_names, label_times, commits, additions, deletions, files, size_known, review_comments, reviews_complete, deleted, version)
