-- What review a pull request got, by its size and author class: comments on its lines, of anybody, and rounds, of persons other than
-- its makers. Of pull requests whose reviews and size are known. A cell of fewer than 100 changes, or of five people's, is too small.
WITH
    [1, 11, 51, 251, 1001] AS least_lines,
    [10, 50, 250, 1000, 1000000000] AS most_lines
SELECT
    ['up to 10', '11 to 50', '51 to 250', '251 to 1 000', 'over 1 000'][size] AS lines,
    written_by,
    classes,
    least_lines[size] AS min_lines,
    most_lines[size] AS max_lines,
    n AS changes,
    if(shown, comments, NULL) AS comments_per_100,
    if(shown, uncommented, NULL) AS without_comment,
    if(shown, rounds, NULL) AS rounds_mean,
    if(shown, '', 'too few to show') AS hidden
FROM
(
    SELECT
        multiIf(c.additions + c.deletions <= 10, 1, c.additions + c.deletions <= 50, 2, c.additions + c.deletions <= 250, 3, c.additions + c.deletions <= 1000, 4, 5) AS size,
        if(c.author_class IN ('human', 'unknown'), 'no_ai', toString(c.author_class)) AS written_by,
        arraySort(groupUniqArray(toString(c.author_class))) AS classes,
        count() AS n,
        n >= 100 AND uniqUpToArray(5)(c.people) >= {smallest:UInt8} AS shown,
        round(100 * sum(c.review_comments) / sum(c.additions + c.deletions), 3) AS comments,
        countIf(c.review_comments = 0) / n AS uncommented,
        round(avg(c.review_rounds), 3) AS rounds
    FROM changes AS c FINAL
    WHERE c.kind = 'pull_request' AND c.size_known AND c.additions + c.deletions > 0 AND c.review_state NOT IN ('', 'not_collected') AND c.author_class != 'automation'
        AND c.landed_at >= {from:DateTime64(0, 'UTC')} AND c.landed_at < {to:DateTime64(0, 'UTC')}
        AND (empty({repos:Array(String)}) OR c.repo IN {repos:Array(String)})
        AND (empty({teams:Array(String)}) OR c.team IN {teams:Array(String)})
        AND (empty({tiers:Array(UInt8)}) OR c.tier IN {tiers:Array(UInt8)})
        AND (empty({classes:Array(String)}) OR c.author_class IN {classes:Array(String)})
    GROUP BY size, written_by
)
ORDER BY size, indexOf(['ai_agent', 'ai_assisted', 'no_ai'], written_by)
