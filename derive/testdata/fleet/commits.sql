INSERT INTO commits
SELECT repo, sha, if(parent = '', [], [parent]), author, concat(author, '@example.com'), 'GitHub', 'noreply@github.com', author, concat(author, '@example.com'), 'GitHub',
    'noreply@github.com', at, at, 0,
    concat(if(reverts AND parent != '', concat('Revert "Change ', toString(n - 1), '"'), concat(if(n % 9 = 0, 'Fix change ', 'Change '), toString(n))),
        if(pushed, '', concat(' (#', toString(position), ')')), '\n\n', repeat(concat('What was wrong with part ', toString(n % 977), ' and why it is right now. '), 4),
        if(reverts AND parent != '', concat('\n\nThis reverts commit ', parent, '.'), ''), if(mark = '', '', concat('\n\n', mark)), '\n'),
    if(mark = '', [], [extract(mark, '^[^:]*')]), if(mark = '', [], [extract(mark, ': (.*)$')]),
    [concat('internal/part', toString(sipHash64(20, n) % 400), '/work.go'), concat('internal/part', toString(sipHash64(21, n) % 400), '/work_test.go'), concat('cmd/', toString(sipHash64(22, n) % 90), '/main.go')],
    [toUInt32(n % 200), 10, 3], [toUInt32(n % 50), 2, 1], [false, false, false], false, 1
FROM bench_landings(first = {first:UInt64}, rows = {rows:UInt64}, per = {per:UInt64})
