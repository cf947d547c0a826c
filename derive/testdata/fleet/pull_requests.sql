INSERT INTO pull_requests (source, repo, number, id, title, body, branch, base, author, author_kind, merged_by, merged_by_kind, created_at, ready_at,
    merged_at, closed_at, updated_at, merge_sha, head_sha, commits, review_comments, reviews_complete, version)
SELECT 'github', repo, position, toString(n), concat('Change ', toString(n)), repeat('This is what it does and how it was tested. ', 5), concat('topic/', toString(n)), 'main',
    if(tasked, 'copilot-swe-agent[bot]', author), if(tasked, 'bot', 'person'), if(n % 3 = 0, author, reviewer), 'person', at - 7200 - n % 100000, at - 7200,
    at, at, at, sha, head, if(parted, [part, head], [head]), n % 5, true, 1
FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64})
WHERE NOT pushed
