-- Who is who: pseudonyms by a key, persons by the journal, teams by dated membership. As before, tables are ReplacingMergeTrees
-- read with FINAL.

-- +goose Up

-- The key of the pseudonyms, for sipHash64Keyed; a query names it once, as a scalar subquery. Without a key nothing is hashed.
CREATE VIEW pseudonym AS
SELECT argMax((k0, k1), version) AS key
FROM pseudonym_key
HAVING throwIf(count() = 0, 'the database has no key for pseudonyms: migrate it') = 0;

-- ORDER BY (source, account, from_at, team): somebody may be in two teams at once.
CREATE TABLE members_by_team
(
    source  LowCardinality(String),
    account String,
    person  String,
    team    LowCardinality(String),
    from_at DateTime64(0, 'UTC'),
    to_at   Nullable(DateTime64(0, 'UTC')),
    version UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (source, account, from_at, team);

INSERT INTO members_by_team SELECT * FROM members FINAL;
EXCHANGE TABLES members AND members_by_team;
DROP TABLE members_by_team;

DROP VIEW persons;
DROP VIEW memberships;

-- Whose an account is: what the newest row of the journal says, which may be that it is nobody's that is known; where the
-- journal says nothing, the newest membership. Accounts and persons are keyed hashes: of "source:login", of the lower-case
-- address for git, of the person's stable name. GitHub's no-reply addresses are the login that they hold.
CREATE VIEW persons AS
WITH assumeNotNull((SELECT key FROM pseudonym)) AS key
SELECT account, sipHash64Keyed(key, argMax(named, (rank, at, named != '', named))) AS person
FROM
(
    SELECT
        sipHash64Keyed(key, if(source = 'git',
            replaceRegexpOne(lower(login), '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'),
            concat(source, ':', lower(login)))) AS account,
        said AS named, rank, at
    FROM
    (
        SELECT source, account AS login, if(parted, '', person) AS said, 2 AS rank, at FROM identities FINAL
        UNION ALL
        SELECT source, account, person, 1, toDateTime64(from_at, 3, 'UTC') FROM members FINAL WHERE person != ''
    )
)
GROUP BY account
HAVING argMax(named, (rank, at, named != '', named)) != '';

-- When a person was in which teams: (from, until, team), the newest first. A membership is an account's, and goes with it to
-- whom the account belongs: a merge or a parting takes it along.
CREATE VIEW memberships AS
WITH assumeNotNull((SELECT key FROM pseudonym)) AS key
SELECT if(p.person > 0, p.person, m.account) AS person,
    arrayReverseSort(groupUniqArray((m.from_at, m.until, m.team))) AS spans
FROM
(
    SELECT
        sipHash64Keyed(key, if(source = 'git',
            replaceRegexpOne(lower(account), '^(?:\\d+\\+)?([^@+]+)@users\\.noreply\\.github\\.com$', 'github:\\1'),
            concat(source, ':', lower(account)))) AS account,
        from_at, ifNull(to_at, toDateTime64('2299-12-31 00:00:00', 0, 'UTC')) AS until, toString(team) AS team
    FROM members FINAL
    WHERE team != ''
) AS m
LEFT JOIN persons AS p ON p.account = m.account
GROUP BY person;

-- Use of AI tools by person, or by account where nobody is known behind it; days without any use are left out.
CREATE VIEW usage_of_persons AS
WITH assumeNotNull((SELECT key FROM pseudonym)) AS key
SELECT u.day AS day, u.tool AS tool, if(p.person > 0, p.person, u.account) AS person, u.interactions AS interactions, u.lines AS lines
FROM
(
    SELECT day, tool, sipHash64Keyed(key, concat(source, ':', lower(account))) AS account, interactions, lines
    FROM usage FINAL
    WHERE interactions > 0 OR lines > 0
) AS u
LEFT JOIN persons AS p ON p.account = u.account;

DROP VIEW baserate.usage;

CREATE VIEW baserate.usage
(
    team         String COMMENT 'team of the persons in that week, empty when not known',
    week         Date COMMENT 'its Monday, UTC',
    tool         LowCardinality(String) COMMENT 'AI tool',
    persons      UInt64 COMMENT 'with any use of it in that week, five or more',
    interactions UInt64 COMMENT 'prompts, accepted completions, sessions: what the tool''s maker counts',
    lines        UInt64 COMMENT 'lines that the tool put into editors, not lines that landed'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT used.team_then AS team, used.week_ AS week, used.tool_ AS tool, uniqExact(used.who) AS persons,
    sum(used.n) AS interactions, sum(used.put) AS lines
FROM
(
    SELECT arrayFirst(m -> toDate(m.1) <= u.day AND u.day < toDate(m.2), t.spans).3 AS team_then, toMonday(u.day) AS week_,
        u.tool AS tool_, u.person AS who, u.interactions AS n, u.lines AS put
    FROM usage_of_persons AS u
    LEFT JOIN memberships AS t ON t.person = u.person
) AS used
GROUP BY team, week, tool
HAVING persons >= 5
COMMENT 'Use of AI tools by team and week, counted over persons before groups under five are left out: teams do not add up to the whole.';

-- How much of the work is by accounts of which nobody is known to be the person. Of a change that is the account that proposed
-- it, pushed it or did it.
CREATE VIEW baserate.unmatched_accounts
(
    source           LowCardinality(String) COMMENT 'kind of source that the accounts are of, such as github, git, aws',
    accounts         UInt64 COMMENT 'accounts of persons that were seen there; known bots and apps are left out',
    unmatched        UInt64 COMMENT 'of these, those whose person is not known',
    changes          UInt64 COMMENT 'changes by accounts of that source: merged pull requests, other landings, actions',
    unmatched_share  Float64 COMMENT 'of these changes, the share by unmatched accounts'
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS WITH assumeNotNull((SELECT key FROM pseudonym)) AS key
SELECT seen.source_ AS source, uniqExact(seen.account) AS accounts, uniqExactIf(seen.account, seen.stranger) AS unmatched,
    sum(seen.landed) AS changes, if(changes = 0, 0, sumIf(seen.landed, seen.stranger) / changes) AS unmatched_share
FROM
(
    SELECT a.source_ AS source_, a.account AS account, a.landed AS landed,
        a.account NOT IN (SELECT account FROM persons) AND a.account NOT IN (SELECT person FROM persons) AS stranger
    FROM
    (
        SELECT source AS source_, sipHash64Keyed(key, concat(source, ':', lower(author))) AS account, toUInt64(isNotNull(merged_at)) AS landed
        FROM pull_requests FINAL
        WHERE author != '' AND author_kind NOT IN ('bot', 'app')
        UNION ALL
        SELECT source, sipHash64Keyed(key, concat(source, ':', lower(author))), 0
        FROM reviews FINAL
        WHERE author != '' AND author_kind NOT IN ('bot', 'app')
        UNION ALL
        SELECT 'git', author, 1 FROM landings FINAL WHERE pull = 0 AND kind != 'action' AND author != 0
        UNION ALL
        SELECT if(on_behalf != '', on_behalf_source, actor_source) AS whose,
            sipHash64Keyed(key, if(whose = 'git', lower(if(on_behalf != '', on_behalf, actor)), concat(whose, ':', lower(if(on_behalf != '', on_behalf, actor))))),
            toUInt64(NOT failed AND NOT startsWith(verb, 'sts:AssumeRole'))
        FROM actions FINAL
        WHERE on_behalf != '' OR actor_kind NOT IN ('bot', 'app') AND actor != ''
        UNION ALL
        SELECT source, sipHash64Keyed(key, concat(source, ':', lower(account))), 0 FROM usage FINAL WHERE interactions > 0 OR lines > 0
    ) AS a
) AS seen
GROUP BY source
COMMENT 'One row a kind of source: accounts without a known person, and how many changes are theirs. Names and logins are left out.';

-- Who or what did an action, by its user agent, session and service account. ORDER BY as actions.
CREATE TABLE action_verdicts
(
    system         LowCardinality(String),
    source         LowCardinality(String),
    id             String,
    class          LowCardinality(String),
    tool           LowCardinality(String),
    autonomy       LowCardinality(String),
    mode           LowCardinality(String),
    confidence     Float32,
    rules          Array(LowCardinality(String)),
    tools          Array(LowCardinality(String)),
    modes          Array(LowCardinality(String)),
    autonomies     Array(LowCardinality(String)),
    quotes         Array(String) CODEC(ZSTD(1)),
    confidences    Array(Float32),
    action_version UInt64,
    rules_version  LowCardinality(String),
    version        UInt64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (system, source, id);
