-- Changes of a simulated fleet, from its integers: the names and hashes are those of simulate/names.go, the rest is what
-- derivation makes of the facts that simulate/facts.go would have told. The end of a repository's data is its last landing.
INSERT INTO changes (change_id, kind, method, repo, sha, pr_number, title, landed_at, author_class, late_class, tool, tools,
    autonomy, mode, confidence, review_state, approvals, permission, usual_permission, team, tier, author, people, commits, ai_commits,
    additions, deletions, size_known, files, opened_at, first_review_at, review_rounds, review_comments,
    reverted_at, hotfixed_at, hotfix_score, reworked_at, failed_at, incident, incident_at, incident_method, incident_score,
    severity, outage_minutes, control_at, followed_days, mature, version, is_deleted)
WITH
    assumeNotNull((SELECT key FROM pseudonym)) AS key,
    concat('fleet/repo-', leftPad(toString(s.repo), 5, '0')) AS name,
    s.id + 1 AS number,
    lower(hex(concat(
        reinterpretAsFixedString(toUInt64(number) * 0x9e3779b97f4a7c15),
        reinterpretAsFixedString(toUInt64(number) * 0xbf58476d1ce4e5b9),
        reinterpretAsFixedString(toUInt32(s.repo - 1))))) AS hash,
    sipHash64Keyed(key, concat('person-', leftPad(toString(s.author), 5, '0'))) AS person,
    toDateTime64(s.at, 0, 'UTC') AS landed,
    s.incident_after > 0 AS struck
SELECT
    concat(name, '@', hash), 'pull_request', 'squash', name, hash, number,
    concat('Change ', toString(number), ' (#', toString(number), ')'), landed,
    multiIf(s.class = 2, 'ai_agent', s.class = 1, 'ai_assisted', s.denied, 'human', 'unknown'),
    if(s.late, 'ai_assisted', ''),
    ['', 'copilot', 'claude-code'][s.class + 1] AS with, if(with = '', [], [with]),
    ['none', 'assist', 'agent'][s.class + 1], ['', 'trailer', 'coauthor'][s.class + 1], toFloat32([0, 0.95, 0.97][s.class + 1]),
    if(s.reviewed, 'independent', 'none'), toUInt8(s.reviewed),
    ['write', 'maintain', 'operator'][s.permission + 1], 'unknown',
    concat('team-', leftPad(toString(s.team), 3, '0')), s.tier, person, [person],
    1, toUInt32(s.class > 0),
    s.lines - intDiv(s.lines, 4), intDiv(s.lines, 4), true, s.files,
    NULL, NULL, 0, 0,
    NULL, NULL, 0, NULL, NULL,
    if(struck, concat('pagerduty:INC-', toString(number)), ''), if(struck, landed + s.incident_after, NULL),
    if(struck, 'declared', ''), toFloat32(if(struck, 0.95, 0)), s.severity, s.outage,
    if(s.control_after > 0, landed + s.control_after, NULL),
    toUInt16(intDiv(e.until - s.at, 86400)), s.at + 14 * 86400 <= e.until,
    {version:UInt64}, 0
FROM simulated AS s
INNER JOIN
(
    SELECT repo, max(at) AS until
    FROM simulated
    WHERE repo IN (SELECT toUInt16OrZero(extract(arrayJoin({repos:Array(String)}), '^fleet/repo-(\\d{5})$')))
    GROUP BY repo
) AS e ON e.repo = s.repo
WHERE s.repo IN (SELECT toUInt16OrZero(extract(arrayJoin({repos:Array(String)}), '^fleet/repo-(\\d{5})$')))
-- Rows that have their natural keys are merged later, if ever two are of one key: not while they are written.
SETTINGS optimize_on_insert = 0
