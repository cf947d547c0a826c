-- Repositories with facts that are newer than what was derived from them, or that were derived under other definitions or while
-- something else was known around them. It must be cheap beside any number of facts: `touched` says which repositories a batch was
-- about, and from which moment on it may bear on them. Who is who and which environments are production concern everybody; a
-- profile, the name of the default branch and what is said of an incident some. They are compared by fingerprints: what is said
-- again changes nothing, and nothing is missed that is saved slowly. An incident concerns the repositories that are said to have
-- caused it or that a person decided on, those that it names, and those that have a service which it struck. `fast` are
-- repositories of which a simulation wrote the changes without facts.
WITH
    (SELECT sum(cityHash64(account, person)) FROM persons) + (SELECT sum(cityHash64(person, spans)) FROM memberships)
        + (SELECT sum(cityHash64(name, production)) FROM environments FINAL) AS everybody,
    (SELECT groupArray((since, version)) FROM touched WHERE repo = '') AS everywhere,
    simulated AS
    (
        SELECT scope AS repo, max(version) AS version
        FROM collections
        WHERE source = 'simulate' AND stream = 'fast' AND rows > 0
        GROUP BY scope
    ),
    -- what is said of incidents, by all of it that derivation reads
    said AS
    (
        SELECT source, incident, sum(mark) AS mark
        FROM
        (
            SELECT source, id AS incident, cityHash64(started_at, ifNull(toString(resolved_at), ''), severity, cause_type, drill, deleted, services, repos, environment) AS mark
            FROM incidents FINAL
            UNION ALL SELECT source, incident, cityHash64(role, repo, kind, ref, method, score) FROM causes FINAL
            UNION ALL SELECT source, incident, cityHash64(change, confirmed, at) FROM confirmations FINAL
        )
        GROUP BY source, incident
    ),
    concerned AS
    (
        SELECT toString(repo) AS repo, source, incident FROM causes
        UNION DISTINCT SELECT extract(change, '^(.*)@[^@]*$'), source, incident FROM confirmations
        UNION DISTINCT SELECT arrayJoin(repos), source, id FROM incidents
        UNION DISTINCT
        SELECT p.repo, i.source, i.id
        FROM (SELECT source, id, lower(toString(arrayJoin(services))) AS service FROM incidents) AS i
        INNER JOIN (SELECT repo, lower(toString(arrayJoin(services))) AS service FROM profiles) AS p ON p.service = i.service
    ),
    made AS
    (
        SELECT repo, facts_version, around, data_to, definitions, 1 AS derived FROM derivations FINAL
    ),
    known AS
    (
        SELECT repo, sum(mark) AS marks
        FROM
        (
            SELECT repo, cityHash64(team, tier, services) AS mark FROM profiles FINAL
            UNION ALL
            SELECT repo, cityHash64(branch) FROM default_branches
            UNION ALL
            SELECT c.repo, cityHash64(c.source, c.incident, s.mark)
            FROM concerned AS c
            INNER JOIN said AS s ON s.source = c.source AND s.incident = c.incident
            UNION ALL
            -- what was learnt of sessions that were used there
            SELECT toString(u.system), cityHash64(o.resource, o.version)
            FROM (SELECT resource, max(version) AS version FROM actions WHERE startsWith(verb, 'sts:AssumeRole') GROUP BY resource) AS o
            INNER JOIN session_uses AS u ON u.session_arn = o.resource
        )
        GROUP BY repo
    ),
    facts AS
    (
        SELECT repo, max(version) AS newest, max(bears) AS bearing, max(fast) AS fast
        FROM
        (
            SELECT toString(t.repo) AS repo, t.version AS version, if(m.derived = 0 OR t.since <= m.data_to, t.version, 0) AS bears, 0 AS fast
            FROM touched AS t
            LEFT JOIN made AS m ON m.repo = t.repo
            WHERE t.repo != ''
            UNION ALL
            SELECT repo, version, version, 1 FROM simulated
        )
        GROUP BY repo
    )
SELECT f.repo AS repo, f.fast > 0 AS fast, assumeNotNull(everybody) + k.marks AS around,
    greatest(f.newest, arrayMax(arrayPushBack(everywhere.2, 0))) AS facts_version
FROM facts AS f
LEFT JOIN made AS m ON m.repo = f.repo
LEFT JOIN known AS k ON k.repo = f.repo
WHERE m.derived = 0 OR m.definitions != {definitions:String} OR m.around != assumeNotNull(everybody) + k.marks
    OR greatest(f.bearing, arrayMax(arrayPushBack(arrayMap(e -> if(e.1 <= m.data_to, e.2, 0), everywhere), 0))) > m.facts_version
ORDER BY fast, repo
