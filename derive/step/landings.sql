-- Changes before their outcomes. A change is one commit of the default branch's first-parent chain together with
-- the commits that it brought in, or the commits that a rebased pull request put there, and their verdicts are joined: one
-- agent's commit makes it an agent's change, else any AI evidence an assisted one; automation and human only where every
-- commit is. A merge commit is the press of a button: it speaks only by AI evidence of its own or by the name of the branch
-- it merged. What the pull request says, and its own commits where a squash lost theirs, is joined likewise.
INSERT INTO landings (repo, position, sha, kind, method, pull, pr_number, title, landed_at, author_class, late_class, tool, tools, autonomy,
    mode, confidence, review_state, commits, ai_commits, additions, deletions, size_known, paths, author, actor, people, makers,
    version, is_deleted)
WITH
    '\\[bot\\]|bot@|noreply@(anthropic|openai|cursor)\\.com|cursoragent@|copilot@|coderabbit|greptile' AS robot,
    (SELECT (groupArray(account), groupArray(person)) FROM persons) AS known,
    (class -> indexOf(['ai_assisted', 'ai_agent'], class)) AS ai_rank,
    (rank -> ['ai_assisted', 'ai_agent'][rank]) AS ai_class,
    (e -> cityHash64(replaceRegexpOne(e, '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'))) AS address,
    (v -> lower(if(position(v, '<') > 0, extract(v, '<([^>]*)>'), trimBoth(v)))) AS email_of,
    (v -> lower(trimBoth(extract(v, '^[^<]*')))) AS name_of,
    landed AS
    (
        SELECT
            repo,
            max(position) AS position,
            landing AS sha,
            multiIf(merged, 'merge', chained > 1, 'direct', pr_number > 0, 'squash', 'direct') AS method,
            toUInt32OrZero(arrayFirst(n -> n != '', [
                extract(subject, '^Merge pull request #(\\d{1,9})\\b'),
                extract(subject, '^Merged? PR #?(\\d{1,9})\\b'),
                extract(subject, '^Merged in .*\\(pull request #(\\d{1,9})\\)'),
                extract(subject, '^(?:Auto merge of|Merge) #(\\d{1,9})\\b'),
                extract(text, '(?m)^See merge request \\S*!(\\d{1,9})\\s*$'),
                extract(subject, '\\([#!](\\d{1,9})\\)\\s*$')])) AS pr_number,
            if(match(subject, '^Merge pull request #\\d+ from ') AND second != '', second, subject) AS title,
            maxIf(committed_at, is_landing) AS landed_at,
            multiIf(
                best.1 > 0, ai_class(best.1),
                commits = 0, 'unknown',
                countIf(speaks AND class = 'automation') = commits, 'automation',
                countIf(speaks AND class = 'human') = commits, 'human',
                'unknown') AS author_class,
            groupUniqArrayArray(named) AS tools,
            multiIf(
                commits = 0, 'not_collected',
                countIf(speaks AND review = 'independent') = commits, 'independent',
                countIf(speaks AND review IN ('independent', 'ai_only')) = commits, 'ai_only',
                countIf(speaks AND review != 'not_collected') = commits, 'self',
                'not_collected') AS review_state,
            toUInt32(countIf(speaks)) AS commits,
            toUInt32(countIf(speaks AND ai_rank(class) > 0)) AS ai_commits,
            sumIf(arraySum(path_additions), on_chain) AS additions,
            sumIf(arraySum(path_deletions), on_chain) AS deletions,
            countIf(on_chain AND files_unknown) = 0 AS size_known,
            if(chained > 1, arraySort(groupUniqArrayArrayIf(paths, on_chain)), anyIf(paths, is_landing)) AS paths,
            -- the landing's own author when it speaks, else the first commit's
            argMinIf(persons[1], (NOT is_landing, authored_at, sha_), speaks AND notEmpty(persons)) AS author,
            arraySort(groupUniqArrayArrayIf(persons, speaks)) AS people,
            groupUniqArrayArrayIf(makers_, speaks) AS makers,
            countIf(on_chain) AS chained,
            anyIf(is_merge, is_landing) AS merged,
            anyIf(message, is_landing) AS text,
            extract(text, '^[^\n]*') AS subject,
            trimBoth(extract(text, '^[^\n]*\n+([^\n]+)')) AS second,
            -- (rank, confidence, tool, autonomy, mode): the greatest is the strongest evidence
            maxArray(evidence) AS best
        FROM
        (
            SELECT
                p.repo AS repo, p.landed_by AS landing, p.position AS position, p.on_chain AS on_chain, p.sha AS sha_,
                p.sha = p.landed_by AS is_landing,
                length(c.parents) > 1 AS is_merge,
                NOT is_merge AS speaks,
                c.message AS message, c.committed_at AS committed_at, c.authored_at AS authored_at,
                if(is_merge, f.paths, c.paths) AS paths,
                if(is_merge, f.path_additions, c.path_additions) AS path_additions,
                if(is_merge, f.path_deletions, c.path_deletions) AS path_deletions,
                if(is_merge, f.files_unknown, c.files_unknown) AS files_unknown,
                v.class AS class,
                is_landing AND ai_rank(v.branch_class) > 0 AS named_by_branch,
                [
                    (ai_rank(v.class), v.confidence, v.tool, v.autonomy, v.mode),
                    if(named_by_branch, (ai_rank(v.branch_class), v.branch_confidence, v.branch_tool, v.branch_autonomy, toLowCardinality('branch')),
                        (0, toFloat32(0), toLowCardinality(''), toLowCardinality('none'), toLowCardinality('')))
                ] AS evidence,
                arrayConcat(if(ai_rank(v.class) > 0, v.tools, []), if(named_by_branch, [v.branch_tool], [])) AS named,
                arrayMap(v -> email_of(v), coauthors) AS coauthor_emails,
                v.mode = 'author' OR v.class = 'automation' AS by_machine,
                arrayConcat([lower(c.author_email)], coauthor_emails) AS named_emails,
                -- A machine's address is nobody, unless somebody is known to own it.
                arrayFilter(p -> p > 0, arrayMap((e, i) -> multiIf(
                    transform(address(e), known.1, known.2) != address(e), transform(address(e), known.1, known.2),
                    e = '' OR match(e, robot) OR i = 1 AND by_machine, 0,
                    address(e)), named_emails, arrayEnumerate(named_emails))) AS persons,
                arrayMap(e -> transform(address(e), known.1, known.2),
                    arrayConcat([lower(c.author_email), lower(c.committer_email)], coauthor_emails)) AS makers_,
                arrayFilter((v, k) -> lower(k) IN ('reviewed-by', 'approved-by', 'acked-by'), c.trailer_values, c.trailer_keys) AS reviewers,
                arrayFilter((v, k) -> lower(k) IN ('co-authored-by', 'co-developed-by'), c.trailer_values, c.trailer_keys) AS coauthors,
                arrayConcat(
                    [lower(c.author_email), lower(c.author_name), lower(c.committer_email), lower(c.committer_name)],
                    coauthor_emails, arrayMap(v -> name_of(v), coauthors)) AS makers_said,
                arrayMap(v -> multiIf(
                    match(lower(v), robot), 'ai_only',
                    has(makers_said, email_of(v)) OR has(makers_said, name_of(v)) OR has(makers_, transform(address(email_of(v)), known.1, known.2)), 'self',
                    'independent'), reviewers) AS looks,
                multiIf(has(looks, 'independent'), 'independent', has(looks, 'ai_only'), 'ai_only', has(looks, 'self'), 'self', 'not_collected') AS review
            FROM (SELECT * FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS p
            INNER JOIN (SELECT * FROM placements FINAL WHERE repo IN {repos:Array(String)} AND landed_by != '') AS f ON f.repo = p.repo AND f.sha = p.sha
            INNER JOIN (SELECT * FROM commits FINAL WHERE repo IN {repos:Array(String)}) AS c ON c.repo = p.repo AND c.sha = p.sha
            LEFT JOIN (SELECT * FROM verdicts FINAL WHERE repo IN {repos:Array(String)}) AS v ON v.repo = p.repo AND v.sha = p.sha
        )
        GROUP BY repo, landing
        HAVING position > 0
    ),
    merged_pulls AS
    (
        SELECT repo, number, merge_sha,
            (number, title, author, actor, people, makers, class, late_class, tools) AS facts,
            (ai_rank(class), confidence, tool, autonomy, mode) AS evidence
        FROM pulls FINAL
        WHERE repo IN {repos:Array(String)} AND merged
    )
SELECT
    repo, position, sha, if(pr_number > 0, 'pull_request', 'push') AS kind, landing_method, pull, pr_number,
    landing_title, landed_at, author_class, late_class, tool, tools, autonomy, mode, confidence, review_state, commits, ai_commits, additions,
    deletions, size_known, paths, author, actor, people, makers, {version:UInt64}, 0
FROM
(
    SELECT
        l.repo AS repo, l.position AS position, l.sha AS sha,
        if(by_sha.number > 0, by_sha.facts, by_number.facts) AS facts,
        greatest(l.best, if(by_sha.number > 0, by_sha.evidence, by_number.evidence)) AS strongest,
        facts.1 AS pull,
        if(pull > 0, pull, l.pr_number) AS pr_number,
        if(pull > 0 AND l.method = 'direct' AND l.chained = 1, 'squash', l.method) AS landing_method,
        if(pull > 0 AND l.method = 'direct' AND l.chained > 1 AND facts.2 != '', facts.2, l.title) AS landing_title,
        l.landed_at AS landed_at,
        multiIf(
            strongest.1 > 0, ai_class(strongest.1),
            l.author_class = 'unknown' AND facts.7 = 'automation' AND empty(l.people), 'automation',
            l.author_class) AS author_class,
        if(facts.8 != '' AND ai_rank(facts.8) > strongest.1, facts.8, '') AS late_class,
        if(strongest.1 > 0, strongest.3, '') AS tool,
        arraySort(arrayDistinct(arrayFilter(t -> t != '', arrayConcat(l.tools, facts.9)))) AS tools,
        if(strongest.1 > 0, strongest.4, 'none') AS autonomy,
        if(strongest.1 > 0, strongest.5, '') AS mode,
        if(strongest.1 > 0, strongest.2, 0) AS confidence,
        l.review_state AS review_state, l.commits AS commits, l.ai_commits AS ai_commits, l.additions AS additions, l.deletions AS deletions,
        l.size_known AS size_known, l.paths AS paths,
        if(facts.3 > 0, facts.3, l.author) AS author,
        if(facts.4 > 0, facts.4, l.author) AS actor,
        arraySort(arrayDistinct(arrayConcat(l.people, facts.5))) AS people,
        arraySort(arrayDistinct(arrayConcat(l.makers, facts.6))) AS makers
    FROM (SELECT *, min(position) OVER (PARTITION BY repo, pr_number) AS first_named FROM landed) AS l
    LEFT JOIN (SELECT * FROM merged_pulls WHERE merge_sha != '') AS by_sha ON by_sha.repo = l.repo AND by_sha.merge_sha = l.sha
    -- A number that a title names is a pull request's only where that one's own commit of merging is not on the branch.
    LEFT JOIN
    (
        SELECT * FROM merged_pulls
        WHERE (repo, merge_sha) NOT IN (SELECT repo, landed_by FROM landed_commits FINAL WHERE repo IN {repos:Array(String)})
    ) AS by_number ON by_number.repo = l.repo AND by_number.number = l.pr_number AND l.position = l.first_named
)
