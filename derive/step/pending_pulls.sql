-- Pull requests without a verdict under these rules, or stated anew since, with all that a verdict rests on. Labels that
-- were put on after the merge stand apart.
SELECT
    p.repo AS repo, p.number AS number, p.author AS author, p.branch AS branch, p.body AS body, p.created_at AS created_at,
    arrayFilter((n, at) -> at <= ifNull(p.merged_at, at), p.label_names, p.label_times) AS early_labels,
    arrayFilter((n, at) -> at > ifNull(p.merged_at, at), p.label_names, p.label_times) AS late_labels,
    p.version AS pull_version
FROM (SELECT * FROM pull_requests FINAL WHERE repo IN {repos:Array(String)}) AS p
LEFT JOIN
(
    SELECT repo, number, pull_version
    FROM pull_verdicts FINAL
    WHERE repo IN {repos:Array(String)} AND rules_version = {rules:String}
) AS v ON v.repo = p.repo AND v.number = p.number
WHERE v.pull_version != p.version
