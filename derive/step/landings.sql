-- Changes before their outcomes. A change is one commit of the default branch's first-parent chain together with
-- the commits that it brought in, or the commits that a rebased pull request put there, and their verdicts are joined: one
-- agent's commit makes it an agent's change, else any AI evidence an assisted one; automation and human only where every
-- commit is. A merge commit is the press of a button: it speaks only by AI evidence of its own or by the name of the branch
-- it merged. What the pull request says, and its own commits where a squash lost theirs, is joined likewise.
-- Who landed it: the account that merged the pull request or pushed the commit, by the forge; it landed all that lies between
-- the branch's old and new end. The committer of a commit is who wrote it, or whoever rebased it when merging: where the pull
-- request's own commits are known, theirs alone have made it. That a push was no merge says that nobody looked.
-- What is named twice in one SELECT is planned twice: hence the levels.
INSERT INTO landings (repo, position, sha, kind, method, pull, pr_number, title, landed_at, author_class, late_class, tool, tools, autonomy,
    mode, confidence, review_state, commits, ai_commits, additions, deletions, size_known, paths, author, actor, lander, moved, moved_at,
    people, makers, prompter_known, merged_by_author, version, is_deleted)
WITH
    '\\[bot\\]|bot@|noreply@(anthropic|openai|cursor)\\.com|cursoragent@|copilot@|coderabbit|greptile' AS robot,
    assumeNotNull((SELECT key FROM pseudonym)) AS key,
    (a -> if(joinGet('baserate_store.owners', 'person', a) > 0, joinGet('baserate_store.owners', 'person', a), a)) AS owner,
    (class -> indexOf(['ai_assisted', 'ai_agent'], class)) AS ai_rank,
    (rank -> ['ai_assisted', 'ai_agent'][rank]) AS ai_class,
    (e -> sipHash64Keyed(key, replaceRegexpOne(e, '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'))) AS address,
    (v -> lower(if(position(v, '<') > 0, extract(v, '<([^>]*)>'), trimBoth(v)))) AS email_of,
    (v -> lower(trimBoth(extract(v, '^[^<]*')))) AS name_of,
    -- commits with the change they belong to, and who is named in them
    told AS
    (
        SELECT
            p.repo AS repo, p.landed_by AS landing, p.position AS position, p.on_chain AS on_chain, p.sha AS sha_,
            p.sha = p.landed_by AS is_landing,
            length(c.parents) > 1 AS is_merge,
            c.message AS message, c.committed_at AS committed_at, c.authored_at AS authored_at,
            if(is_merge, f.paths, c.paths) AS paths,
            if(is_merge, f.path_additions, c.path_additions) AS path_additions,
            if(is_merge, f.path_deletions, c.path_deletions) AS path_deletions,
            if(is_merge, f.files_unknown, c.files_unknown) AS files_unknown,
            v.class AS class, v.rank AS rank, v.evidence AS evidence, v.tools AS tools_, v.by_machine AS by_machine,
            v.branch_rank AS branch_rank, v.branch_evidence AS branch_evidence, v.branch_tool AS branch_tool,
            arrayFilter((v, k) -> lower(k) IN ('reviewed-by', 'approved-by', 'acked-by'), c.trailer_values, c.trailer_keys) AS reviewers,
            arrayFilter((v, k) -> lower(k) IN ('co-authored-by', 'co-developed-by'), c.trailer_values, c.trailer_keys) AS coauthors,
            lower(c.author_name) AS author_name, lower(c.author_email) AS author_email, lower(c.committer_name) AS committer_name, lower(c.committer_email) AS committer_email
        FROM (SELECT * FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS p
        INNER JOIN (SELECT * FROM placements FINAL WHERE repo IN {repos:Array(String)} AND landed_by != '') AS f ON f.repo = p.repo AND f.sha = p.sha
        INNER JOIN (SELECT * FROM commits FINAL WHERE repo IN {repos:Array(String)}) AS c ON c.repo = p.repo AND c.sha = p.sha
        LEFT JOIN
        (
            SELECT repo, sha, toString(class) AS class, toUInt8(ai_rank(class)) AS rank, tools, mode = 'author' OR class = 'automation' AS by_machine,
                (rank, confidence, toString(tool), toString(autonomy), toString(mode)) AS evidence,
                toUInt8(ai_rank(branch_class)) AS branch_rank, branch_tool,
                (branch_rank, branch_confidence, toString(branch_tool), toString(branch_autonomy), 'branch') AS branch_evidence
            FROM verdicts FINAL
            WHERE repo IN {repos:Array(String)} AND (class != 'unknown' OR mode = 'author' OR branch_class != '')
        ) AS v ON v.repo = p.repo AND v.sha = p.sha
    ),
    named AS
    (
        SELECT *, is_landing AND branch_rank > 0 AS named_by_branch,
            arrayConcat([author_email], arrayMap(v -> email_of(v), coauthors)) AS emails,
            arrayMap(e -> address(e), emails) AS addresses,
            arrayMap(a -> owner(a), addresses) AS owners_,
            owner(address(committer_email)) AS committer,
            arrayMap(v -> email_of(v), reviewers) AS reviewer_emails
        FROM told
    ),
    spoken AS
    (
        SELECT *,
            NOT is_merge AS speaks,
            arrayConcat(if(rank > 0, tools_, []), if(named_by_branch, [branch_tool], [])) AS named_tools,
            -- A machine's address is nobody, unless somebody is known to own it.
            arrayFilter(p -> p > 0, arrayMap((e, a, o, i) -> if(o = a AND (e = '' OR match(e, robot) OR i = 1 AND by_machine), 0, o),
                emails, addresses, owners_, arrayEnumerate(emails))) AS persons,
            arrayConcat([author_name, committer_name, committer_email], emails, arrayMap(v -> name_of(v), coauthors)) AS makers_said,
            arrayMap((v, e) -> multiIf(
                match(lower(v), robot), 'ai_only',
                has(makers_said, e) OR has(makers_said, name_of(v)) OR has(owners_, owner(address(e))) OR committer = owner(address(e)), 'self',
                'independent'), reviewers, reviewer_emails) AS looks
        FROM named
    ),
    grouped AS
    (
        SELECT
            repo,
            max(position) AS position_,
            landing AS sha,
            maxIf(committed_at, is_landing) AS landed_at,
            groupArrayArray(named_tools) AS tools,
            toUInt32(countIf(speaks)) AS commits,
            toUInt32(countIf(speaks AND rank > 0)) AS ai_commits,
            countIf(speaks AND class = 'automation') AS automated,
            countIf(speaks AND class = 'human') AS by_hand,
            countIf(speaks AND has(looks, 'independent')) AS seen,
            countIf(speaks AND (has(looks, 'independent') OR has(looks, 'ai_only'))) AS seen_by_any,
            countIf(speaks AND notEmpty(looks)) AS looked,
            sumIf(arraySum(path_additions), on_chain) AS additions,
            sumIf(arraySum(path_deletions), on_chain) AS deletions,
            countIf(on_chain AND files_unknown) = 0 AS size_known,
            groupArrayArrayIf(paths, on_chain AND NOT is_landing) AS other_paths,
            anyIf(paths, is_landing) AS own_paths,
            if(empty(other_paths), own_paths, arraySort(arrayDistinct(arrayConcat(own_paths, other_paths)))) AS paths_,
            -- the landing's own author when it speaks, else the first commit's
            argMinIf(persons[1], (NOT is_landing, authored_at, sha_), speaks AND notEmpty(persons)) AS author,
            groupArrayArrayIf(persons, speaks) AS people,
            groupArrayArrayIf(owners_, speaks) AS makers,
            groupArrayIf(committer, speaks) AS committers,
            countIf(on_chain) AS chained,
            anyIf(is_merge, is_landing) AS merged,
            anyIf(message, is_landing) AS text,
            -- (rank, confidence, tool, autonomy, mode): the greatest is the strongest evidence
            greatest(maxIf(evidence, rank > 0), maxIf(branch_evidence, named_by_branch)) AS best
        FROM spoken
        GROUP BY repo, landing
        HAVING position_ > 0
    ),
    landed AS
    (
        SELECT *, position_ AS position,
            multiIf(merged, 'merge', chained > 1, 'direct', pr_number > 0, 'squash', 'direct') AS method,
            if(second != '' AND match(subject, '^Merge pull request #\\d+ from '), second, subject) AS title,
            multiIf(best.1 > 0, ai_class(best.1), commits = 0, 'unknown', automated = commits, 'automation', by_hand = commits, 'human', 'unknown') AS author_class,
            multiIf(commits = 0, 'not_collected', seen = commits, 'independent', seen_by_any = commits, 'ai_only', looked = commits, 'self', 'not_collected') AS review_state,
            min(position_) OVER (PARTITION BY repo, pr_number) AS first_named
        FROM
        (
            SELECT *,
                substringIndex(text, '\n', 1) AS subject,
                if(startsWith(text, 'Merge pull request #'), trimBoth(extract(text, '^[^\n]*\n+([^\n]+)')), '') AS second,
                toUInt32OrZero(arrayFirst(n -> n != '', [
                    if(startsWith(text, 'Merge') OR startsWith(text, 'Auto merge'),
                        extract(subject, '^(?:Merge pull request #|Merged? PR #?|Merged in .*\\(pull request #|Auto merge of #|Merge #)(\\d{1,9})\\b'), ''),
                    if(position(text, 'See merge request') > 0, extract(text, '(?m)^See merge request \\S*!(\\d{1,9})\\s*$'), ''),
                    extract(subject, '\\([#!](\\d{1,9})\\)\\s*$')])) AS pr_number
            FROM grouped
        )
    ),
    merged_pulls AS
    (
        SELECT repo, number,
            (number, title, author, actor, people, makers, class, late_class, tools, prompters, machine, own_commits, merged_by_known) AS facts,
            (toUInt8(ai_rank(class)), confidence, toString(tool), toString(autonomy), toString(mode)) AS evidence
        FROM pulls FINAL
        WHERE repo IN {repos:Array(String)} AND merged
    ),
    merges AS
    (
        SELECT repo, number, merge_sha FROM pulls FINAL WHERE repo IN {repos:Array(String)} AND merged
    ),
    -- Moves of the default branch: the last commit that each put on it, and the end of the branch before.
    moves AS
    (
        SELECT a.repo AS repo, k.position AS last, argMin((b.position, a.kind, a.at, a.who, a.person), (a.at, a.id)) AS first
        FROM
        (
            SELECT m.repo AS repo, m.id AS id, m.kind AS kind, m.at AS at, m.before_sha AS before_sha, m.after_sha AS after_sha,
                if(m.actor = '', 0, sipHash64Keyed(key, concat(m.source, ':', lower(m.actor)))) AS who,
                m.actor != '' AND m.actor_kind NOT IN ('bot', 'app') AND NOT match(lower(m.actor), robot) AS person
            FROM activities AS m FINAL
            LEFT JOIN default_branches AS d ON d.repo = m.repo
            WHERE m.repo IN {repos:Array(String)} AND m.kind IN ('push', 'force_push', 'pr_merge', 'merge_queue_merge')
                AND (d.branch = '' OR replaceRegexpOne(m.ref, '^refs/heads/', '') = d.branch)
        ) AS a
        INNER JOIN (SELECT * FROM landed_commits FINAL WHERE repo IN {repos:Array(String)} AND on_chain) AS k ON k.repo = a.repo AND k.sha = a.after_sha
        LEFT JOIN (SELECT * FROM landed_commits FINAL WHERE repo IN {repos:Array(String)} AND on_chain) AS b ON b.repo = a.repo AND b.sha = a.before_sha
        GROUP BY repo, last
    ),
    -- A number that a title names is a pull request's only where that one's own commit of merging is not on the branch.
    numbered AS
    (
        SELECT l.*, if(by_sha.number > 0, by_sha.number, by_number.number) AS number, m.last AS last, m.first AS move_
        FROM landed AS l
        ASOF LEFT JOIN moves AS m ON m.repo = l.repo AND m.last >= l.position
        LEFT JOIN (SELECT * FROM merges WHERE merge_sha != '') AS by_sha ON by_sha.repo = l.repo AND by_sha.merge_sha = l.sha
        LEFT JOIN
        (
            SELECT * FROM merges
            WHERE (repo, merge_sha) NOT IN (SELECT repo, landed_by FROM landed_commits FINAL WHERE repo IN {repos:Array(String)} AND on_chain)
        ) AS by_number ON by_number.repo = l.repo AND by_number.number = l.pr_number AND l.position = l.first_named
    ),
    joined AS
    (
        SELECT
            l.repo AS repo, l.position AS position, l.sha AS sha, l.method AS method, l.title AS title, l.landed_at AS landed_at, l.author_class AS author_class,
            l.tools AS tools, l.review_state AS review_state, l.commits AS commits, l.ai_commits AS ai_commits, l.additions AS additions, l.deletions AS deletions,
            l.size_known AS size_known, l.paths_ AS paths, l.author AS author, l.people AS people, l.makers AS makers, l.committers AS committers, l.chained AS chained,
            l.pr_number AS pr_number, p.facts AS facts, greatest(l.best, p.evidence) AS strongest,
            if(l.last = l.position OR l.move_.1 > 0 AND l.move_.1 < l.position, l.move_, (0, '', toDateTime64(0, 0, 'UTC'), 0, false)) AS move
        FROM numbered AS l
        LEFT JOIN merged_pulls AS p ON p.repo = l.repo AND p.number = l.number
    ),
    moved_by AS
    (
        SELECT *, facts.1 AS pull, move.2 AS moved_,
            pr_number = 0 AND pull = 0 AND moved_ IN ('push', 'force_push') AS by_push,
            if(facts.13, facts.4, move.4) AS lander_,
            if(move.4 > 0, owner(move.4), 0) AS mover,
            -- the person who pushed what no person is known to have written
            if(by_push AND move.5 AND mover != move.4, mover, 0) AS pusher,
            arrayConcat(makers, facts.6, if(facts.12, [], committers)) AS hands
        FROM joined
    )
SELECT
    repo, position, sha, if(pull > 0 OR pr_number > 0, 'pull_request', 'push') AS kind,
    if(pull > 0 AND method = 'direct' AND chained = 1, 'squash', method) AS landing_method,
    pull, if(pull > 0, pull, pr_number) AS pull_number,
    if(pull > 0 AND method = 'direct' AND chained > 1 AND facts.2 != '', facts.2, title) AS landing_title,
    landed_at,
    multiIf(
        strongest.1 > 0, ai_class(strongest.1),
        author_class = 'unknown' AND facts.7 = 'automation' AND empty(people), 'automation',
        author_class) AS class,
    if(facts.8 != '' AND ai_rank(facts.8) > strongest.1, facts.8, '') AS late_class,
    if(strongest.1 > 0, strongest.3, '') AS tool,
    arraySort(arrayDistinct(arrayFilter(t -> t != '', arrayConcat(tools, facts.9)))) AS all_tools,
    if(strongest.1 > 0, strongest.4, 'none') AS autonomy,
    if(strongest.1 > 0, strongest.5, '') AS mode,
    if(strongest.1 > 0, strongest.2, 0) AS confidence,
    if(by_push AND review_state = 'not_collected', 'none', review_state),
    commits, ai_commits, additions, deletions, size_known, paths,
    multiIf(facts.3 > 0, facts.3, author > 0, author, pusher) AS author_,
    multiIf(lander_ > 0, lander_, facts.4 > 0, facts.4, author_) AS actor,
    lander_, moved_, if(moved_ = '', NULL, move.3),
    arraySort(arrayDistinct(arrayConcat(people, facts.5, if(pusher > 0, [pusher], [])))) AS all_people,
    arraySort(arrayDistinct(arrayConcat(hands, if(by_push AND move.4 > 0, [move.4, mover], [])))),
    if(class = 'ai_agent', notEmpty(facts.10) OR notEmpty(all_people) OR pull > 0 AND NOT facts.11, NULL),
    -- An address and an account that nobody is known behind may be one person's: then it cannot be told.
    multiIf(
        lander_ = 0, NULL,
        has(hands, lander_) OR has(hands, owner(lander_)), true,
        pull > 0 OR owner(lander_) != lander_, false,
        NULL),
    {version:UInt64}, 0
FROM moved_by
