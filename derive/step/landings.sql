-- Changes before their outcomes. A change is one commit of the default branch's first-parent chain together with
-- the commits that it brought in, and their verdicts are joined: one agent's commit makes it an agent's change,
-- else any AI evidence an assisted one; automation and human only where every commit is. A merge commit is the press
-- of a button: it speaks only by AI evidence of its own or by the name of the branch it merged.
INSERT INTO landings (repo, position, sha, kind, method, pr_number, title, landed_at, author_class, tool, tools, autonomy,
    mode, confidence, review_state, commits, ai_commits, additions, deletions, size_known, paths, people, version, is_deleted)
WITH
    '\\[bot\\]|bot@|noreply@(anthropic|openai|cursor)\\.com|cursoragent@|copilot@|coderabbit|greptile' AS robot,
    (class -> indexOf(['ai_assisted', 'ai_agent'], class)) AS ai_rank,
    (v -> lower(if(position(v, '<') > 0, extract(v, '<([^>]*)>'), trimBoth(v)))) AS email_of,
    (v -> lower(trimBoth(extract(v, '^[^<]*')))) AS name_of
SELECT repo, position, sha, kind, method, pr_number, title, landed_at, author_class, tool, tools, autonomy,
    mode, confidence, review_state, commits, ai_commits, additions, deletions, size_known, paths, people, version, is_deleted
FROM
(
    SELECT
        repo,
        max(position) AS position,
        landing AS sha,
        if(pr_number > 0, 'pull_request', 'push') AS kind,
        multiIf(merged, 'merge', pr_number > 0, 'squash', 'direct') AS method,
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
            best.1 = 2, 'ai_agent',
            best.1 = 1, 'ai_assisted',
            commits = 0, 'unknown',
            countIf(speaks AND class = 'automation') = commits, 'automation',
            countIf(speaks AND class = 'human') = commits, 'human',
            'unknown') AS author_class,
        if(best.1 > 0, best.3, '') AS tool,
        arraySort(arrayFilter(t -> t != '', groupUniqArrayArray(named))) AS tools,
        if(best.1 > 0, best.4, 'none') AS autonomy,
        if(best.1 > 0, best.5, '') AS mode,
        if(best.1 > 0, best.2, 0) AS confidence,
        multiIf(
            commits = 0, 'not_collected',
            countIf(speaks AND review = 'independent') = commits, 'independent',
            countIf(speaks AND review IN ('independent', 'ai_only')) = commits, 'ai_only',
            countIf(speaks AND review != 'not_collected') = commits, 'self',
            'not_collected') AS review_state,
        toUInt32(countIf(speaks)) AS commits,
        toUInt32(countIf(speaks AND ai_rank(class) > 0)) AS ai_commits,
        sumIf(arraySum(path_additions), is_landing) AS additions,
        sumIf(arraySum(path_deletions), is_landing) AS deletions,
        countIf(is_landing AND files_unknown) = 0 AS size_known,
        anyIf(paths, is_landing) AS paths,
        arraySort(groupUniqArrayArrayIf(persons, speaks)) AS people,
        {version:UInt64} AS version,
        0 AS is_deleted,
        anyIf(is_merge, is_landing) AS merged,
        anyIf(message, is_landing) AS text,
        extract(text, '^[^\n]*') AS subject,
        trimBoth(extract(text, '^[^\n]*\n+([^\n]+)')) AS second,
        -- (rank, confidence, tool, autonomy, mode): the greatest is the strongest evidence
        maxArray(evidence) AS best
    FROM
    (
        SELECT
            p.repo AS repo, p.landed_by AS landing, p.position AS position,
            p.sha = p.landed_by AS is_landing,
            length(c.parents) > 1 AS is_merge,
            NOT is_merge AS speaks,
            c.message AS message, c.committed_at AS committed_at,
            if(is_merge, p.paths, c.paths) AS paths,
            if(is_merge, p.path_additions, c.path_additions) AS path_additions,
            if(is_merge, p.path_deletions, c.path_deletions) AS path_deletions,
            if(is_merge, p.files_unknown, c.files_unknown) AS files_unknown,
            v.class AS class,
            is_landing AND ai_rank(v.branch_class) > 0 AS named_by_branch,
            [
                (ai_rank(v.class), v.confidence, v.tool, v.autonomy, v.mode),
                if(named_by_branch, (ai_rank(v.branch_class), v.branch_confidence, v.branch_tool, v.branch_autonomy, toLowCardinality('branch')),
                    (0, toFloat32(0), toLowCardinality(''), toLowCardinality('none'), toLowCardinality('')))
            ] AS evidence,
            arrayConcat(if(ai_rank(v.class) > 0, v.tools, []), if(named_by_branch, [v.branch_tool], [])) AS named,
            arrayMap(e -> cityHash64(e), arrayFilter(e -> e != '' AND NOT match(e, robot), arrayConcat(
                if(v.mode = 'author' OR v.class = 'automation', [], [lower(c.author_email)]), arrayMap(v -> email_of(v), coauthors)))) AS persons,
            arrayFilter((v, k) -> lower(k) IN ('reviewed-by', 'approved-by', 'acked-by'), c.trailer_values, c.trailer_keys) AS reviewers,
            arrayFilter((v, k) -> lower(k) IN ('co-authored-by', 'co-developed-by'), c.trailer_values, c.trailer_keys) AS coauthors,
            arrayConcat(
                [lower(c.author_email), lower(c.author_name), lower(c.committer_email), lower(c.committer_name)],
                arrayMap(v -> email_of(v), coauthors), arrayMap(v -> name_of(v), coauthors)) AS makers,
            arrayMap(v -> multiIf(
                match(lower(v), robot), 'ai_only',
                has(makers, email_of(v)) OR has(makers, name_of(v)), 'self',
                'independent'), reviewers) AS looks,
            multiIf(has(looks, 'independent'), 'independent', has(looks, 'ai_only'), 'ai_only', has(looks, 'self'), 'self', 'not_collected') AS review
        FROM (SELECT * FROM placements FINAL WHERE repo IN {repos:Array(String)} AND landed_by != '') AS p
        INNER JOIN (SELECT * FROM commits FINAL WHERE repo IN {repos:Array(String)}) AS c ON c.repo = p.repo AND c.sha = p.sha
        LEFT JOIN (SELECT * FROM verdicts FINAL WHERE repo IN {repos:Array(String)}) AS v ON v.repo = p.repo AND v.sha = p.sha
    )
    GROUP BY repo, landing
    HAVING position > 0
)
