INSERT INTO pull_commits
SELECT repo, position, one, author, concat(author, '@example.com'), author, concat(author, '@example.com'), at - 7300, at - 7300,
    concat('Work on ', toString(n), if(mark = '', '', concat('\n\n', mark))), 1
FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64})
ARRAY JOIN if(parted, [part, head], [head]) AS one
WHERE NOT pushed
