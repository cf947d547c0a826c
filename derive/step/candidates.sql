-- Changes that an incident may come from. A source or a person says so by the hash of one of their commits or a beginning of it
-- of seven digits or more, by the number of their pull request, or by the deployment of one of their commits; a release, setting
-- or flag only where it is named by a whole hash. The incident must have begun after the landing and within 30 days of it, and a
-- change that is also said to have fixed it is no cause. Of an incident that nothing is said of, and that is not declared to
-- come from something else, the last successful deployment to production that ended in the four hours before it began, of a
-- repository that has a service which was struck or that the incident names: charged, as a failed one is, to the change of the
-- commit that was deployed, with a score from 0.3 at once to 0.1 after four hours. A person's confirmation goes over all of
-- this, times included; what a person rejects is kept as rejected. What is said of incidents is little: it stands right in every
-- join, where a table of it is made that the many are held against.
INSERT INTO candidates (repo, source, incident, sha, method, score, landed_at, started_at, resolved_at, severity, extrinsic, rejected,
    window_minutes, service, version, is_deleted)
WITH
    240 AS window,
    landed AS
    (
        SELECT repo, sha, landed_at, pull, pr_number FROM landings FINAL WHERE repo IN {repos:Array(String)}
    ),
    hashes AS
    (
        SELECT repo, sha, landed_by, substring(sha, 1, 7) AS start FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}
        UNION ALL
        SELECT repo, lower(sha) AS id, sha, substring(id, 1, 7) FROM landings FINAL WHERE repo IN {repos:Array(String)} AND kind = 'action'
    ),
    stated AS
    (
        SELECT c.repo AS repo, c.source AS source, c.incident AS incident, c.role AS role, c.kind AS kind, c.method AS method, c.score AS score,
            multiIf(
                c.kind = 'pull_request', trim(LEADING '#' FROM c.ref),
                c.kind = 'deployment', lower(d.sha),
                c.kind = 'commit' OR match(c.ref, '^[0-9a-fA-F]{40}$'), lower(c.ref),
                '') AS ref
        FROM (SELECT * FROM causes FINAL WHERE repo IN {repos:Array(String)} AND kind != 'action' AND score > 0) AS c
        LEFT JOIN (SELECT * FROM deployments FINAL WHERE repo IN {repos:Array(String)}) AS d ON c.kind = 'deployment' AND d.repo = c.repo AND d.id = c.ref
    ),
    decided AS
    (
        SELECT d.repo AS repo, d.source AS source, d.incident AS incident, k.landed_by AS sha, argMax(d.confirmed, (d.at, d.change)) AS confirmed
        FROM hashes AS k
        INNER JOIN
        (
            SELECT extract(change, '^(.*)@[^@]*$') AS repo, lower(extract(change, '@([^@]*)$')) AS ref, source, incident, change, confirmed, at
            FROM confirmations FINAL
            WHERE repo IN {repos:Array(String)}
        ) AS d ON k.repo = d.repo AND k.start = substring(d.ref, 1, 7)
        WHERE startsWith(k.sha, d.ref)
        GROUP BY repo, source, incident, sha
    ),
    struck AS
    (
        SELECT repo, source, id, any(started_at) AS started_at, max(service) AS service
        FROM
        (
            SELECT p.repo AS repo, i.source AS source, i.id AS id, i.started_at AS started_at, i.service AS service
            FROM (SELECT source, id, started_at, toString(arrayJoin(services)) AS service FROM unexplained_incidents) AS i
            INNER JOIN (SELECT repo, toString(arrayJoin(services)) AS service FROM profiles FINAL WHERE repo IN {repos:Array(String)}) AS p ON lower(p.service) = lower(i.service)
            UNION ALL
            SELECT arrayJoin(arrayIntersect(repos, {repos:Array(String)})), source, id, started_at, '' FROM unexplained_incidents
        )
        GROUP BY repo, source, id
    ),
    deployed AS
    (
        SELECT d.repo AS repo, d.finished_at AS finished_at, argMax(k.landed_by, (k.position, k.landed_by)) AS sha
        FROM
        (
            SELECT repo, sha, assumeNotNull(finished_at) AS finished_at
            FROM deployments FINAL
            WHERE repo IN (SELECT repo FROM struck) AND NOT failed AND isNotNull(finished_at) AND environment IN (SELECT name FROM production_environments)
        ) AS d
        LEFT JOIN (SELECT * FROM landed_commits FINAL WHERE repo IN {repos:Array(String)}) AS k ON k.repo = d.repo AND k.sha = d.sha
        GROUP BY repo, finished_at
    ),
    found AS
    (
        SELECT s.repo AS repo, s.source AS source, s.incident AS incident, s.role AS role, toString(s.method) AS method, s.score AS score, k.landed_by AS sha,
            CAST(NULL, 'Nullable(Float32)') AS gap, '' AS service
        FROM hashes AS k
        INNER JOIN stated AS s ON k.repo = s.repo AND k.start = substring(s.ref, 1, 7)
        WHERE s.kind != 'pull_request' AND startsWith(k.sha, s.ref)
        UNION ALL
        SELECT s.repo, s.source, s.incident, s.role, s.method, s.score, l.sha, NULL, ''
        FROM landed AS l
        INNER JOIN stated AS s ON l.repo = s.repo AND toString(if(l.pull > 0, l.pull, l.pr_number)) = s.ref
        WHERE s.kind = 'pull_request'
        UNION ALL
        SELECT c.repo, c.source, c.incident, c.role, toString(c.method), c.score, l.sha, NULL, ''
        FROM landed AS l
        INNER JOIN (SELECT * FROM causes FINAL WHERE repo IN {repos:Array(String)} AND kind = 'action' AND score > 0) AS c ON l.repo = c.repo AND l.sha = c.ref
        UNION ALL
        SELECT repo, source, incident, 'cause', 'confirmed', toFloat32(1), sha, NULL, '' FROM decided WHERE confirmed
        UNION ALL
        SELECT s.repo, s.source, s.id, 'cause', 'deploy_window', toFloat32(0.3 - 0.2 * gap_ / window), d.sha, toFloat32(dateDiff('second', d.finished_at, s.started_at) / 60) AS gap_, s.service
        FROM struck AS s
        ASOF INNER JOIN deployed AS d ON d.repo = s.repo AND d.finished_at <= s.started_at
        WHERE gap_ <= window AND d.sha != ''
    )
SELECT repo, source, incident, sha, best.3, best.1, landed_at, started_at, resolved_at, severity, cause_extrinsic AND best.3 != 'confirmed', rejected,
    if(best.3 = 'deploy_window', gap, NULL), if(best.3 = 'deploy_window', service, ''), {version:UInt64}, 0
FROM
(
    SELECT f.repo AS repo, f.source AS source, f.incident AS incident, f.sha AS sha,
        maxIf((f.score, -indexOf(['confirmed', 'declared', 'attachment', 'change_event', 'issue_link', 'text', 'deploy_window', f.method], f.method), f.method), f.role = 'cause') AS best,
        any(l.landed_at) AS landed_at, any(i.started_at) AS started_at, any(tuple(i.resolved_at)).1 AS resolved_at, any(i.severity) AS severity,
        any(i.cause_type IN ('capacity', 'dependency', 'hardware')) AS cause_extrinsic,
        max(d.source != '' AND NOT d.confirmed) AS rejected, min(f.gap) AS gap, max(f.service) AS service
    FROM landed AS l
    INNER JOIN found AS f ON l.repo = f.repo AND l.sha = f.sha
    INNER JOIN (SELECT * FROM incidents FINAL WHERE NOT drill AND NOT deleted) AS i ON i.source = f.source AND i.id = f.incident
    LEFT JOIN decided AS d ON d.repo = f.repo AND d.source = f.source AND d.incident = f.incident AND d.sha = f.sha
    WHERE i.started_at >= l.landed_at AND i.started_at <= l.landed_at + INTERVAL 30 DAY OR f.role = 'fix' OR f.method = 'confirmed'
    GROUP BY repo, source, incident, sha
    HAVING countIf(f.role = 'cause') > 0 AND (countIf(f.role = 'fix') = 0 OR countIf(f.method = 'confirmed') > 0)
)
